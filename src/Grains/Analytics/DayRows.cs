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

    public static StatusTag? TagOrNull(NpgsqlDataReader row, int column) =>
        row.TextOrNull(column) is { } code ? StatusTags.Parse(code) : null;

    private static string[] Names(Measure[] measures) => [.. measures.Select(measure => measure.Name())];
}
