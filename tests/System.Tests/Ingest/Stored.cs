using LStep.Grains.Database;

namespace LStep.System.Tests.Ingest;


/// <summary>What the tables hold, read past the product.</summary>
internal static class Stored
{
    /// <summary>Message ids in a customer's log, in their order; one that is there twice comes twice.</summary>
    public static Task<List<string>> Log(this PostgresDatabase database, string customerId) =>
        Texts(database, "SELECT message_id FROM activities WHERE customer_id = $1 ORDER BY message_id", customerId);

    /// <summary>"type event" of a customer's log, sorted.</summary>
    public static async Task<List<string>> Events(this PostgresDatabase database, string customerId)
    {
        var rows = await Texts(database, "SELECT concat(type, ' ', event) FROM activities WHERE customer_id = $1", customerId);
        return [.. rows.Select(row => row.Split(' ', 2)).Select(row => $"{(ActivityType)byte.Parse(row[0])} {row[1]}").Order(
            StringComparer.Ordinal)];
    }

    /// <summary>"code messageId customerId" of refused events, in the order they were kept.</summary>
    public static Task<List<string>> Rejected(this PostgresDatabase database, string messageId) =>
        Texts(database, "SELECT concat_ws(' ', code, message_id, customer_id) FROM rejected_events WHERE message_id = $1 ORDER BY id",
            messageId);

    public static Task<List<string>> Waiting(this PostgresDatabase database, string anonymousId) =>
        Texts(database, "SELECT message_id FROM anonymous_activities WHERE anonymous_id = $1 ORDER BY message_id", anonymousId);

    /// <summary>In any log, or waiting for its sender.</summary>
    public static Task<List<string>> EveryMessageId(this PostgresDatabase database) =>
        Texts(database, "SELECT message_id FROM activities WHERE $1 = '' UNION SELECT message_id FROM anonymous_activities", "");

    public static async Task<long> Count(this PostgresDatabase database, string table)
    {
        await using var command = database.Source.CreateCommand($"SELECT count(*) FROM {table}");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task<List<string>> Texts(PostgresDatabase database, string sql, string value)
    {
        await using var command = database.Source.CreateCommand(sql);
        command.Parameters.Add(new() { Value = value });
        await using var rows = await command.ExecuteReaderAsync();
        var texts = new List<string>();
        while (await rows.ReadAsync()) texts.Add(rows.GetString(0));
        return texts;
    }
}
