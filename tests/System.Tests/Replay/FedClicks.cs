using System.Globalization;
using System.Text.Json;
using LStep.Grains.Database;
using LStep.System.Tests.Ingest;
using LStep.Workbench.Demo;
using LStep.Workbench.Replay;
using Npgsql;

namespace LStep.System.Tests.Replay;

/// <summary>Clicks of one learner on one day: source rows, and clicks by the type of the event they came from.</summary>
public static class FedClicks
{
    private static readonly string[] Types =
        ["feature_use", "forum_activity", "lesson_view", "live_session", "page_view", "quiz_activity"];

    /// <summary>Counted from the messages as they are posted.</summary>
    public static Dictionary<(string Learner, DateOnly Date), string> Of(ReplaySource source)
    {
        var counts = new Dictionary<(string, DateOnly), int[]>();
        foreach (var day in source.Days())
            foreach (var message in day.Messages)
            {
                using var json = JsonDocument.Parse(message.Json);
                if (!json.RootElement.TryGetProperty("properties", out var properties)) continue;
                var type = Array.IndexOf(Types, properties.GetProperty("sourceType").GetString());
                if (type < 0) continue;
                var key = (message.Sender, day.Date);
                if (!counts.TryGetValue(key, out var row)) counts[key] = row = new int[Types.Length + 1];
                row[0]++;
                row[type + 1] += properties.GetProperty("count").GetInt32();
            }
        return counts.ToDictionary(each => each.Key, each => Text(each.Value[0], each.Value[1..]));
    }

    /// <summary>Counted from the log, as it was stored.</summary>
    public static async Task<Dictionary<(string Learner, DateOnly Date), string>> Stored(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand("""
            SELECT customer_id, (occurred_at AT TIME ZONE 'UTC')::date, properties->>'sourceType', count(*)::int, sum((properties->>'count')::int)::int
            FROM activities GROUP BY 1, 2, 3
            """);
        var counts = new Dictionary<(string, DateOnly), int[]>();
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            var type = rows.IsDBNull(2) ? -1 : Array.IndexOf(Types, rows.GetString(2));
            if (type < 0) continue;
            var key = (rows.GetString(0), rows.GetFieldValue<DateOnly>(1));
            if (!counts.TryGetValue(key, out var row)) counts[key] = row = new int[Types.Length + 1];
            row[0] += rows.GetInt32(3);
            row[type + 1] += rows.GetInt32(4);
        }
        return counts.ToDictionary(each => each.Key, each => Text(each.Value[0], each.Value[1..]));
    }

    /// <summary>As the sample's golden file has them, computed from the tables' rows.</summary>
    public static Dictionary<(string Learner, DateOnly Date), string> Golden(string path, string course)
    {
        var zero = OuladTables.DayZeroOf(course);
        var header = TextLines.Of(path).First().Line.Split(',');
        var types = Types.Where(header.Contains).ToArray();
        return new CsvTable(path).Rows(["id_student", "date", "rows", .. types]).ToDictionary(
            row => ($"oulad-{row[0]}", zero.AddDays(Number(row[1]))),
            row =>
                Text(Number(row[2]), [.. Types.Select(type => Array.IndexOf(types, type) is >= 0 and var at ? Number(row[at + 3]) : 0)]));
    }

    private static string Text(int rows, int[] clicks) =>
        $"{rows} rows; {string.Join(", ", Types.Zip(clicks, (type, count) => $"{type} {count}"))}";

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
