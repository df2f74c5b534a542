namespace LStep.Domain.Predicting;

/// <summary>One prediction and what came of it.</summary>
public readonly record struct Judged(string Learner, double Probability, bool Outcome);

/// <summary>A difference of areas under the curve, and whether it is one beyond chance.</summary>
public sealed record Comparison(Figure Difference, bool Better);

/// <summary>How good predictions were. Intervals come from drawing the learners anew, by a seed.</summary>
public static class Judging
{
    /// <summary>How often learners are drawn.</summary>
    public const int Draws = 200;

    const ulong Seed = 20170828;

    /// <summary>Area under the ROC curve: how often one that came true had the higher probability; null with one outcome only.</summary>
    public static double? Auc(IReadOnlyList<Judged> rows) => new WeighedRows(rows).Auc();

    /// <summary>Area under the precision-recall curve, as average precision; null where nothing came true.</summary>
    public static double? PrAuc(IReadOnlyList<Judged> rows) => new WeighedRows(rows).PrAuc();

    /// <summary>Share of rows whose outcome is what is more probable.</summary>
    public static double Accuracy(IReadOnlyList<Judged> rows) => new WeighedRows(rows).Accuracy();

    public static double BaseRate(IReadOnlyList<Judged> rows) => new WeighedRows(rows).BaseRate();

    /// <summary>Of the highest probabilities, as many as the share allows: how many came true, and how many of all that did.</summary>
    public static (double Precision, double Recall) AtBudget(IReadOnlyList<Judged> rows, double share) =>
        new WeighedRows(rows).AtBudget(share);

    public static Figure AucWithInterval(IReadOnlyList<Judged> rows) => Interval(rows, weighed => weighed.Auc() ?? 0.5);

    public static Figure PrAucWithInterval(IReadOnlyList<Judged> rows) => Interval(rows, weighed => weighed.PrAuc() ?? 0);

    public static Figure AccuracyWithInterval(IReadOnlyList<Judged> rows) => Interval(rows, weighed => weighed.Accuracy());

    public static Figure BaseRateWithInterval(IReadOnlyList<Judged> rows) => Interval(rows, weighed => weighed.BaseRate());

    public static (Figure Precision, Figure Recall) AtBudgetWithInterval(IReadOnlyList<Judged> rows, double share) => (
        Interval(rows, weighed => weighed.AtBudget(share).Precision), Interval(rows, weighed => weighed.AtBudget(share).Recall));

    /// <summary>Ten spans of the probability, those without rows left out.</summary>
    public static List<CardBin> Calibration(IReadOnlyList<Judged> rows)
    {
        const int Bins = 10;
        return [.. rows.GroupBy(row => Math.Min(Bins - 1, (int)(row.Probability * Bins))).OrderBy(bin => bin.Key).Select(bin => new CardBin(
            bin.Key / (double)Bins, (bin.Key + 1) / (double)Bins, bin.Average(row => row.Probability),
            bin.Average(row => row.Outcome ? 1 : 0), bin.Count()))];
    }

    /// <summary>
    /// Two models on the same rows, in the same order. The candidate beats the live one when its area under the curve is greater, and stays
    /// so in 95 % of the draws of learners.
    /// </summary>
    public static Comparison Beats(IReadOnlyList<Judged> candidate, IReadOnlyList<Judged> live)
    {
        var (one, other) = (new WeighedRows(candidate), new WeighedRows(live));
        var value = (one.Auc() ?? 0.5) - (other.Auc() ?? 0.5);
        var draws = new double[Draws];
        for (var draw = 0; draw < Draws; draw++)
        {
            one.Draw(Seed + (ulong)draw);
            other.Draw(Seed + (ulong)draw);
            draws[draw] = (one.Auc() ?? 0.5) - (other.Auc() ?? 0.5);
        }
        var figure = Between(value, draws);
        return new Comparison(figure, figure.Low > 0);
    }

    static Figure Interval(IReadOnlyList<Judged> rows, Func<WeighedRows, double> measure)
    {
        var weighed = new WeighedRows(rows);
        var value = measure(weighed);
        var draws = new double[Draws];
        for (var draw = 0; draw < Draws; draw++)
        {
            weighed.Draw(Seed + (ulong)draw);
            draws[draw] = measure(weighed);
        }
        return Between(value, draws);
    }

    static Figure Between(double value, double[] draws)
    {
        Array.Sort(draws);
        return new Figure(Rounded(value), Rounded(draws[(int)(0.025 * Draws)]), Rounded(draws[(int)(0.975 * Draws) - 1]));
    }

    static double Rounded(double value) => Math.Round(value, 4);
}
