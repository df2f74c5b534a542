using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using LStep.Grains.Database;
using Npgsql;
using NpgsqlTypes;

namespace LStep.Grains.People;

/// <summary>Viewer, Success and Admin include each other in that order; Ingest writes events and does nothing else.</summary>
public enum Role { Ingest, Viewer, Success, Admin }

/// <param name="Id">The public handle; no secret.</param>
public sealed record Key(string Id, Role Role, string Name)
{
    public Person Person => new(Name, Id);
}

/// <param name="OneTime">A sign-in link.</param>
/// <param name="UsedAt">When the link was used.</param>
/// <param name="CreatedBy">A person's name; null where the process made it of its settings.</param>
/// <param name="LastUsedAt">To within a minute.</param>
/// <param name="IsPerson">Somebody who signs in by the OpenID Connect provider: no secret opens it.</param>
public sealed record ListedKey(
    string Id, Role Role, string Name, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, bool OneTime, DateTimeOffset? RevokedAt,
    DateTimeOffset? UsedAt, string? CreatedBy, DateTimeOffset? LastUsedAt, bool IsPerson, IReadOnlyList<ListedSession> Sessions);

public enum Revocation { Done, Unknown, LastAdminKey }

/// <summary>Write keys, bearer tokens and sign-in links. Secrets are known by their SHA-256 only.</summary>
public sealed class Tokens(PostgresDatabase database)
{
    public const int LinkSeconds = 600;
    public const int NameCharsMax = 100;

    /// <summary>Of a secret that somebody chose: with fewer it could be guessed.</summary>
    public const int SecretCharsMin = 24;

    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>256 random bits that stay themselves in a URL.</summary>
    public static string NewSecret(string prefix) => prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static string NewSecret(Role role) => NewSecret(role == Role.Ingest ? "lsw_" : "lst_");

    /// <param name="isKnown">It was good a moment ago. Others share few connections: anybody can invent them.</param>
    public async Task<Key?> Find(byte[] hash, bool isKnown, CancellationToken cancel) => (await PoolOf(database, isKnown).Use(
        connection => connection.Rows("token_by_hash", KeyOf, cancel, hash), cancel)).SingleOrDefault();

    /// <summary>What a secret is known as here, also when it was revoked or has expired; null when it is not.</summary>
    public async Task<Role?> KnownAs(string secret, CancellationToken cancel) => await database.Ingest.Use(
        connection => connection.Value<string>("token_role", cancel, Hash(secret)), cancel) is { } role ? RoleOf(role) : null;

    /// <summary>Keeps a key under a secret the caller chose or drew. The same secret again changes nothing.</summary>
    public Task Keep(
        string secret, Role role, string name, TimeSpan? lifetime = null, bool oneTime = false, CancellationToken cancel = default) =>
        database.Ingest.Use(connection => Insert(connection, secret, role, name, cancel, lifetime, oneTime: oneTime), cancel);

    /// <summary>A new key for somebody; the secret is told this once. Null when it would have expired already.</summary>
    public Task<(ListedKey Key, string Secret)?> Create(
        Role role, string name, DateTimeOffset? expiresAt, Person by, CancellationToken cancel) => database.Transaction(
        async connection =>
        {
            var secret = NewSecret(role);
            if (await Insert(connection, secret, role, name, cancel, expiresAt: expiresAt, by: by) is not var (id, createdAt, expires))
                return null;
            await connection.Write(
                new AuditEntry(by, "key.created", id, After: new { name, role = NameOf(role), expiresAt = expires }), cancel);
            return ((ListedKey, string)?)(
                new ListedKey(id, role, name, createdAt, expires, false, null, null, by.Name, null, false, []), secret);
        }, cancel);

    /// <summary>A new sign-in link's secret: good for one session, for ten minutes.</summary>
    /// <param name="madeWith">The key behind it, if there is one: the link and its session end when that one does.</param>
    public Task<string> NewLink(
        Role role, string name, Key? madeWith = null, CancellationToken cancel = default) => database.Transaction(
        async connection =>
        {
            var secret = NewSecret("lnk_");
            var made = await Insert(
                connection, secret, role, name, cancel, TimeSpan.FromSeconds(LinkSeconds), oneTime: true, madeWith: madeWith?.Id,
                by: Person.CommandLine);
            var after = new { name, role = NameOf(role), madeWith = madeWith?.Id };
            await connection.Write(new AuditEntry(Person.CommandLine, "link.created", made!.Value.Id, After: after), cancel);
            return secret;
        }, cancel);

    /// <summary>All that can be listed, newest first, with the sessions that stand.</summary>
    public Task<List<ListedKey>> List(CancellationToken cancel) => Page(null, int.MaxValue, cancel);

    /// <summary>Newest first, after a place where one is given.</summary>
    public Task<List<ListedKey>> Page((DateTimeOffset CreatedAt, string Id)? after, int rowsMax, CancellationToken cancel) =>
        database.People.Use(
        async connection =>
        {
            var keys = await connection.Rows(
                "list_tokens",
                row => new ListedKey(
                    row.GetString(0), RoleOf(row.GetString(1)), row.GetString(2), row.Instant(3), row.InstantOrNull(4), row.GetBoolean(5),
                    row.InstantOrNull(6), row.InstantOrNull(7), row.TextOrNull(8), row.InstantOrNull(9), row.GetBoolean(10), []),
                cancel, Db.Instant(after?.CreatedAt), Db.Text(after?.Id), rowsMax);
            var sessions = (await connection.Rows(
                "sessions_of_tokens",
                row => (
                    Key: row.GetString(0), Session: new ListedSession(row.GetGuid(1), row.Instant(2), row.Instant(3), row.Instant(4))),
                cancel, Db.Texts(keys.Select(key => key.Id)))).ToLookup(row => row.Key, row => row.Session);
            return keys.ConvertAll(key => key with { Sessions = [.. sessions[key.Id]] });
        }, cancel);

    /// <summary>Ends a key, a link or somebody of the provider; the last key of an admin stays, or nobody could make another.</summary>
    /// <param name="by">Whoever works at the command line without it.</param>
    public Task<Revocation> Revoke(string id, CancellationToken cancel, Person? by = null) => database.Transaction(
        async connection =>
        {
            if (await connection.Rows("admin_keys_lock", row => row.GetString(0), cancel) is [var last] && last == id)
                return Revocation.LastAdminKey;
            var revoked = await connection.Rows(
                "revoke_token", row => new { role = row.GetString(0), name = row.GetString(1) }, cancel, id);
            foreach (var key in revoked)
                await connection.Write(new AuditEntry(by ?? Person.CommandLine, "key.revoked", id, Before: key), cancel);
            return revoked.Count > 0 ? Revocation.Done : Revocation.Unknown;
        }, cancel);

    /// <summary>Lets somebody of the provider in again; false when the id is no such person's, or they were not revoked.</summary>
    public Task<bool> Restore(string id, Person by, CancellationToken cancel) => database.Transaction(
        async connection =>
        {
            var restored = await connection.Rows(
                "restore_token", row => new { role = row.GetString(0), name = row.GetString(1) }, cancel, id);
            foreach (var person in restored) await connection.Write(new AuditEntry(by, "key.restored", id, After: person), cancel);
            return restored.Count > 0;
        }, cancel);

    public static string NameOf(Role role) => role switch
    {
        Role.Ingest => "ingest",
        Role.Viewer => "viewer",
        Role.Success => "success",
        Role.Admin => "admin",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "no such role"),
    };

    /// <exception cref="FormatException">None of the four.</exception>
    public static Role RoleOf(string name) => name switch
    {
        "ingest" => Role.Ingest,
        "viewer" => Role.Viewer,
        "success" => Role.Success,
        "admin" => Role.Admin,
        _ => throw new FormatException($"'{name}' is no role; ingest, viewer, success and admin are."),
    };

    internal static Key KeyOf(NpgsqlDataReader row) => new(row.GetString(0), RoleOf(row.GetString(1)), row.GetString(2));

    internal static QueryPool PoolOf(PostgresDatabase database, bool isKnown) => isKnown ? database.Ingest : database.Strangers;

    internal static string NewId() => "key_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(9));

    /// <summary>Null when the secret is kept already, or the key would have expired already.</summary>
    private static async Task<(string Id, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt)?> Insert(
        NpgsqlConnection connection, string secret, Role role, string name, CancellationToken cancel, TimeSpan? lifetime = null,
        DateTimeOffset? expiresAt = null, bool oneTime = false, string? madeWith = null, Person? by = null)
    {
        var id = NewId();
        var rows = await connection.Rows(
            "create_token", row => (id, row.Instant(0), row.InstantOrNull(1)), cancel, id, Hash(secret), NameOf(role), name,
            new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Double, Value = (object?)lifetime?.TotalSeconds ?? DBNull.Value },
            oneTime, Db.Instant(expiresAt), Db.Text(madeWith), Db.Text(by?.Name));
        return rows is [var row] ? row : null;
    }
}
