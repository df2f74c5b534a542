using System.Security.Cryptography;
using System.Text;
using LStep.Domain;
using Npgsql;

namespace LStep.Grains.Database;

/// <summary>
/// Brings the tables up to date, or back; each migration in a transaction of its own. Two processes may start it together.
/// </summary>
public sealed class Migrator(PostgresDatabase database)
{
    private sealed record Migration(int Number, string Name, string Up, string Down)
    {
        public string Checksum { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Up)));
    }

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

    /// <summary>Whether the tables are those of this build.</summary>
    public Task<bool> IsCurrent(CancellationToken cancel = default) => database.Use(async connection =>
    {
        var applied = await connection.Rows("migrations_applied", row => row.GetInt32(0), cancel);
        return Known.All(migration => applied.Contains(migration.Number));
    }, cancel);

    /// <summary>Applies what is missing; answers the names of what was applied.</summary>
    public Task<IReadOnlyList<string>> Up(CancellationToken cancel = default) => Locked(async connection =>
    {
        var applied = await Applied(connection, cancel);
        var done = new List<string>();
        foreach (var migration in Known.Where(m => !applied.Contains(m.Number)))
        {
            await Apply(connection, migration.Up, "migration_remember", [migration.Number, migration.Name, migration.Checksum], cancel);
            done.Add(migration.Name);
        }
        return done;
    }, cancel);

    /// <summary>Takes back every migration above a number, newest first; answers their names.</summary>
    public Task<IReadOnlyList<string>> DownTo(int number, CancellationToken cancel = default) => Locked(async connection =>
    {
        var applied = await Applied(connection, cancel);
        var done = new List<string>();
        foreach (var migration in Known.Reverse().Where(m => m.Number > number && applied.Contains(m.Number)))
        {
            await Apply(connection, migration.Down, "migration_forget", [migration.Number], cancel);
            done.Add(migration.Name);
        }
        return done;
    }, cancel);

    private Task<IReadOnlyList<string>> Locked(Func<NpgsqlConnection, Task<List<string>>> work, CancellationToken cancel) =>
        database.Use<IReadOnlyList<string>>(async connection =>
        {
            await connection.Execute("migrations_lock", cancel);
            try
            {
                await connection.Execute("migrations_table", cancel);
                return await work(connection);
            }
            finally
            {
                await connection.Execute("migrations_unlock", CancellationToken.None);
                // Types and tables changed under whatever this pool prepared before.
                database.Source.Clear();
            }
        }, cancel);

    private static async Task<HashSet<int>> Applied(NpgsqlConnection connection, CancellationToken cancel)
    {
        var rows = await connection.Rows(
            "migrations_applied", r => (Number: r.GetInt32(0), Name: r.GetString(1), Checksum: r.GetString(2)), cancel);
        foreach (var (number, name, checksum) in rows)
            if (Known.FirstOrDefault(m => m.Number == number) is { } known && known.Checksum != checksum)
                throw new InvalidOperationException(
                    $"Migration {name} was changed after it was applied to this database; use a new data folder or restore the file.");
        return [.. rows.Select(r => r.Number)];
    }

    private static async Task Apply(NpgsqlConnection connection, string script, string record, object[] values, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using (var command = new NpgsqlCommand(script, connection)) await command.ExecuteNonQueryAsync(cancel);
        await connection.Execute(record, cancel, values);
        await transaction.CommitAsync(cancel);
    }
}
