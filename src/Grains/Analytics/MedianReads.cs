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
        if (asked.Length == 0) return [];
        var buckets = new BucketsByDay(await snapshot.Rows(
            "analytics_median_buckets", row => (row.GetFieldValue<DateOnly>(0), row.GetInt32(1), row.GetInt64(2)), cancel,
            Db.Texts(measures.Select(measure => measure.BucketName()!)), asked.Min(range => range.From), asked.Max(range => range.To)));
        var middles = asked.Select(buckets.MiddleOf).OfType<MedianPlaces>().ToList();
        var values = await Values(
            snapshot, measures,
            [
                .. middles.SelectMany(middle => new[] { middle.Lower, middle.Upper }).Where(place => place.Highest > place.Lowest)
                    .Distinct(),
            ], cancel);
        return middles.ToDictionary(
            middle => middle.Lower.Range,
            middle => new Median(
                middle.Counted, values.GetValueOrDefault(middle.Lower, middle.Lower.Lowest),
                values.GetValueOrDefault(middle.Upper, middle.Upper.Lowest)));
    }

    private static async Task<Dictionary<BucketPlace, int>> Values(
        NpgsqlConnection snapshot, Measure[] measures, BucketPlace[] places, CancellationToken cancel)
    {
        if (places.Length == 0) return [];
        var rows = await snapshot.Rows(
            "analytics_median_values", row => (Place: places[row.GetInt32(0) - 1], Value: row.GetInt32(1)), cancel,
            Db.Texts(measures.Select(measure => measure.Name())), places.Select(place => place.Range.From).ToArray(),
            places.Select(place => place.Range.To).ToArray(), places.Select(place => place.Lowest).ToArray(),
            places.Select(place => place.Highest).ToArray(), places.Select(place => place.Number).ToArray());
        return rows.ToDictionary(row => row.Place, row => row.Value);
    }
}
