namespace LStep.Domain.Analysing;

/// <summary>
/// A value to look up: the bucket it lies in, from its lowest value on, and its number among the values there, from 1 on.
/// </summary>
public readonly record struct BucketPlace(DayRange Range, int Lowest, long Number)
{
    public int Highest => MedianBucket.Highest(Lowest);
}

/// <summary>The two values in the middle of a range of days; one and the same where their number is odd.</summary>
public readonly record struct MedianPlaces(long Counted, BucketPlace Lower, BucketPlace Upper);

/// <summary>How many values lie in each bucket on each day: enough to know in which bucket a median is, and where in it.</summary>
public sealed class BucketsByDay(IEnumerable<(DateOnly Day, int Lowest, long Count)> rows)
{
    private readonly ILookup<DateOnly, (int Lowest, long Count)> days = rows.ToLookup(row => row.Day, row => (row.Lowest, row.Count));

    /// <summary>Null where nothing was counted.</summary>
    public MedianPlaces? MiddleOf(DayRange range)
    {
        var buckets = new SortedDictionary<int, long>();
        foreach (var day in range.Each)
            foreach (var (lowest, count) in days[day])
                buckets[lowest] = buckets.GetValueOrDefault(lowest) + count;
        var counted = buckets.Values.Sum();
        return counted <= 0 ? null
            : new MedianPlaces(counted, Place(range, buckets, (counted + 1) / 2), Place(range, buckets, counted / 2 + 1));
    }

    /// <param name="number">Of the value among all, from 1 on.</param>
    static BucketPlace Place(DayRange range, SortedDictionary<int, long> buckets, long number)
    {
        foreach (var (lowest, count) in buckets)
        {
            if (number <= count) return new BucketPlace(range, lowest, number);
            number -= count;
        }
        throw new ArgumentOutOfRangeException(nameof(number), number, "there are not so many values");
    }
}
