using LStep.Domain;
using LStep.Domain.Predicting;
using LStep.Grains.Database;
using LStep.Grains.Rules;
using LStep.Grains.Time;
using LStep.Prediction;

namespace LStep.Grains.Predictions;

/// <summary>What the process of a training is told by the silo that starts it.</summary>
/// <param name="Until">Nothing that came later is read.</param>
/// <param name="Zone">That of business days.</param>
/// <param name="GivesWay">See <see cref="TrainingProgram"/>.</param>
public sealed record TrainingRequest(
    string RunId, string RequestedBy, DateTimeOffset Until, string Zone, string Postgres, bool GivesWay);

/// <summary>What it answers.</summary>
/// <param name="Result">One of <see cref="TrainingResults"/>; live means that the model has to go live, which the silo does.</param>
/// <param name="Model">The number of the model it made and stored.</param>
/// <param name="Against">The number of the model that was live when they were compared.</param>
/// <param name="Note">Why, as a sentence.</param>
public sealed record TrainingOutcome(string Result, int? Model, int? Against, string Note);

/// <summary>
/// A training from logs to a stored model that was compared with the live one on a later time than any row of training. It runs in a
/// process of its own, see <see cref="TrainingProcess"/>.
/// </summary>
public sealed class TrainingJob(PostgresDatabase database)
{
    /// <summary>Of the whole run, when all logs are read, and when the model is there.</summary>
    private const double ReadShare = 0.4, TrainedShare = 0.9;

    private readonly TrainingRuns runs = new(database, Ids.Fresh);
    private readonly PredictionModels models = new(database);

    public async Task<TrainingOutcome> Run(TrainingRequest request, CancellationToken stopping)
    {
        var (calendar, until) = (new BusinessCalendar(TimeZoneInfo.FindSystemTimeZoneById(request.Zone)), request.Until);
        await using var reports = new TrainingReports(request.RunId, runs, stopping);
        var read = await new TrainingRows(database, request.GivesWay ? PredictionLimits.RestPerRead : 0).Read(
            calendar.DayOf(until).DayNumber, calendar, until,
            (customers, all, rows) => reports.Tell(
                new TrainingProgress(TrainingSteps.Reading, ReadShare * customers / Math.Max(1, all), customers, rows)),
            stopping);
        if (History.WhyNot(read.Rows) is { } reason) return TooLittle(reason);

        var progress = new TrainingProgress(TrainingSteps.Training, ReadShare, read.Customers, read.Rows.Count);
        reports.Tell(progress);
        TrainingResult trained;
        try
        {
            trained = Trainer.Train(read.Rows, Settings(read, request), reports.From(progress, TrainedShare), stopping);
        }
        catch (TooLittleToTrainException e)
        {
            return TooLittle(e.Message);
        }
        reports.Tell(progress with { Step = TrainingSteps.Comparing, Share = TrainedShare });
        var number = await models.Store(trained.Model, trained.Card, request.RunId, request.RequestedBy, until, stopping);
        return await Compare(trained, number, stopping);
    }

    private static TrainingOutcome TooLittle(string why) => new(TrainingResults.TooLittleHistory, null, null, why);

    private static TrainingSettings Settings(ReadRows read, TrainingRequest request) =>
        (TrainingSettings.ByDate(read.Rows) ?? throw new TooLittleToTrainException("The rows span too few days to train and to judge."))
            with
            {
                Bags = 2, Folds = 2, Threads = 1, RestPerFit = request.GivesWay ? PredictionLimits.RestPerFit : 0, MadeAt = request.Until,
                Note = read.IsCut ? $"Of {read.Customers:N0} customers, chosen by a seed." : "",
            };

    /// <summary>
    /// On rows that neither model was trained on: the candidate's were foretold by models of earlier days and other learners, and those of
    /// the live one's training are left out.
    /// </summary>
    private async Task<TrainingOutcome> Compare(TrainingResult trained, int number, CancellationToken stopping)
    {
        var live = await LiveModels.One(database, await LiveModels.Number(database, stopping), stopping) ?? StartingModel.Live;
        var seen = live.Number == StartingModel.Number ? null : (await models.Card(live.Number, stopping))?.TrainedOn.To;
        var rows = trained.Predictions.Where(one => !(one.Row.Day <= seen)).ToList();
        if (rows.Count < PredictionLimits.RowsComparedMin)
            return new TrainingOutcome(
                TrainingResults.Kept, number, live.Number,
                $"It cannot be compared yet: model {live.Number} was trained on all but {rows.Count:N0} of the rows that it would be "
                    + $"compared on, and {PredictionLimits.RowsComparedMin:N0} are needed.");
        var compared = Judging.Beats(
            rows.ConvertAll(one => new Judged(one.Row.Learner, one.Probability, one.Row.Silent14 == true)),
            rows.ConvertAll(one => new Judged(one.Row.Learner, live.Model.Probability(one.Row.Features), one.Row.Silent14 == true)));
        var (difference, low, high) = compared.Difference;
        var figures = $"{difference:+0.000;-0.000;0.000}, with 95 % from {low:+0.000;-0.000;0.000} to {high:+0.000;-0.000;0.000}";
        return compared.Better
            ? new TrainingOutcome(
                TrainingResults.Live, number, live.Number, $"It is better than model {live.Number}: area under the curve {figures}.")
            : new TrainingOutcome(
                TrainingResults.Kept, number, live.Number,
                $"It is not better than model {live.Number} beyond chance: area under the curve {figures}.");
    }
}
