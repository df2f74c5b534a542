using LStep.Domain.Predicting;
using LStep.Grains.Database;

namespace LStep.Grains.Predictions;

/// <summary>How far features have moved from those that a model was trained on, and whether what was said came true.</summary>
/// <param name="Samples">That the drift is told of; too few where nothing is told.</param>
/// <param name="From">The first day of them.</param>
/// <param name="Outcomes">Predictions of this model of the last 90 days of which it is known what became of them.</param>
/// <param name="Drift">Empty where there are too few samples.</param>
/// <param name="Calibration">Empty where there are too few outcomes.</param>
public sealed record WatchReport(
    int Model, int Samples, DateOnly? From, DateOnly? To, IReadOnlyList<FeatureDrift> Drift, int Outcomes,
    IReadOnlyList<CardBin> Calibration, double? Predicted, double? Observed, double? Auc);

public sealed class PredictionWatch(PostgresDatabase database)
{
    /// <param name="card">Of the model.</param>
    public Task<WatchReport> Of(ModelCard card, DateOnly today, CancellationToken cancel) => database.Reports.Use(async connection =>
    {
        var since = Db.Day(today.AddDays(1 - PredictionLimits.DriftDays));
        var vectors = await connection.Rows(
            "watch_features", row => Predictions.Samples.Unpacked(row.GetFieldValue<byte[]>(0)), cancel, since,
            PredictionLimits.DriftSamplesMax);
        // A version with other features has taken them.
        vectors.RemoveAll(vector => vector.Length != Features.Count);
        var (from, to) = (await connection.Rows(
            "watch_days",
            row => (row.IsDBNull(0) ? (DateOnly?)null : row.GetFieldValue<DateOnly>(0),
                row.IsDBNull(1) ? (DateOnly?)null : row.GetFieldValue<DateOnly>(1)),
            cancel, since.Clone()))[0];
        var outcomes = await connection.Rows(
            "watch_outcomes", row => new Judged(row.GetString(0), row.GetFloat(1), row.GetBoolean(2)), cancel, card.Number,
            Db.Day(today.AddDays(-PredictionLimits.SampleDaysKept)), PredictionLimits.OutcomeSamplesMax);
        var isKnown = outcomes.Count >= PredictionLimits.SamplesMin;
        return new WatchReport(
            card.Number, vectors.Count, from, to,
            vectors.Count < PredictionLimits.SamplesMin ? [] : Watching.Drift(card.Spreads, vectors), outcomes.Count,
            isKnown ? Judging.Calibration(outcomes) : [], isKnown ? outcomes.Average(one => one.Probability) : null,
            isKnown ? Judging.BaseRate(outcomes) : null, isKnown ? Judging.Auc(outcomes) : null);
    }, cancel);
}
