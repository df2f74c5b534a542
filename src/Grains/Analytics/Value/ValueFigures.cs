using System.Diagnostics;
using LStep.Grains.Database;
using LStep.Grains.Rules;
using Microsoft.Extensions.Logging;

namespace LStep.Grains.Analytics.Value;

/// <summary>Keeps the figures of value: the day's fit, and what was paid after campaigns.</summary>
public sealed class ValueFigures(PostgresDatabase database, RulebookSource rulebook, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim oneAtATime = new(1);
    private readonly CampaignPayments campaigns = new();
    private DateOnly fitted;

    /// <summary>To be called before figures are read; what is not counted after 2 s goes on in the background.</summary>
    internal async Task UpToDate(CancellationToken cancel)
    {
        var began = Stopwatch.GetTimestamp();
        try
        {
            // What is begun is of use to everybody: it goes on when this reader waits no longer.
            await Follow(() => Stopwatch.GetElapsedTime(began).TotalMilliseconds < ValueLimits.FollowMsMax, CancellationToken.None)
                .WaitAsync(TimeSpan.FromMilliseconds(ValueLimits.FollowMsMax), cancel);
        }
        catch (TimeoutException)
        {
            // The answer says how far the figures are.
        }
    }

    internal async Task Follow(Func<bool> goesOn, CancellationToken cancel)
    {
        if (!await oneAtATime.WaitAsync(ValueLimits.FollowMsMax, cancel)) return;
        try
        {
            var (calendar, now) = (rulebook.Current.Calendar, clock.Now());
            var today = calendar.DayOf(now);
            if (fitted < today)
            {
                var isDone = await database.TransactionInBackground(
                    connection => ValuePass.Once(connection, calendar, today, now, cancel), cancel);
                if (isDone) fitted = today;
            }
            while (goesOn() && await campaigns.Page(database, calendar, today, now, cancel)) { }
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    public void Dispose() => oneAtATime.Dispose();
}

/// <summary>Lets the figures of value follow, also where the product lives on a simulated clock.</summary>
public sealed class ValueWorker(ValueFigures figures, ILogger<ValueWorker> log)
    : RepeatedWork(TimeSpan.FromSeconds(5), atOnce: false, "The figures of value could not follow", log)
{
    protected override Task Once(CancellationToken stopping) => figures.Follow(() => !stopping.IsCancellationRequested, stopping);
}
