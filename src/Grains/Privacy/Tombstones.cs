using System.Security.Cryptography;
using System.Text;
using LStep.Grains.Database;
using Npgsql;
using NpgsqlTypes;

namespace LStep.Grains.Privacy;

/// <summary>
/// Who was erased, by a keyed hash of each id. A customer's own row is fenced by its commit; whoever writes an id of a person elsewhere
/// goes through the gate (<see cref="Rows"/>, <see cref="Enter"/>): either it commits before an erasure takes its last look, or it sees the
/// tombstone.
/// </summary>
public sealed class Tombstones(PostgresDatabase database)
{
    private const int KeyBytes = 32;
    private byte[]? key;

    /// <summary>What the ids of this installation are hashed with, on every silo.</summary>
    public async ValueTask<byte[]> Key(CancellationToken cancel = default)
    {
        var fresh = Convert.ToHexString(RandomNumberGenerator.GetBytes(KeyBytes));
        // Of two first needs at once one waits for the other, sees nothing, and looks again.
        while (key is null)
            if (await database.Use(c => c.Value<string>("tombstone_key", cancel, fresh), cancel) is { } stored)
                key = Convert.FromHexString(stored);
        return key;
    }

    public static byte[] Hash(byte[] key, string id) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(id));

    /// <summary>
    /// As what an address is remembered: it is no id, and refuses only what names somebody by an address that no customer has.
    /// </summary>
    public static string OfAddress(string address) => "mailto:" + address.ToLowerInvariant();

    /// <summary>How many people were erased: whoever keeps ids in memory looks again when it has changed.</summary>
    public Task<long> Erasures(CancellationToken cancel) =>
        database.Hub.Use(connection => connection.Value<long>("erasures_count", cancel), cancel);

    /// <summary>Which of some ids are of people who were erased.</summary>
    public Task<HashSet<string>> Among(IReadOnlyCollection<string> ids, CancellationToken cancel = default) =>
        database.Ingest.Use(connection => Among(connection, ids, cancel), cancel);

    internal async Task<HashSet<string>> Among(NpgsqlConnection connection, IEnumerable<string> ids, CancellationToken cancel = default)
    {
        var secret = await Key(cancel);
        var byHash = ids.Distinct(StringComparer.Ordinal).ToDictionary(id => Convert.ToHexString(Hash(secret, id)));
        if (byHash.Count == 0) return [];
        var found = await connection.Rows(
            "tombstones_among", row => Convert.ToHexString(row.GetFieldValue<byte[]>(0)), cancel,
            Bytes(byHash.Keys.Select(Convert.FromHexString)));
        return [.. found.Select(hash => byHash[hash])];
    }

    /// <summary>Of ids that a transaction is about to write, those of people who were erased: they must not be written.</summary>
    internal async Task<HashSet<string>> Enter(NpgsqlConnection transaction, IReadOnlyCollection<string> ids, CancellationToken cancel)
    {
        await transaction.Execute("erasure_gate", cancel);
        return await Among(transaction, ids, cancel);
    }

    /// <summary>
    /// A query that writes ids and looks for their tombstones itself, behind the gate, in one round trip and one transaction.
    /// </summary>
    internal static async Task<List<T>> Rows<T>(
        NpgsqlConnection connection, string query, Func<NpgsqlDataReader, T> read, params object[] values)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Sql.Query("erasure_gate")));
        var command = new NpgsqlBatchCommand(Sql.Query(query));
        foreach (var value in values) command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value });
        batch.BatchCommands.Add(command);
        await using var reader = await batch.ExecuteReaderAsync();
        await reader.NextResultAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync()) rows.Add(read(reader));
        return rows;
    }

    /// <summary>Of each id its hash, as a parameter; null where there is none.</summary>
    internal async ValueTask<NpgsqlParameter> Hashes(IEnumerable<string?> ids, CancellationToken cancel = default)
    {
        var secret = await Key(cancel);
        return Bytes(ids.Select(id => id is null ? null : Hash(secret, id)));
    }

    private static NpgsqlParameter Bytes(IEnumerable<byte[]?> hashes) =>
        new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea, Value = hashes.ToArray() };
}
