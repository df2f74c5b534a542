using LStep.Domain.Analysing;
using LStep.Grains.Database;
using Npgsql;

namespace LStep.Grains.Analytics;

/// <summary>What several subjects read from the day tables.</summary>
internal static class DayRows
{
    /// <summary>Customers per tag at the end of each day.</summary>
    public static async Task<TagDays> Tags(this NpgsqlConnection snapshot, DayRange range, CancellationToken cancel) => TagDays.Of(
        range, await snapshot.Rows(
            "analytics_tags",
            row => new MovedOnDay(row.GetFieldValue<DateOnly>(0), TagOrNull(row, 1), TagOrNull(row, 2), row.GetInt64(3)),
            cancel, range.From, range.To));

    public static Task<List<CountOnDay>> Sums(
        this NpgsqlConnection snapshot, Measure[] measures, DayRange range, CancellationToken cancel)
    {
        var byName = measures.ToDictionary(measure => measure.Name());
        return snapshot.Rows(
            "analytics_sums", row => new CountOnDay(byName[row.GetString(0)], row.GetFieldValue<DateOnly>(1), row.GetInt64(2)), cancel,
            Names(measures), range.From, range.To);
    }

    /// <summary>Of each range of which something was counted, how much, and the two values in the middle, in minutes.</summary>
    public static async Task<Dictionary<DayRange, (long Counted, (int Lower, int Upper) Minutes)>> Medians(
        this NpgsqlConnection snapshot, Measure[] measures, IReadOnlyCollection<DayRange> ranges, CancellationToken cancel)
    {
        DayRange[] asked = [.. ranges.Where(range => range.Days > 0).Distinct()];
        var rows = await snapshot.Rows(
            "analytics_medians", row => (Number: row.GetInt32(0), Of: (row.GetInt64(1), (row.GetInt32(2), row.GetInt32(3)))), cancel,
            Names(measures), asked.Select(range => range.From).ToArray(), asked.Select(range => range.To).ToArray());
        return rows.ToDictionary(row => asked[row.Number - 1], row => row.Of);
    }

    public static StatusTag? TagOrNull(NpgsqlDataReader row, int column) =>
        row.TextOrNull(column) is { } code ? StatusTags.Parse(code) : null;

    private static string[] Names(Measure[] measures) => [.. measures.Select(measure => measure.Name())];
}
