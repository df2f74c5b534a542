using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace LStep.Workbench.Bench.Peers;

/// <summary>
/// The plainest service that takes the same requests: it reads the batch, writes its events as rows of one table in one transaction, and
/// answers. No key, no check of what was said before, no customer and no status: what the product's promises cost is measured against it.
/// </summary>
internal static class PlainDoorway
{
    private sealed record Event(string MessageId, string UserId, string Type, DateTimeOffset Timestamp, string? Name, string Properties);

    public static async Task Serve(string connectionString, int port, CancellationToken cancel)
    {
        await using var database = NpgsqlDataSource.Create(connectionString);
        await using (var table = database.CreateCommand(WorkbenchSql.Query("peer_table"))) await table.ExecuteNonQueryAsync(cancel);
        var insert = WorkbenchSql.Query("peer_insert");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server => server.ListenLocalhost(port));
        await using var app = builder.Build();
        app.MapPost("/v1/batch", async (HttpRequest request) =>
        {
            using var body = await JsonDocument.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted);
            var events = body.RootElement.GetProperty("batch").EnumerateArray().Select(Read).ToList();
            await using var command = database.CreateCommand(insert);
            Add(command, NpgsqlDbType.Text, events.Select(one => one.MessageId));
            Add(command, NpgsqlDbType.Text, events.Select(one => one.UserId));
            Add(command, NpgsqlDbType.Text, events.Select(one => one.Type));
            Add(command, NpgsqlDbType.TimestampTz, events.Select(one => one.Timestamp));
            Add(command, NpgsqlDbType.Text, events.Select(one => one.Name));
            Add(command, NpgsqlDbType.Json, events.Select(one => one.Properties));
            await command.ExecuteNonQueryAsync(request.HttpContext.RequestAborted);
            return Results.Json(new { success = true });
        });
        await app.RunAsync(cancel);
    }

    private static Event Read(JsonElement message) => new(
        message.GetProperty("messageId").GetString()!, message.GetProperty("userId").GetString()!, message.GetProperty("type").GetString()!,
        message.GetProperty("timestamp").GetDateTimeOffset().ToUniversalTime(),
        message.TryGetProperty("event", out var name) || message.TryGetProperty("name", out name) ? name.GetString() : null,
        message.GetProperty("properties").GetRawText());

    private static void Add<T>(NpgsqlCommand command, NpgsqlDbType type, IEnumerable<T> column) =>
        command.Parameters.Add(new() { Value = column.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type });
}
