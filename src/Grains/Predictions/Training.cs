using LStep.Grains.Database;
using LStep.Grains.Rules;
using LStep.Grains.Time;
using Microsoft.Extensions.Logging;

namespace LStep.Grains.Predictions;

/// <summary>
/// One training that was asked for: its model goes live when it is better than the live one beyond chance, and is kept with the reason
/// where it is not.
/// </summary>
public sealed class Training(
    TrainingRuns runs, TrainingProcess process, Publication publication, RulebookSource rulebook, TimeProvider clock, ILogger<Training> log)
{
    internal async Task Do(UnfinishedTraining run, CancellationToken stopping)
    {
        var end = new TrainingEnd(TrainingResults.Failed, null, "The training failed; the log of its process says why.");
        try
        {
            await runs.Begin(run.Id, clock.Now(), stopping);
            if (await process.Run(run, clock.Now(), rulebook.Current.Calendar, stopping) is { } outcome) end = await End(outcome, stopping);
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            log.LogError(e, "The training {Id} of a model failed", run.Id);
        }
        await runs.Finish(run.Id, end, clock.Now(), stopping);
        log.LogInformation("The training {Id} is over, {Result}: {Note}", run.Id, end.Result, end.Note);
    }

    private async Task<TrainingEnd> End(TrainingOutcome outcome, CancellationToken stopping)
    {
        if (outcome is not { Result: TrainingResults.Live, Model: { } number, Against: { } live })
            return new TrainingEnd(outcome.Result, outcome.Model, outcome.Note);
        return await publication.SetModel(number, live, Person.Installation, outcome.Note, stopping) switch
        {
            PutLive.Live => new TrainingEnd(TrainingResults.Live, number, outcome.Note),
            PutLive.Overtaken overtaken => new TrainingEnd(
                TrainingResults.Kept, number, $"Model {overtaken.Number} was put live while it was trained; it was compared with {live}."),
            _ => throw new InvalidOperationException($"Model {number} was stored and is gone."),
        };
    }
}
