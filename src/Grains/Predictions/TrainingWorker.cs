using LStep.Grains.Database;
using Microsoft.Extensions.Logging;

namespace LStep.Grains.Predictions;

/// <summary>
/// Whether an installation trains without being asked: on a simulated clock, which passes weeks in a moment, it does not.
/// </summary>
public sealed record TrainingByItself(bool Every);

/// <summary>
/// Does the trainings that are asked for, one at a time in the cluster: whoever holds the lock, whose session ends with the process. A run
/// that somebody began and nobody holds was interrupted.
/// </summary>
public sealed class TrainingWorker(
    PostgresDatabase database, TrainingRuns runs, Training training, TrainingByItself itself, TimeProvider clock,
    SiloPhase phase, ILogger<TrainingWorker> log)
    : RepeatedWork(TimeSpan.FromSeconds(LookSeconds), atOnce: false, "Trainings of models could not be looked after", log)
{
    private const int LookSeconds = 2;
    private const long LockKey = 5020260036;

    private DateTimeOffset? looked;

    protected override async Task Once(CancellationToken stopping)
    {
        if (phase.IsDraining) return;
        if (await runs.Unfinished(stopping) is null && !await RequestIfDue(stopping)) return;
        await database.Apart(0, async session =>
        {
            if (!await session.Value<bool>("training_lock", stopping, LockKey)) return false;
            if (await runs.Unfinished(stopping) is not { } run) return false;
            if (run.IsBegun)
            {
                var end = new TrainingEnd(TrainingResults.Interrupted, null, "The process that trained it ended before the run did.");
                await runs.Finish(run.Id, end, clock.Now(), stopping);
            }
            else await training.Do(run, stopping);
            return true;
        }, stopping);
    }

    private async Task<bool> RequestIfDue(CancellationToken cancel)
    {
        var now = clock.Now();
        if (!itself.Every || now - looked < TimeSpan.FromHours(1)) return false;
        looked = now;
        if (await runs.Newest(cancel) is { } last && now - last < TimeSpan.FromDays(PredictionLimits.DaysBetweenTrainings)) return false;
        if (!await runs.AreEnoughKnown(now, cancel)) return false;
        return await runs.Request(Person.Installation, now, cancel) is not null;
    }
}
