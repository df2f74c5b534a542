using LStep.Domain.Analysing;
using LStep.Grains.Database;
using Npgsql;

namespace LStep.Grains.Analytics;

/// <param name="Lower">In minutes, of the two in the middle; the same as <paramref name="Upper"/> where there is one.</param>
internal readonly record struct Median(long Counted, int Lower, int Upper);

/// <summary>
/// Exact medians of ranges of days: the counts by bucket say which bucket the middle is in and how far, and only its values are looked at.
/// </summary>
internal static class MedianReads
{
    /// <param name="measures">Such as have buckets.</param>
    /// <returns>Of each range of which something was counted.</returns>
    public static async Task<Dictionary<DayRange, Median>> Medians(
        this NpgsqlConnection snapshot, Measure[] measures, IReadOnlyCollection<DayRange> ranges, CancellationToken cancel)
    {
        DayRange[] asked = [.. ranges.Where(range => range.Days > 0).Distinct()];
        var middles = await snapshot.Rows(
            "analytics_median_buckets",
            row => new Middle(
                asked[row.GetInt32(0) - 1], row.GetInt64(1), row.GetInt32(2), row.GetInt32(3), row.GetInt64(4), row.GetInt64(5)),
            cancel, Db.Texts(measures.Select(measure => measure.BucketName()!)), asked.Select(range => range.From).ToArray(),
            asked.Select(range => range.To).ToArray());
        var places = middles.SelectMany(middle => new[] { middle.Lower, middle.Upper }).Distinct().ToList();
        var values = await Values(snapshot, measures, places.FindAll(place => place.Highest > place.Lowest), cancel);
        return middles.ToDictionary(
            middle => middle.Range,
            middle => new Median(
                middle.Counted, values.GetValueOrDefault(middle.Lower, middle.Lower.Lowest),
                values.GetValueOrDefault(middle.Upper, middle.Upper.Lowest)));
    }

    private static async Task<Dictionary<Place, int>> Values(
        NpgsqlConnection snapshot, Measure[] measures, List<Place> places, CancellationToken cancel)
    {
        if (places.Count == 0) return [];
        var rows = await snapshot.Rows(
            "analytics_median_values", row => (Place: places[row.GetInt32(0) - 1], Value: row.GetInt32(1)), cancel,
            Db.Texts(measures.Select(measure => measure.Name())), places.Select(place => place.Range.From).ToArray(),
            places.Select(place => place.Range.To).ToArray(), places.Select(place => place.Lowest).ToArray(),
            places.Select(place => place.Highest).ToArray(), places.Select(place => place.Number).ToArray());
        return rows.ToDictionary(row => row.Place, row => row.Value);
    }

    /// <param name="Number">From 1 on, among the values of the range that lie in the bucket.</param>
    private readonly record struct Place(DayRange Range, int Lowest, long Number)
    {
        public int Highest => MedianBucket.Highest(Lowest);
    }

    private readonly record struct Middle(
        DayRange Range, long Counted, int LowerBucket, int UpperBucket, long BelowLower, long BelowUpper)
    {
        public Place Lower => new(Range, LowerBucket, (Counted + 1) / 2 - BelowLower);
        public Place Upper => new(Range, UpperBucket, Counted / 2 + 1 - BelowUpper);
    }
}
