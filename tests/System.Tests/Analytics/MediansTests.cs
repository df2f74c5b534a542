using System.Text.Json;
using LStep.Domain.Analysing;
using Npgsql;

namespace LStep.System.Tests.Analytics;

/// <summary>Medians of a great many values, which are read by way of buckets, beside what sorting the values says.</summary>
public sealed class MediansTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Theory]
    [InlineData(1, 1, 100_000)]
    [InlineData(2, 2, 100_000)]
    [InlineData(3, 7, 70)]
    [InlineData(4, 401, 3_000)]
    [InlineData(5, 1_000, 40_000)]
    [InlineData(6, 5_000, 2_000_000)]
    public async Task Are_exact_over_a_range_and_on_each_day_of_it(int seed, int values, int highest)
    {
        var random = new Random(seed);
        var rows = Enumerable.Range(0, values)
            .Select(_ => (
                Day: random.Next(0, 20), Tier: random.Next(2) == 0 ? "Pro" : "", Value: (int)(highest * Math.Pow(random.NextDouble(), 2))))
            .ToList();
        await Fill(rows);

        var answer = await host.Get("/api/analytics/kpis?from=2026-03-01&to=2026-03-10");
        var velocity = answer.GetProperty("items").EnumerateArray()
            .Single(item => item.GetProperty("name").GetString() == "progression_velocity");

        Assert.Equal(
            [Of(rows, 0, 9), .. Enumerable.Range(0, 10).Select(day => Of(rows, day, day))],
            [Number(velocity), .. velocity.GetProperty("days").EnumerateArray().Select(Number)]);
        Assert.Equal(rows.Count(row => row.Day <= 9), velocity.GetProperty("denominator").GetInt32());
    }

    private Task<int> Fill(IReadOnlyList<(int Day, string Tier, int Value)> rows) => host.Database.Use(async connection =>
    {
        await using (var clear = new NpgsqlCommand("DELETE FROM analytics_days WHERE measure LIKE 'velocity%'", connection))
            await clear.ExecuteNonQueryAsync();
        await using var insert = new NpgsqlCommand(
            """
            INSERT INTO analytics_days SELECT measure, date '2026-03-01' + day, tier, '', '', '', value, count(*)
            FROM unnest($1::text[], $2::integer[], $3::text[], $4::integer[]) AS given (measure, day, tier, value)
            GROUP BY measure, day, tier, value
            """, connection);
        var all = rows.Select(row => (Measure: "velocity", row.Day, row.Tier, row.Value))
            .Concat(rows.Select(row => (Measure: "velocity_bucket", row.Day, Tier: "", Value: MedianBucket.Of(row.Value)))).ToList();
        insert.Parameters.Add(new() { Value = all.Select(row => row.Measure).ToArray() });
        insert.Parameters.Add(new() { Value = all.Select(row => row.Day).ToArray() });
        insert.Parameters.Add(new() { Value = all.Select(row => row.Tier).ToArray() });
        insert.Parameters.Add(new() { Value = all.Select(row => row.Value).ToArray() });
        return await insert.ExecuteNonQueryAsync();
    });

    /// <summary>The median in days with one decimal; null of none.</summary>
    private static double? Of(IEnumerable<(int Day, string Tier, int Value)> rows, int first, int last)
    {
        var values = rows.Where(row => row.Day >= first && row.Day <= last).Select(row => row.Value).Order().ToList();
        if (values.Count == 0) return null;
        return Math.Round(
            (values[(values.Count - 1) / 2] + (double)values[values.Count / 2]) / 2 / 1_440, 1, MidpointRounding.AwayFromZero);
    }

    private static double? Number(JsonElement told) =>
        told.GetProperty("value") is { ValueKind: not JsonValueKind.Null } value ? value.GetDouble() : null;
}
