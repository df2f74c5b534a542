using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using LStep.Grains.Database;
using LStep.Grains.People;
using Npgsql;

namespace LStep.Grains.Privacy;

/// <summary>
/// Erases a person in one transaction: its rows go from every table, an alias takes its place in those that totals and cursors need, and
/// tombstones refuse whatever comes for it later. To be called from the customer's own turn, where it has one: nothing else is under way
/// for it then, and what is in memory ends with the turn.
/// </summary>
public sealed class Erasing(PostgresDatabase database, Tombstones tombstones, Ids ids)
{
    /// <summary>Null when there is no such customer.</summary>
    public Task<ErasureReceipt?> Erase(string id, Person by, DateTimeOffset at, CancellationToken cancel = default) =>
        database.Transaction(async connection =>
        {
            var isKnown = await connection.Value<long?>("erase_state", cancel, id) is not null;
            var profile = await connection.Rows("erase_profile", row => (Email: row.TextOrNull(0), Name: row.TextOrNull(1)), cancel, id);
            return isKnown || profile.Count > 0 || await connection.Value<bool>("erase_known", cancel, id)
                ? await Erase(connection, id, profile.SingleOrDefault(), by, at, cancel) : null;
        }, cancel);

    private async Task<ErasureReceipt?> Erase(
        NpgsqlConnection connection, string id, (string? Email, string? Name) profile, Person by, DateTimeOffset at,
        CancellationToken cancel)
    {
        var alias = ids.Next("erased");
        var anonymous = await connection.Rows("erase_anonymous", row => row.GetString(0), cancel, id);
        string[] addresses = profile.Email is { } email ? [Tombstones.OfAddress(email)] : [];
        await connection.Execute("erase_tombstones", cancel, await tombstones.Hashes([id, alias, .. anonymous, .. addresses], cancel));

        var words = Db.Texts(Written([id, profile.Email, profile.Name, .. anonymous.Take(PrivacyLimits.AnonymousIdsSearchedMax)]));
        var found = new List<(string Store, long Rows, string? Why)>();
        var before = await connection.Value<long>("erase_rejected_end", cancel);
        found.AddRange(await Rows(connection, "erase_mentions", cancel, id, alias, words, 0L));
        await connection.Execute("erase_analytics_gate", cancel);
        await connection.Execute("erase_daily_gate", cancel);
        object[] rows = [id, alias, at, Db.Texts(anonymous)];
        object names = new[] { id, profile.Email ?? id, profile.Email?.ToLowerInvariant() ?? id };
        found.AddRange(await Rows(connection, "erase_statements", cancel, names));
        found.AddRange(await Rows(connection, "erase_rows", cancel, rows));
        // Who wrote beside the customer's own row meanwhile has committed now, or comes after this commit and sees the tombstones.
        await connection.Execute("erase_gate", cancel);
        found.AddRange(await Rows(
            connection, "erase_mentions", cancel, id, alias, words.Clone(), Math.Max(0, before - PrivacyLimits.RejectedIdsUnderWayMax)));
        found.AddRange(await Rows(connection, "erase_statements", cancel, names));
        found.AddRange(await Rows(connection, "erase_rows", cancel, [.. rows[..3], Db.Texts(anonymous)]));

        var receipt = ReceiptOf(ids.Next("erasure"), at, found);
        var (removed, kept) = (JsonOf(receipt.Removed), JsonOf(receipt.Kept));
        await connection.Execute("erase_receipt", cancel, receipt.ReceiptId, alias, at, removed, kept);
        await connection.Write(
            new AuditEntry(by, "customer.erased", receipt.ReceiptId, After: new { receipt.Removed, receipt.Kept }), cancel);
        return receipt;
    }

    private static ErasureReceipt ReceiptOf(string id, DateTimeOffset at, List<(string Store, long Rows, string? Why)> found)
    {
        var sums = found.GroupBy(one => (one.Store, one.Why)).Select(group => (group.Key, Rows: group.Sum(one => one.Rows)))
            .Where(one => one.Rows > 0).OrderBy(one => one.Key.Store, StringComparer.Ordinal).ToList();
        return new ErasureReceipt(
            id, at,
            [.. sums.Where(one => one.Key.Why is null).Select(one => new RemovedRows(one.Key.Store, one.Rows))],
            [.. sums.Where(one => one.Key.Why is not null).Select(one => new KeptRows(one.Key.Store, one.Rows, one.Key.Why!))]);
    }

    /// <summary>How texts may stand in a body: as they are, as JSON escapes them, as an address does.</summary>
    private static IEnumerable<string> Written(IEnumerable<string?> texts) =>
        texts.OfType<string>().Where(text => !string.IsNullOrWhiteSpace(text)).SelectMany(
            text => new[] { text, JavaScriptEncoder.Default.Encode(text), Uri.EscapeDataString(text) }).Distinct(StringComparer.Ordinal);

    /// <summary>It looks through all that was refused: longer than any other statement may take.</summary>
    private static async Task<List<(string Store, long Rows, string? Why)>> Rows(
        NpgsqlConnection connection, string query, CancellationToken cancel, params object[] values)
    {
        await using var command = connection.Named(query, values);
        command.CommandTimeout = PrivacyLimits.ErasureSecondsMax;
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<(string, long, string?)>();
        while (await reader.ReadAsync(cancel)) rows.Add((reader.GetString(0), reader.GetInt64(1), reader.TextOrNull(2)));
        return rows;
    }

    private static string JsonOf<T>(ImmutableArray<T> rows) => JsonSerializer.Serialize(rows, JsonSerializerOptions.Web);
}
