using System.Data;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using LStep.Grains.Database;
using LStep.Grains.People;
using Npgsql;

namespace LStep.Grains.Privacy;

/// <summary>
/// Everything that is stored of a customer, table by table, as of one moment. Rows are written as they are read: of a long log no more than
/// a few are in memory.
/// </summary>
public sealed class Exporting(PostgresDatabase database)
{
    private int running;

    /// <summary>Whether players kept anything of somebody of whom nothing else is known.</summary>
    public Task<bool> Knows(string id, CancellationToken cancel) =>
        database.People.Use(connection => connection.Value<bool>("erase_known", cancel, id), cancel);

    /// <summary>
    /// Writes {"customerId", "exportedAt", "stores": {TABLE: [row…]}} as JSON. What it throws once something was written leaves the text
    /// cut.
    /// </summary>
    /// <exception cref="OverloadedException">Too many exports run in this process. Nothing was written.</exception>
    public async Task Write(string id, Person by, DateTimeOffset at, PipeWriter to, CancellationToken cancel)
    {
        try
        {
            if (Interlocked.Increment(ref running) > PrivacyLimits.ExportsMax)
                throw new OverloadedException($"{PrivacyLimits.ExportsMax} exports are running.");
            await database.Transaction(async c =>
            {
                await c.Write(new AuditEntry(by, "customer.exported", id), cancel);
                return true;
            }, cancel);
            await database.InBackground(connection => Write(connection, id, at, to, cancel), cancel);
        }
        finally
        {
            Interlocked.Decrement(ref running);
        }
    }

    private static async Task Write(NpgsqlConnection connection, string id, DateTimeOffset at, PipeWriter to, CancellationToken cancel)
    {
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        var stores = await connection.Rows("export_stores", row => row.GetString(0), cancel);
        var instant = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        Text(to, $"{{\"customerId\":{JsonSerializer.Serialize(id)},\"exportedAt\":\"{instant}\",\"stores\":{{");
        await to.FlushAsync(cancel);
        await Store(connection, "anonymous_activities", "export_anonymous", to, cancel, id);
        Text(to, ",");
        await Store(connection, "audit_log", "export_audit", to, cancel, id);
        foreach (var store in stores)
        {
            Text(to, ",");
            await Store(connection, store, "export_rows", to, cancel, store, id);
        }
        Text(to, "}}");
        await to.FlushAsync(cancel);
    }

    private static async Task Store(
        NpgsqlConnection connection, string store, string query, PipeWriter to, CancellationToken cancel, params object[] values)
    {
        Text(to, $"{JsonSerializer.Serialize(store)}:[");
        await using var command = connection.Named(query, values);
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancel);
        for (var isFirst = true; await reader.ReadAsync(cancel); isFirst = false)
        {
            if (!isFirst) Text(to, ",");
            Text(to, reader.GetString(0));
            if (to.UnflushedBytes >= PrivacyLimits.ExportBytesPerFlush) await to.FlushAsync(cancel);
        }
        Text(to, "]");
    }

    private static void Text(PipeWriter to, string text) => Encoding.UTF8.GetBytes(text, to);
}
