using System.Collections.Immutable;

namespace LStep.Domain.Analysing;

/// <param name="Month">The first day of the month of the start.</param>
/// <param name="Period">Months after it in which the row became due.</param>
/// <param name="From">Null for the first tag.</param>
public readonly record struct CohortMove(string Cohort, DateOnly Month, int Period, StatusTag? From, StatusTag To, long Count);

/// <param name="Partial">It is still running for all who are counted.</param>
public sealed record CohortCounts(int Period, ImmutableSortedDictionary<StatusTag, long> Counts, bool Partial)
{
    public long Customers => Counts.Values.Sum();
}

/// <param name="Now">The tags of all its customers. The last period tells of them only where they all started in one month.</param>
public sealed record Cohort(
    string Name, long Customers, ImmutableSortedDictionary<StatusTag, long> Now, IReadOnlyList<CohortCounts> Periods);

/// <summary>The tags of those who started together at the end of each month after their start.</summary>
public static class CohortTable
{
    public const int PeriodsMax = 37;

    public static IReadOnlyList<Cohort> Of(IEnumerable<CohortMove> moves, DateOnly thisMonth) =>
        [.. moves.Where(move => move.Month <= thisMonth).GroupBy(move => move.Cohort).Select(
            cohort => Of(cohort.Key, [.. cohort], thisMonth))];

    private static Cohort Of(string name, List<CohortMove> moves, DateOnly thisMonth)
    {
        var ages = moves.Select(move => move.Month).Distinct().ToDictionary(month => month, month => MonthsBetween(month, thisMonth));
        var periods = new List<CohortCounts>();
        for (var period = 0; period <= Math.Min(ages.Values.Max(), PeriodsMax - 1); period++)
        {
            // Only whose period is over, so that a later month of start does not make a period look worse than it will be.
            var over = moves.Where(move => ages[move.Month] > period).ToList();
            var partial = over.Count == 0;
            periods.Add(new CohortCounts(
                period, CountsOf((partial ? moves.Where(move => ages[move.Month] == period) : over).Where(move => move.Period <= period)),
                partial));
        }
        return new Cohort(name, moves.Where(move => move.From is null).Sum(move => move.Count), CountsOf(moves), periods);
    }

    private static ImmutableSortedDictionary<StatusTag, long> CountsOf(IEnumerable<CohortMove> moves)
    {
        var counts = StatusTags.All.ToDictionary(tag => tag, _ => 0L);
        foreach (var move in moves)
        {
            counts[move.To] += move.Count;
            if (move.From is { } from) counts[from] -= move.Count;
        }
        return counts.ToImmutableSortedDictionary();
    }

    private static int MonthsBetween(DateOnly first, DateOnly last) => (12 * (last.Year - first.Year)) + last.Month - first.Month;
}
