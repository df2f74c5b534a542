using System.Globalization;
using LStep.Domain;
using LStep.Grains.Storage;

namespace LStep.Silo.Clock;

/// <summary>
/// Moves the simulated time and does what became due on the way, in the order of its due instants. The instant reached is
/// stored, so that a process that was killed comes back where it was.
/// </summary>
public sealed class SimulatedClock(SimulatedTimeProvider time, Settings settings, IWorkOfTime work, Func<BusinessCalendar> calendar) : IDisposable
{
    public const string Setting = "simulated_now";

    private readonly SemaphoreSlim oneAtATime = new(1);

    public DateTimeOffset Now => time.GetUtcNow();

    public DateTimeOffset NextMidnight => calendar().NextMidnight(Now);

    /// <summary>The instant a process begins at: where an earlier one left the clock, else the one asked for.</summary>
    public static async Task<DateTimeOffset> Begin(Settings settings, DateTimeOffset asked, CancellationToken cancel) =>
        DateTimeOffset.Parse(await settings.Fix(Setting, Text(asked), cancel), CultureInfo.InvariantCulture);

    /// <summary>False when the instant lies in the past; nothing was done then.</summary>
    public async Task<bool> MoveTo(DateTimeOffset instant, CancellationToken cancel)
    {
        await oneAtATime.WaitAsync(cancel);
        try
        {
            if (instant < Now) return false;
            await work.RunDue(instant, time.MoveTo, cancel);
            time.MoveTo(instant);
            await settings.Write(Setting, Text(instant), cancel);
            return true;
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    public void Dispose() => oneAtATime.Dispose();

    private static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}

/// <summary>Everything that time alone makes due.</summary>
public interface IWorkOfTime
{
    /// <summary>Does what became due up to an instant; tells each instant before the work due at it is done.</summary>
    Task RunDue(DateTimeOffset upTo, Action<DateTimeOffset> reach, CancellationToken cancel);
}
