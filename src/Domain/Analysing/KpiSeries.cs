namespace LStep.Domain.Analysing;

/// <summary>What a KPI is made from, day by day: a part and its whole.</summary>
/// <param name="IsLevel">Both are counts at the end of a day, and a range has those of its last day; else they are summed.</param>
/// <param name="PerDays">
/// The whole is counted once a day: as many days make one of it. Less than one is too little for a rate, since a single move would be told
/// as more than 100%.
/// </param>
public sealed record KpiSeries(DaySeries Part, DaySeries Whole, bool IsLevel = false, int PerDays = 1)
{
    public KpiFraction Of(DayRange range) => IsLevel
        ? new KpiFraction(Part.At(range.To), Whole.At(range.To))
        : new KpiFraction(Part.Sum(range), (double)Whole.Sum(range) / PerDays, PerDays > 1 ? 1 : 0);
}

/// <param name="Least">A smaller whole is too little to tell a part of.</param>
public readonly record struct KpiFraction(double Part, double Whole, double Least = 0)
{
    /// <summary>Null where nothing was counted, or too little.</summary>
    public double? Percent => Whole < Least ? null : Rounded.Percent(Part, Whole);
}
