using System.Collections.Immutable;

namespace LStep.Api.Analytics;

/// <param name="From">The first business day of a start that counts is in this day's month.</param>
/// <param name="To">The last one is in this day's month.</param>
/// <param name="Through">The ledger id up to which everything is counted.</param>
/// <param name="By">month, tier or engagement.</param>
/// <param name="Rows">Months from the oldest on; tiers and levels from the lowest on, those of whom it is not known last.</param>
public sealed record Cohorts(
    DateOnly From, DateOnly To, DateOnly PreviousFrom, DateOnly PreviousTo, DateTimeOffset AsOf, long Through, string By,
    IReadOnlyList<CohortRow> Rows);

/// <param name="Cohort">Such as 2026-03, Pro or high; empty for the customers of whom tier or level is not known.</param>
/// <param name="Customers">All that started in the range.</param>
public sealed record CohortRow(string Cohort, long Customers, IReadOnlyList<CohortPeriod> Periods);

/// <param name="Period">Months after the month of the start; 0 is that month itself.</param>
/// <param name="Customers">Of whom the period is over, and of the cohort all that had a tag by then.</param>
/// <param name="Counts">Customers per tag at the period's end.</param>
/// <param name="Shares">The same in percent of them.</param>
/// <param name="Partial">The period is still running for everybody: the counts are as of now.</param>
public sealed record CohortPeriod(
    int Period, long Customers, ImmutableSortedDictionary<StatusTag, long> Counts, ImmutableSortedDictionary<StatusTag, double> Shares,
    bool Partial);
