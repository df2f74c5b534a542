using LStep.Grains.Database;
using Npgsql;

namespace LStep.Grains.People;

/// <param name="Id">The public handle; no secret.</param>
/// <param name="Unmarked">It was not marked as used for a minute.</param>
public sealed record Session(Key Key, DateTimeOffset ExpiresAt, Guid Id, bool Unmarked = false);

public sealed record ListedSession(Guid Id, DateTimeOffset OpenedAt, DateTimeOffset UsedAt, DateTimeOffset ExpiresAt);

/// <summary>Who is signed in with a browser. A session ends after a while, when nobody uses it, and with the key behind it.</summary>
public sealed class BrowserSessions(PostgresDatabase database)
{
    public const int SecondsMax = 8 * 3600;
    public const int IdleSecondsMax = 2 * 3600;

    /// <summary>Of one key; one more ends the one that was not used for the longest time.</summary>
    public const int PerKeyMax = 100;

    /// <param name="isKnown">It was good a moment ago. Others share few connections: anybody can invent them.</param>
    public async Task<Session?> Find(byte[] hash, bool isKnown, CancellationToken cancel) => (await Tokens.PoolOf(database, isKnown).Use(
        connection => connection.Rows(
            "session_by_hash", row => new Session(Tokens.KeyOf(row), row.Instant(3), row.GetGuid(4), row.GetBoolean(5)), cancel, hash),
        cancel)).SingleOrDefault();

    /// <summary>Which of many keys and sessions, by their hashes, still let somebody in.</summary>
    public async Task<HashSet<string>> Standing(IReadOnlyCollection<byte[]> hashes, CancellationToken cancel) => (await database.Hub.Use(
        connection => connection.Rows(
            "hashes_standing", row => Convert.ToHexString(row.GetFieldValue<byte[]>(0)), cancel, (object)hashes.ToArray()),
        cancel)).ToHashSet();

    /// <summary>Puts off its idle end. One that cannot be marked, as in a database that takes no writes, serves all the same.</summary>
    public async Task Mark(byte[] hash, CancellationToken cancel)
    {
        try
        {
            await database.Ingest.Use(connection => connection.Execute("session_used", cancel, hash, IdleSecondsMax), cancel);
        }
        catch (Exception e) when (e is StorageUnavailableException or NpgsqlException)
        {
            // The next use of it tries again.
        }
    }

    /// <param name="hash">Of the secret that the cookie will hold.</param>
    public Task<Session> Open(Key key, byte[] hash, CancellationToken cancel) =>
        database.Transaction(connection => Open(connection, key, hash, cancel), cancel);

    /// <summary>By a sign-in link, once; null when it is used, expired, revoked or none.</summary>
    public Task<Session?> OpenByLink(byte[] link, byte[] hash, CancellationToken cancel) => database.Transaction(
        async connection =>
            (await connection.Rows("use_link", Tokens.KeyOf, cancel, link)) is [var key] ? await Open(connection, key, hash, cancel) : null,
        cancel);

    /// <summary>Signs out.</summary>
    public Task End(Key key, byte[] hash, CancellationToken cancel) => database.Transaction(
        async connection =>
        {
            foreach (var id in await connection.Rows("end_session", row => row.GetGuid(0), cancel, hash))
                await connection.Write(new AuditEntry(key.Person, "session.ended", id.ToString(), Before: new { key = key.Id }), cancel);
            return true;
        }, cancel);

    /// <summary>False when the key has no such session.</summary>
    public Task<bool> End(string keyId, Guid id, Person by, CancellationToken cancel) => database.Transaction(
        async connection =>
        {
            if (await connection.Execute("end_session_by_id", cancel, id, keyId) == 0) return false;
            await connection.Write(new AuditEntry(by, "session.ended", id.ToString(), Before: new { key = keyId }), cancel);
            return true;
        }, cancel);

    internal static async Task<Session> Open(NpgsqlConnection connection, Key key, byte[] hash, CancellationToken cancel)
    {
        var session = (await connection.Rows(
            "open_session", row => new Session(key, row.Instant(0), row.GetGuid(1)), cancel,
            hash, key.Id, SecondsMax, IdleSecondsMax, PerKeyMax))[0];
        await connection.Write(
            new AuditEntry(key.Person, "session.opened", session.Id.ToString(), After: new { key = key.Id, session.ExpiresAt }), cancel);
        return session;
    }
}
