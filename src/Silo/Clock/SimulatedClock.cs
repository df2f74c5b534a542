using LStep.Grains.Campaigns;
using LStep.Grains.Rules;
using LStep.Grains.Time;

namespace LStep.Silo.Clock;

/// <summary>
/// Moves the simulated time and does what became due on the way, in the order of its due instants. The instant reached is
/// stored, so that a process that was killed comes back where it was.
/// </summary>
public sealed class SimulatedClock(
    SimulatedTimeProvider time, Settings settings, DueWork work, CampaignRuns campaigns, RulebookSource rulebook)
    : IDisposable
{
    /// <summary>Each day is a run over everybody, and whoever asks waits for all of them.</summary>
    public const int DaysPerMoveMax = 400;

    /// <summary>What is due later than an instant has to be one, too: calendars end with the year 9999.</summary>
    public static readonly DateTimeOffset Last = new(9000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly SemaphoreSlim oneAtATime = new(1);

    public DateTimeOffset Now => time.GetUtcNow();

    public DateTimeOffset NextMidnight => rulebook.Current.Calendar.NextMidnight(Now);

    /// <summary>A sentence for whoever asked to move from one instant to another; null where nothing is against it.</summary>
    public static string? WhyTooFar(DateTimeOffset from, DateTimeOffset to) =>
        to > Last ? $"The clock does not go past {Last:yyyy-MM-dd}."
        : to - from > TimeSpan.FromDays(DaysPerMoveMax) ? $"The clock moves {DaysPerMoveMax} days at once at most; move it in steps."
        : null;

    /// <summary>False when the instant lies in the past; nothing was done then.</summary>
    public async Task<bool> MoveTo(DateTimeOffset instant, CancellationToken cancel)
    {
        await oneAtATime.WaitAsync(cancel);
        try
        {
            if (instant < Now) return false;
            // What people asked for is due now already; nobody else goes on with what an earlier process began of it.
            await work.RunRequested(ShardRange.All, cancel, untilOver: true);
            await work.RunDue(ShardRange.All, instant, Reach, cancel);
            await Reach(instant);
            // What the last transitions started is due, too.
            await campaigns.RunUntil(instant, cancel);
            await settings.RememberSimulatedNow(instant, cancel);
            return true;
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    /// <summary>Messages that become due before an instant are sent as of the customer's status until then.</summary>
    private async Task Reach(DateTimeOffset instant)
    {
        await campaigns.RunUntil(instant, CancellationToken.None);
        time.MoveTo(instant);
    }

    public void Dispose() => oneAtATime.Dispose();
}
