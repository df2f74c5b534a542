using System.Collections.Immutable;
using LStep.Domain.Predicting;
using LStep.Grains.Predictions;

namespace LStep.Api.Predictions;

/// <summary>What a model is, what it was trained and tested on, and how well it did.</summary>
/// <param name="Live">Predictions are made with it.</param>
public sealed record PredictionModel(
    int Number, bool Live, string Source, DateTimeOffset MadeAt, string Provenance, string Licence, string Algorithm,
    ImmutableSortedDictionary<string, string> Parameters, ImmutableArray<Feature> Features, CardRows TrainedOn, CardRows TestedOn,
    ImmutableArray<CardTarget> Targets, double Seconds, string Note)
{
    public static PredictionModel Of(ModelCard card, bool live) => new(
        card.Number, live, card.Source, card.MadeAt, card.Provenance, card.Licence, card.Algorithm, card.Parameters, card.Features,
        card.TrainedOn, card.TestedOn, card.Targets, card.Seconds, card.Note);
}

/// <param name="Auc">Of its first target, on rows of a later time than those of training; null where it was not judged.</param>
/// <param name="LiveAt">When it was last put live; null where nobody did.</param>
public sealed record PredictionModelRow(
    int Number, bool Live, string Source, DateTimeOffset MadeAt, string MadeBy, int Learners, int Rows, Figure? Auc, string Note,
    DateTimeOffset? LiveAt, string? LiveBy, string? LiveReason)
{
    public static PredictionModelRow Of(KeptModel model) => new(
        model.Card.Number, model.IsLive, model.Card.Source, model.Card.MadeAt, model.MadeBy, model.Card.TrainedOn.Learners,
        model.Card.TrainedOn.Rows, model.Card.Targets is [var first, ..] ? first.Auc : null, model.Card.Note, model.LiveAt, model.LiveBy,
        model.LiveReason);
}

/// <param name="Reason">For the audit log.</param>
public sealed record PutModelLive(string? Reason = null);

/// <param name="Before">Was live until then; the same number where nothing changed.</param>
/// <param name="BatchId">The evaluation that looks at everybody again; null where no active rule asks for the churn probability.</param>
public sealed record ModelPutLive(int Number, int Before, string? BatchId);

public sealed record TrainingStarted(string Id);

/// <summary>A training of a model. Result and note are null until it is over.</summary>
/// <param name="Progress">0 to 1.</param>
/// <param name="Model">The number of the model that it made.</param>
public sealed record TrainingRow(
    string Id, string RequestedBy, DateTimeOffset RequestedAt, DateTimeOffset? BeganAt, DateTimeOffset? FinishedAt, string Step,
    decimal Progress, int Customers, int Rows, string? Result, int? Model, string? Note)
{
    public static TrainingRow Of(TrainingRun run) => new(
        run.Id, run.RequestedBy, run.RequestedAt, run.BeganAt, run.FinishedAt, run.Step, decimal.Round((decimal)run.Share, 3),
        run.Customers, run.Rows, run.Result, run.Model, run.Note);
}

/// <param name="Index">Population stability index of the feature's values against those of training.</param>
/// <param name="Verdict">stable below 0.1, watch below 0.25, else drifted.</param>
public sealed record FeatureMove(string Name, string Unit, string Text, decimal Index, string Verdict)
{
    public const string Stable = "stable", Watch = "watch", Drifted = "drifted";

    public static readonly string[] Verdicts = [Stable, Watch, Drifted];

    public static FeatureMove Of(FeatureDrift drift)
    {
        var feature = Features.All[Features.IndexOf(drift.Feature)];
        return new FeatureMove(
            feature.Name, feature.Unit, feature.Text, decimal.Round((decimal)drift.Index, 4),
            drift.Index < 0.1 ? Stable : drift.Index < 0.25 ? Watch : Drifted);
    }
}

/// <summary>Whether the values that a model sees are those that it was trained on.</summary>
/// <param name="Verdict">The worst of the features; too_few where there are too few samples to tell.</param>
/// <param name="Samples">Behind it.</param>
/// <param name="SamplesMin">Fewer tell nothing.</param>
public sealed record DriftReport(
    string Verdict, int Samples, int SamplesMin, DateOnly? From, DateOnly? To, ImmutableArray<FeatureMove> Features);

/// <summary>What the model said and what became of it.</summary>
/// <param name="Verdict">known, or too_few where there are too few predictions whose outcome is known.</param>
/// <param name="Predicted">The mean of what was said.</param>
/// <param name="Observed">How often it came true.</param>
public sealed record OutcomeReport(
    string Verdict, int Rows, int RowsMin, decimal? Predicted, decimal? Observed, decimal? Auc, ImmutableArray<CardBin> Bins);

public sealed record PredictionWatchReport(int Model, DriftReport Drift, OutcomeReport Calibration)
{
    public const string TooFew = "too_few", Known = "known";

    public static PredictionWatchReport Of(WatchReport report)
    {
        ImmutableArray<FeatureMove> moves = [.. report.Drift.Select(FeatureMove.Of).OrderByDescending(move => move.Index)];
        return new PredictionWatchReport(
            report.Model,
            new DriftReport(
                moves is [var worst, ..] ? worst.Verdict : TooFew, report.Samples, PredictionLimits.SamplesMin, report.From, report.To,
                moves),
            new OutcomeReport(
                report.Calibration.Count > 0 ? Known : TooFew, report.Outcomes, PredictionLimits.SamplesMin, Share(report.Predicted),
                Share(report.Observed), Share(report.Auc), [.. report.Calibration]));
    }

    private static decimal? Share(double? value) => value is { } known ? decimal.Round((decimal)known, 4) : null;
}
