using LStep.Domain.Campaigning;

namespace LStep.Domain.Valuing;

/// <summary>Promoters less detractors in percent of the answers, with its 95% interval.</summary>
public readonly record struct NpsFigure(double Value, Interval Interval, long Answers)
{
    /// <summary>
    /// Each answer is 1, 0 or -1. The interval is the normal one of their mean, after one promoter and one detractor were added, so that
    /// answers that are all alike leave doubt, too (as Agresti and Caffo do for rates, 2000).
    /// </summary>
    /// <returns>Null without answers.</returns>
    public static NpsFigure? Of(long promoters, long passives, long detractors)
    {
        var answers = promoters + passives + detractors;
        if (answers == 0) return null;
        var value = (double)(promoters - detractors) / answers;
        var many = answers + 2.0;
        var middle = (promoters - detractors) / many;
        var width = NormalCurve.Z95 * Math.Sqrt((((promoters + detractors + 2) / many) - (middle * middle)) / many);
        return new NpsFigure(
            100 * value,
            new Interval(100 * Math.Max(-1, Math.Min(value, middle - width)), 100 * Math.Min(1, Math.Max(value, middle + width))), answers);
    }
}
