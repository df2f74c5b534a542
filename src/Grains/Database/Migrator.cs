using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace LStep.Grains.Database;

/// <summary>
/// Brings the tables up to date, or back; each migration in a transaction of its own. Two processes may start it together.
/// </summary>
public sealed class Migrator(PostgresDatabase database)
{
    /// <summary>
    /// The newest migration of the release before this one: it still runs on what this build's migrations leave, because they only add.
    /// A build that knows less than this does not.
    /// </summary>
    private const int VersionBefore = 4;

    private sealed record Migration(int Number, string Name, string Up, string Down)
    {
        public string Checksum { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Up)));
    }

    private sealed record Applied(int Number, string Name, string Checksum, int? RunsFrom);

    private static readonly IReadOnlyList<Migration> Known = [.. Sql.MigrationPaths
        .Where(path => path.EndsWith(".up.sql", StringComparison.Ordinal))
        .Select(path =>
        {
            var name = Path.GetFileName(path)[..^".up.sql".Length];
            return new Migration(
                int.Parse(name[..4]), name, Sql.Read(path), Sql.Read(path.Replace(".up.sql", ".down.sql", StringComparison.Ordinal)));
        })];

    /// <summary>The number of the newest migration this build knows.</summary>
    public static int Latest => Known[^1].Number;

    /// <summary>Why this build cannot work with the tables as they are, as a sentence; null when it can.</summary>
    public Task<string?> Trouble(CancellationToken cancel = default) =>
        database.Apart(DatabaseLimits.CommandTimeoutSeconds, connection => Trouble(connection, cancel), cancel);

    /// <summary>Applies what is missing; answers the names of what was applied.</summary>
    /// <exception cref="InvalidDataException">The database is newer than this build, or damaged; the message says what to do.</exception>
    public Task<IReadOnlyList<string>> Up(CancellationToken cancel = default) => Locked(async (connection, applied) =>
    {
        var done = new List<string>();
        foreach (var migration in Known.Where(m => applied.TrueForAll(one => one.Number != m.Number)))
        {
            object[] remembered = [migration.Number, migration.Name, migration.Checksum, VersionBefore];
            await Apply(connection, migration.Up, "migration_remember", remembered, cancel);
            done.Add(migration.Name);
        }
        return await SchemaCheck.Missing(connection, cancel) is { } missing ? throw new InvalidDataException(missing) : done;
    }, cancel);

    /// <summary>Takes back every migration above a number, newest first; answers their names.</summary>
    /// <exception cref="InvalidDataException">The database is newer than this build, or damaged; the message says what to do.</exception>
    public Task<IReadOnlyList<string>> DownTo(int number, CancellationToken cancel = default) => Locked(async (connection, applied) =>
    {
        var done = new List<string>();
        foreach (var migration in Known.Reverse().Where(m => m.Number > number && applied.Exists(one => one.Number == m.Number)))
        {
            await Apply(connection, migration.Down, "migration_forget", [migration.Number], cancel);
            done.Add(migration.Name);
        }
        return done;
    }, cancel);

    private async Task<IReadOnlyList<string>> Locked(
        Func<NpgsqlConnection, List<Applied>, Task<List<string>>> work, CancellationToken cancel)
    {
        try
        {
            return await database.Apart<IReadOnlyList<string>>(0, async connection =>
            {
                await connection.Execute("migrations_lock", cancel); // until the session ends
                await connection.Execute("migrations_table", cancel);
                var applied = await Read(connection, cancel);
                return Refusal(applied) is { } refusal ? throw new InvalidDataException(refusal) : await work(connection, applied);
            }, cancel);
        }
        finally
        {
            // Types and tables changed under whatever the pools prepared before.
            database.ForgetPrepared();
        }
    }

    private static async Task<string?> Trouble(NpgsqlConnection connection, CancellationToken cancel)
    {
        var applied = await Read(connection, cancel);
        if (Refusal(applied) is { } refusal) return refusal;
        if (Known.FirstOrDefault(known => applied.TrueForAll(one => one.Number != known.Number)) is { } missing)
            return $"Migration {missing.Name} is missing in the database: start this build's `./lstep migrate up`.";
        return await SchemaCheck.Missing(connection, cancel);
    }

    private static Task<List<Applied>> Read(NpgsqlConnection connection, CancellationToken cancel) => connection.Rows(
        "migrations_applied", row => new Applied(row.GetInt32(0), row.GetString(1), row.GetString(2), row.IntOrNull(3)), cancel);

    /// <summary>A newer version that is being rolled out, or was rolled back, has only added something, if it says so.</summary>
    private static string? Refusal(List<Applied> applied)
    {
        foreach (var one in applied)
            if (Known.FirstOrDefault(known => known.Number == one.Number) is not { } known)
            {
                if (one.RunsFrom is not { } from || from > Latest)
                    return $"The database is newer than this build: it has migration {one.Name}, which is not known here. Start the "
                        + $"version that made it, or go back with that version's `./lstep migrate down {Latest}`.";
            }
            else if (known.Checksum != one.Checksum)
                return $"Migration {known.Name} was changed after it was applied to this database: start the build that applied it, or "
                    + "restore the database from a backup of this build.";
        return null;
    }

    private static async Task Apply(NpgsqlConnection connection, string script, string record, object[] values, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using (var command = new NpgsqlCommand(script, connection)) await command.ExecuteNonQueryAsync(cancel);
        await connection.Execute(record, cancel, values);
        await transaction.CommitAsync(cancel);
    }
}
