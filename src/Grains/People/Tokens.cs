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
public sealed record Key(string Id, Role Role, string Name);

public sealed record Session(Key Key, DateTimeOffset ExpiresAt);

public sealed record ListedKey(
    string Id, Role Role, string Name, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, bool OneTime, DateTimeOffset? RevokedAt);

/// <summary>Write keys, bearer tokens, sign-in links and the sessions opened with them. Secrets are known by their SHA-256 only.</summary>
public sealed class Tokens(PostgresDatabase database)
{
    public const int LinkSeconds = 600;
    public const int SessionSeconds = 8 * 3600;

    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>256 random bits that stay themselves in a URL.</summary>
    public static string NewSecret(string prefix) => prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <param name="isKnown">It was good a moment ago. Others share few connections: anybody can invent them.</param>
    public Task<Key?> Find(byte[] hash, bool isKnown, CancellationToken cancel) =>
        One("token_by_hash", PoolOf(isKnown), hash, KeyOf, cancel);

    public Task<Session?> FindSession(byte[] hash, bool isKnown, CancellationToken cancel) =>
        One("session_by_hash", PoolOf(isKnown), hash, row => new Session(KeyOf(row), row.Instant(3)), cancel);

    /// <summary>The key of a sign-in link, once; null when it is used, expired or none.</summary>
    public Task<Key?> UseLink(byte[] hash, CancellationToken cancel) => One("use_link", database.Strangers, hash, KeyOf, cancel);

    /// <summary>Answers when it will end.</summary>
    public Task<DateTimeOffset> OpenSession(byte[] hash, string tokenId, CancellationToken cancel) => database.Ingest.Use(
        async connection =>
            (await connection.Rows("open_session", row => row.Instant(0), cancel, hash, tokenId, SessionSeconds))[0], cancel);

    public Task EndSession(byte[] hash, CancellationToken cancel) =>
        database.Ingest.Use(connection => connection.Execute("end_session", cancel, hash), cancel);

    /// <summary>Keeps a key under a secret the caller chose or drew. The same secret again changes nothing.</summary>
    public Task Keep(
        string secret, Role role, string name, TimeSpan? lifetime = null, bool oneTime = false, CancellationToken cancel = default) =>
        database.Ingest.Use(
            connection => connection.Execute(
                "create_token", cancel, "key_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(9)), Hash(secret), NameOf(role),
                name, new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Double, Value = (object?)lifetime?.TotalSeconds ?? DBNull.Value },
                oneTime),
            cancel);

    /// <summary>A new sign-in link's secret: good for one session, for ten minutes.</summary>
    public async Task<string> NewLink(Role role, string name, CancellationToken cancel = default)
    {
        var secret = NewSecret("lnk_");
        await Keep(secret, role, name, TimeSpan.FromSeconds(LinkSeconds), oneTime: true, cancel);
        return secret;
    }

    public Task<List<ListedKey>> List(CancellationToken cancel) => database.Ingest.Use(
        connection => connection.Rows(
            "list_tokens",
            row => new ListedKey(
                row.GetString(0), RoleOf(row.GetString(1)), row.GetString(2), row.Instant(3), row.InstantOrNull(4), row.GetBoolean(5),
                row.InstantOrNull(6)),
            cancel),
        cancel);

    /// <summary>False when there is no such key that still stands.</summary>
    public async Task<bool> Revoke(string id, CancellationToken cancel) =>
        await database.Ingest.Use(connection => connection.Execute("revoke_token", cancel, id), cancel) > 0;

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

    private static Key KeyOf(NpgsqlDataReader row) => new(row.GetString(0), RoleOf(row.GetString(1)), row.GetString(2));

    private QueryPool PoolOf(bool isKnown) => isKnown ? database.Ingest : database.Strangers;

    private static async Task<T?> One<T>(
        string query, QueryPool pool, byte[] hash, Func<NpgsqlDataReader, T> read, CancellationToken cancel) where T : class =>
        (await pool.Use(connection => connection.Rows(query, read, cancel, hash), cancel)).SingleOrDefault();
}
