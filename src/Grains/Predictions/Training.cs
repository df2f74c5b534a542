using LStep.Domain.Predicting;
using LStep.Grains.Database;
using LStep.Grains.Rules;
using LStep.Grains.Time;
using LStep.Prediction;
using Microsoft.Extensions.Logging;

namespace LStep.Grains.Predictions;

/// <summary>
/// One training: reads logs, makes rows, trains, and compares with the live model on a later time than any row of training. Its model goes
/// live when it is better there beyond chance, and is kept with the reason where it is not.
/// </summary>
public sealed class Training(
    PostgresDatabase database, TrainingRuns runs, PredictionModels models, Publication publication, RulebookSource rulebook,
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
        var (calendar, until) = (rulebook.Current.Calendar, clock.Now());
        await using var reports = new TrainingReports(run.Id, runs, stopping);
        var read = await new TrainingRows(database).Read(
            calendar.DayOf(until).DayNumber, calendar, until,
            (customers, all, rows) => reports.Tell(
                new TrainingProgress(TrainingSteps.Reading, ReadShare * customers / Math.Max(1, all), customers, rows)),
            stopping);
        if (History.WhyNot(read.Rows) is { } reason) return new TrainingEnd(TrainingResults.TooLittleHistory, null, reason);

        var progress = new TrainingProgress(TrainingSteps.Training, ReadShare, read.Customers, read.Rows.Count);
        reports.Tell(progress);
        TrainingResult trained;
        try
        {
            trained = await QuietThread.Run(
                () => Trainer.Train(read.Rows, Settings(read, until), reports.From(progress, TrainedShare), stopping), stopping)
                .WaitAsync(stopping);
        }
        catch (TooLittleToTrainException e)
        {
            return new TrainingEnd(TrainingResults.TooLittleHistory, null, e.Message);
        }
        reports.Tell(progress with { Step = TrainingSteps.Comparing, Share = TrainedShare });
        var number = await models.Store(trained.Model, trained.Card, run.Id, run.RequestedBy, until, stopping);
        return await Compare(trained, number, stopping);
    }

    private static TrainingSettings Settings(ReadRows read, DateTimeOffset until) =>
        (TrainingSettings.ByDate(read.Rows) ?? throw new TooLittleToTrainException("The rows span too few days to train and to judge."))
            with
            {
                Bags = 2, Folds = 2, Threads = 1, Background = true, MadeAt = until,
                Note = read.IsCut ? $"Of {read.Customers:N0} customers, chosen by a seed." : "",
            };

    /// <summary>
    /// On rows that neither model was trained on: the candidate's were foretold by models of earlier days and other learners, and those of
    /// the live one's training are left out.
    /// </summary>
    private async Task<TrainingEnd> Compare(TrainingResult trained, int number, CancellationToken stopping)
    {
        var live = await LiveModels.One(database, await LiveModels.Number(database, stopping), stopping) ?? StartingModel.Live;
        var seen = live.Number == StartingModel.Number ? null : (await models.Card(live.Number, stopping))?.TrainedOn.To;
        var rows = trained.Predictions.Where(one => !(one.Row.Day <= seen)).ToList();
        if (rows.Count < PredictionLimits.RowsComparedMin)
            return new TrainingEnd(
                TrainingResults.Kept, number,
                $"It cannot be compared yet: model {live.Number} was trained on all but {rows.Count:N0} of the rows that it would be "
                    + $"compared on, and {PredictionLimits.RowsComparedMin:N0} are needed.");
        var compared = await QuietThread.Run(
            () => Judging.Beats(
                rows.ConvertAll(one => new Judged(one.Row.Learner, one.Probability, one.Row.Silent14 == true)),
                rows.ConvertAll(one => new Judged(one.Row.Learner, live.Model.Probability(one.Row.Features), one.Row.Silent14 == true))),
            stopping);
        return await End(number, live.Number, compared, stopping);
    }

    private async Task<TrainingEnd> End(int number, int live, Comparison compared, CancellationToken stopping)
    {
        var (difference, low, high) = compared.Difference;
        var figures = $"{difference:+0.000;-0.000;0.000}, with 95 % from {low:+0.000;-0.000;0.000} to {high:+0.000;-0.000;0.000}";
        if (!compared.Better)
            return new TrainingEnd(
                TrainingResults.Kept, number, $"It is not better than model {live} beyond chance: area under the curve {figures}.");
        var reason = $"It is better than model {live}: area under the curve {figures}.";
        return await publication.SetModel(number, live, Person.Installation, reason, stopping) switch
        {
            PutLive.Live => new TrainingEnd(TrainingResults.Live, number, reason),
            PutLive.Overtaken overtaken => new TrainingEnd(
                TrainingResults.Kept, number, $"Model {overtaken.Number} was put live while it was trained; it was compared with {live}."),
            _ => throw new InvalidOperationException($"Model {number} was stored and is gone."),
        };
    }
}
