using System.Collections.Immutable;
using LStep.Domain.Analysing;
using LStep.Grains.Analytics;

namespace LStep.Api.Analytics;

/// <param name="From">The first business day of a start that counts is in this day's month.</param>
/// <param name="To">The last one is in this day's month.</param>
/// <param name="Through">The ledger id up to which everything is counted.</param>
/// <param name="By">month, tier or engagement.</param>
/// <param name="Rows">Months from the oldest on; tiers and levels from the lowest on, those of whom it is not known last.</param>
public sealed record Cohorts(
    DateOnly From, DateOnly To, DateOnly PreviousFrom, DateOnly PreviousTo, DateTimeOffset AsOf, long Through, string By,
    IReadOnlyList<CohortRow> Rows)
{
    private static readonly string[] Order = ["Freemium", "Pro", "Enterprise", "low", "medium", "high", ""];

    public static Cohorts Of(string by, CohortFigures figures)
    {
        var frame = figures.Frame;
        return new Cohorts(
            frame.Range.From, frame.Range.To, frame.Range.Previous.From, frame.Range.Previous.To, frame.AsOf, frame.Through, by,
            [
                .. figures.Cohorts.Where(cohort => cohort.Customers > 0).OrderBy(cohort => Array.IndexOf(Order, cohort.Name))
                    .ThenBy(cohort => cohort.Name, StringComparer.Ordinal).Select(CohortRow.Of),
            ]);
    }
}


/// <param name="Cohort">Such as 2026-03, Pro or high; empty for the customers of whom tier or level is not known.</param>
/// <param name="Customers">All that started in the range.</param>
/// <param name="Now">Where all of them stand now.</param>
public sealed record CohortRow(
    string Cohort, long Customers, ImmutableSortedDictionary<StatusTag, long> Now, IReadOnlyList<CohortPeriod> Periods)
{
    internal static CohortRow Of(Cohort cohort) =>
        new(cohort.Name, cohort.Customers, cohort.Now, [.. cohort.Periods.Select(CohortPeriod.Of)]);
}


/// <param name="Period">Months after the month of the start; 0 is that month itself.</param>
/// <param name="Customers">Of whom the period is over, and of the cohort all that had a tag by then.</param>
/// <param name="Counts">Customers per tag at the period's end.</param>
/// <param name="Shares">The same in percent of them.</param>
/// <param name="Partial">The period is still running for everybody: the counts are as of now.</param>
public sealed record CohortPeriod(
    int Period, long Customers, ImmutableSortedDictionary<StatusTag, long> Counts, ImmutableSortedDictionary<StatusTag, double> Shares,
    bool Partial)
{
    internal static CohortPeriod Of(CohortCounts period) => new(
        period.Period, period.Customers, period.Counts,
        period.Counts.ToImmutableSortedDictionary(one => one.Key, one => Rounded.Percent(one.Value, period.Customers) ?? 0),
        period.Partial);
}

