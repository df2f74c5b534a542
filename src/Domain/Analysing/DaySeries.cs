using System.Collections.Immutable;

namespace LStep.Domain.Analysing;

/// <summary>A count for each business day of a range, of which any part is summed at once. Days outside of it count as nothing.</summary>
public sealed class DaySeries
{
    private readonly DayRange range;

    /// <summary>At i the sum of the first i days.</summary>
    private readonly ImmutableArray<long> sums;

    private DaySeries(DayRange range, ImmutableArray<long> sums) => (this.range, this.sums) = (range, sums);

    /// <param name="counts">Several of one day are added.</param>
    public static DaySeries Of(DayRange range, IEnumerable<(DateOnly Day, long Count)> counts)
    {
        var days = new long[range.Days];
        foreach (var (day, count) in counts)
            if (range.Has(day)) days[day.DayNumber - range.From.DayNumber] += count;
        var sums = ImmutableArray.CreateBuilder<long>(days.Length + 1);
        sums.Add(0);
        foreach (var count in days) sums.Add(sums[^1] + count);
        return new DaySeries(range, sums.MoveToImmutable());
    }

    /// <summary>From changes by day the level at the end of each; changes before the range are in that of its first day.</summary>
    public static DaySeries LevelOf(DayRange range, IEnumerable<(DateOnly Day, long Change)> changes)
    {
        var changed = Of(range, changes.Select(one => (one.Day < range.From ? range.From : one.Day, one.Change)));
        return Of(range, Enumerable.Range(0, range.Days).Select(day => (range.From.AddDays(day), changed.sums[day + 1])));
    }

    public long At(DateOnly day) => Sum(new DayRange(day, day));

    public long Sum(DayRange days) => days.Days < 1 ? 0 : sums[Place(days.To.DayNumber + 1)] - sums[Place(days.From.DayNumber)];

    public DaySeries Less(DaySeries other) => With(other, -1);

    public DaySeries Plus(DaySeries other) => With(other, 1);

    private DaySeries With(DaySeries other, int sign)
    {
        if (other.range != range) throw new ArgumentException("The series are of different days.", nameof(other));
        return new DaySeries(range, [.. sums.Zip(other.sums, (one, two) => one + (sign * two))]);
    }

    private int Place(int dayNumber) => Math.Clamp(dayNumber - range.From.DayNumber, 0, range.Days);
}
