using System.Collections.Immutable;
using LStep.Api.Http;
using LStep.Grains.Recommendations;

namespace LStep.Api.Recommendations;

/// <param name="Run">The latest one; null before the first.</param>
/// <param name="Items">The oldest first; those that were dismissed are among them.</param>
public sealed record RecommendationList(RunRow? Run, IReadOnlyList<RecommendationItem> Items)
{
    public static RecommendationList Of(RecommendationRun? run, IReadOnlyList<RecommendationRow> rows) =>
        new(run is null ? null : RunRow.Of(run), [.. rows.Select(RecommendationItem.Of)]);
}

/// <summary>What a run looked at: where there was too little, nothing could be recommended.</summary>
/// <param name="MadeBy">Null for the product itself.</param>
/// <param name="Rules">With enough alarms whose outcome is known.</param>
/// <param name="Campaigns">With a holdout.</param>
/// <param name="Lessons">And modules, with enough learners.</param>
/// <param name="Learners">Whose logs were played under other thresholds.</param>
/// <param name="Thresholds">Sets of rules that were tried.</param>
public sealed record RunRow(
    DateOnly Day, DateTimeOffset MadeAt, string? MadeBy, int Rules, int Campaigns, int Lessons, int Learners, int Thresholds,
    double Seconds)
{
    public static RunRow Of(RecommendationRun run) => new(
        run.Day, run.MadeAt, run.By, run.Examined.Rules, run.Examined.Campaigns, run.Examined.Lessons, run.Examined.Learners,
        run.Examined.Thresholds, run.Examined.Seconds);
}

/// <param name="Subject">What it is about, such as rule:3.</param>
/// <param name="Parameters">What the texts name, so that they can be worded in another language.</param>
/// <param name="Evidence">The page of the dashboard that shows what it is about.</param>
/// <param name="Try">A body for /api/rules/simulate and /api/rules/backtest; null where rules have no part in it.</param>
public sealed record RecommendationItem(
    string Id, string Kind, string Subject, string Title, string Text, ImmutableSortedDictionary<string, string> Parameters,
    IReadOnlyList<RecommendationFigure> Figures, string Evidence, RecommendationTry? Try, DateTimeOffset FirstMadeAt,
    DateTimeOffset MadeAt, DismissalRow? Dismissal)
{
    public static RecommendationItem Of(RecommendationRow row) => new(
        $"{row.Id}", row.Kind, row.Subject, row.Body.Title, row.Body.Text, row.Body.Parameters,
        [.. row.Body.Figures.Select(one => new RecommendationFigure(one.Name, one.Value, one.Low, one.High))], row.Body.Evidence,
        row.Rules is null ? null : new RecommendationTry(new RawJson(row.Rules)), row.FirstMadeAt, row.MadeAt,
        row.Dismissal is null ? null : new DismissalRow(row.Dismissal.By, row.Dismissal.At, row.Dismissal.Until));
}

/// <summary>Shares are 0 to 1.</summary>
/// <param name="Low">Of the 95% interval; null where the figure has none.</param>
public sealed record RecommendationFigure(string Name, double Value, double? Low, double? High);

public sealed record RecommendationTry(RawJson Rules);

public sealed record DismissalRow(string By, DateTimeOffset At, DateTimeOffset Until);
