using System.Text.Json;
using LStep.Grains.Database;
using Npgsql;

namespace LStep.Grains.People;

/// <summary>What a person changed. Nothing of it may be a secret: admins read it, and backups keep it.</summary>
/// <param name="Action">The kind of thing and what was done to it, such as key.revoked.</param>
/// <param name="Target">The thing's own id or name.</param>
/// <param name="Before">Becomes JSON; null where the thing was not there.</param>
/// <param name="After">Becomes JSON; null where the thing is gone.</param>
/// <param name="Reason">In the person's own words.</param>
public sealed record AuditEntry(
    Person Who, string Action, string Target, object? Before = null, object? After = null, string? Reason = null);

/// <summary>
/// The writer of audit_log. It takes the connection of the transaction that makes the change, so that neither is there without the other.
/// </summary>
internal static class Audit
{
    public static Task Write(this NpgsqlConnection transaction, AuditEntry entry, CancellationToken cancel) => transaction.Execute(
        "audit_write", cancel, entry.Who.Name, Db.Text(entry.Who.KeyId), entry.Action, entry.Target, Db.Text(JsonOf(entry.Before)),
        Db.Text(JsonOf(entry.After)), Db.Text(entry.Reason));

    /// <summary>
    /// Whether one more change of a kind may be made in this transaction, which then writes it down; until its end nobody else asks.
    /// Counted over the whole installation, by the database's clock.
    /// </summary>
    /// <param name="action">As the entries name it.</param>
    /// <param name="max">At most so many within the span.</param>
    /// <returns>Null where it may; else how many seconds it has to wait.</returns>
    public static async Task<int?> SecondsToWait(
        this NpgsqlConnection transaction, string action, int max, TimeSpan within, CancellationToken cancel)
    {
        await transaction.Execute("audit_rate_lock", cancel, action);
        var waits = await transaction.Rows("audit_rate", row => row.GetInt32(0), cancel, action, max, within.TotalSeconds);
        return waits is [var seconds] ? seconds : null;
    }

    private static string? JsonOf(object? value) => value is null ? null : JsonSerializer.Serialize(value, JsonSerializerOptions.Web);
}

/// <param name="Before">JSON.</param>
/// <param name="After">JSON.</param>
public sealed record AuditRow(
    long Id, DateTimeOffset At, string Who, string? KeyId, string Action, string Target, string? Before, string? After, string? Reason);

/// <summary>Which changes; null is any.</summary>
/// <param name="Action">One action, or what its name begins with: key for key.created and key.revoked.</param>
public sealed record AuditFilter(
    string? Who = null, string? Action = null, string? Target = null, DateTimeOffset? From = null, DateTimeOffset? Before = null);

/// <summary>What people changed, page by page.</summary>
public sealed class AuditReads(PostgresDatabase database)
{
    /// <summary>Newest first, below an id where one is given.</summary>
    public Task<List<AuditRow>> Page(AuditFilter filter, long? below, int rowsMax, CancellationToken cancel) => database.People.Use(
        connection => connection.Rows(
            "audit_page",
            row => new AuditRow(
                row.GetInt64(0), row.Instant(1), row.GetString(2), row.TextOrNull(3), row.GetString(4), row.GetString(5), row.TextOrNull(6),
                row.TextOrNull(7), row.TextOrNull(8)),
            cancel, Db.Long(below), rowsMax, Db.Text(filter.Who), Db.Text(filter.Action), Db.Text(filter.Target), Db.Instant(filter.From),
            Db.Instant(filter.Before)),
        cancel);
}
