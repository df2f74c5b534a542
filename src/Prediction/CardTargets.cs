using System.Collections.Immutable;
using LStep.Domain.Measuring;
using LStep.Domain.Predicting;

namespace LStep.Prediction;

/// <summary>Judges the predictions of one target.</summary>
public static class CardTargets
{
    static readonly double[] Budgets = [0.05, 0.1];

    /// <summary>Null where no row is of the population, or all had the same outcome.</summary>
    public static CardTarget? Of(Target target, IReadOnlyList<TestPrediction> predictions)
    {
        var rows = predictions.Where(one => target.Outcome(one.Row) is not null && target.Within?.Invoke(one.Row) != false).ToList();
        var judged = Judged(target, rows, one => one.Probability);
        if (Judging.Auc(judged) is null) return null;
        var logistic = Judged(target, rows, one => one.Logistic);
        return new CardTarget(
            target.Name, target.Population, rows.Count, rows.Select(one => one.Row.Learner).Distinct(StringComparer.Ordinal).Count(),
            Judging.BaseRateWithInterval(judged), Judging.AucWithInterval(judged), Judging.PrAucWithInterval(judged),
            Judging.AccuracyWithInterval(judged), Judging.AccuracyWithInterval(Judged(target, rows, _ => 0)),
            Judging.AccuracyWithInterval(Judged(target, rows, one => one.Row.SilentDays >= Churn.HorizonDays ? 1 : 0)),
            new CardYardstick(Judging.AucWithInterval(logistic), Judging.AccuracyWithInterval(logistic)),
            [.. Budgets.Select(share => Budget(judged, share))], [.. Judging.Calibration(judged).Select(Rounded)],
            Parts(target, rows, row => row.Tier?.ToString() ?? "none"),
            Parts(target, rows, row => $"{row.CourseWeek / 4 * 4:D2}-{row.CourseWeek / 4 * 4 + 3:D2}"));
    }

    static List<Judged> Judged(Target target, List<TestPrediction> rows, Func<TestPrediction, double> probability) =>
        [.. rows.Select(one => new Judged(one.Row.Learner, probability(one), target.Outcome(one.Row)!.Value))];

    static CardBudget Budget(List<Judged> judged, double share)
    {
        var (precision, recall) = Judging.AtBudgetWithInterval(judged, share);
        return new CardBudget(share, precision, recall);
    }

    static ImmutableArray<CardPart> Parts(Target target, List<TestPrediction> rows, Func<TrainingRow, string> key) =>
        [.. rows.GroupBy(one => key(one.Row), StringComparer.Ordinal).OrderBy(part => part.Key, StringComparer.Ordinal).Select(part =>
        {
            var judged = Judged(target, [.. part], one => one.Probability);
            return new CardPart(
                part.Key, judged.Count, Judging.Auc(judged) is { } auc ? Math.Round(auc, 4) : null, Math.Round(Judging.Accuracy(judged), 4),
                Math.Round(Judging.BaseRate(judged), 4));
        })];

    static CardBin Rounded(CardBin bin) =>
        bin with { Predicted = Math.Round(bin.Predicted, 4), Observed = Math.Round(bin.Observed, 4) };
}
