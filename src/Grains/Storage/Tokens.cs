using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace LStep.Grains.Storage;

/// <summary>Viewer, Success and Admin include each other in that order; Ingest writes events and does nothing else.</summary>
public enum Role { Ingest, Viewer, Success, Admin }

/// <param name="Id">The public handle; no secret.</param>
public sealed record Key(string Id, Role Role, string Name);

public sealed record Session(Key Key, DateTimeOffset ExpiresAt);

public sealed record ListedKey(
    string Id, Role Role, string Name, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, bool OneTime, DateTimeOffset? RevokedAt);

/// <summary>Write keys, bearer tokens, sign-in links and the sessions opened with them. Secrets are known by their SHA-256 only.</summary>
public sealed class Tokens(NpgsqlDataSource database)
{
    public const int LinkSeconds = 600;
    public const int SessionSeconds = 8 * 3600;

    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>256 random bits that stay themselves in a URL.</summary>
    public static string NewSecret(string prefix) => prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public Task<Key?> Find(byte[] hash, CancellationToken cancel) => One("token_by_hash", hash, KeyOf, cancel);

    public Task<Session?> FindSession(byte[] hash, CancellationToken cancel) =>
        One("session_by_hash", hash, row => new Session(KeyOf(row), row.GetFieldValue<DateTimeOffset>(3)), cancel);

    /// <summary>The key of a sign-in link, once; null when it is used, expired or none.</summary>
    public Task<Key?> UseLink(byte[] hash, CancellationToken cancel) => One("use_link", hash, KeyOf, cancel);

    public async Task<DateTimeOffset> OpenSession(byte[] hash, string tokenId, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(Sql.Query("open_session"));
        command.Parameters.Add(new() { Value = hash });
        command.Parameters.Add(new() { Value = tokenId });
        command.Parameters.Add(new() { Value = SessionSeconds });
        return ((DateTime)(await command.ExecuteScalarAsync(cancel))!).ToUniversalTime();
    }

    public async Task EndSession(byte[] hash, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(Sql.Query("end_session"));
        command.Parameters.Add(new() { Value = hash });
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Keeps a key under a secret the caller chose or drew. The same secret again changes nothing.</summary>
    public async Task Keep(string secret, Role role, string name, TimeSpan? lifetime = null, bool oneTime = false, CancellationToken cancel = default)
    {
        await using var command = database.CreateCommand(Sql.Query("create_token"));
        command.Parameters.Add(new() { Value = "key_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(9)) });
        command.Parameters.Add(new() { Value = Hash(secret) });
        command.Parameters.Add(new() { Value = NameOf(role) });
        command.Parameters.Add(new() { Value = name });
        command.Parameters.Add(new() { Value = (object?)lifetime?.TotalSeconds ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Double });
        command.Parameters.Add(new() { Value = oneTime });
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>A new sign-in link's secret: good for one session, for ten minutes.</summary>
    public async Task<string> NewLink(Role role, string name, CancellationToken cancel = default)
    {
        var secret = NewSecret("lnk_");
        await Keep(secret, role, name, TimeSpan.FromSeconds(LinkSeconds), oneTime: true, cancel);
        return secret;
    }

    public async Task<IReadOnlyList<ListedKey>> List(CancellationToken cancel)
    {
        await using var command = database.CreateCommand(Sql.Query("list_tokens"));
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var keys = new List<ListedKey>();
        while (await rows.ReadAsync(cancel))
            keys.Add(new ListedKey(
                rows.GetString(0), RoleOf(rows.GetString(1)), rows.GetString(2), rows.GetFieldValue<DateTimeOffset>(3),
                rows.IsDBNull(4) ? null : rows.GetFieldValue<DateTimeOffset>(4), rows.GetBoolean(5),
                rows.IsDBNull(6) ? null : rows.GetFieldValue<DateTimeOffset>(6)));
        return keys;
    }

    /// <summary>False when there is no such key that still stands.</summary>
    public async Task<bool> Revoke(string id, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(Sql.Query("revoke_token"));
        command.Parameters.Add(new() { Value = id });
        return await command.ExecuteNonQueryAsync(cancel) > 0;
    }

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

    private async Task<T?> One<T>(string query, byte[] hash, Func<NpgsqlDataReader, T> read, CancellationToken cancel) where T : class
    {
        await using var command = database.CreateCommand(Sql.Query(query));
        command.Parameters.Add(new() { Value = hash });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        return await rows.ReadAsync(cancel) ? read(rows) : null;
    }
}
