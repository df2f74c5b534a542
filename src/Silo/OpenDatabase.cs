using LStep.Grains.Database;
using LStep.Grains.Database.Postgres;

namespace LStep.Silo;

/// <summary>The database a process works with: the one it was pointed to, or the private one in its data folder.</summary>
public sealed class OpenDatabase : IAsyncDisposable
{
    private OpenDatabase(PrivatePostgres? postgres, PostgresDatabase database) => (Postgres, Database) = (postgres, database);

    /// <summary>Null where a connection string was given.</summary>
    public PrivatePostgres? Postgres { get; }

    public PostgresDatabase Database { get; }

    public static async Task<OpenDatabase> At(SiloOptions options, CancellationToken cancel)
    {
        if (options.Postgres is { } given) return new OpenDatabase(null, new PostgresDatabase(given));
        MakeFolder(options.DataFolder);
        var postgres = await PrivatePostgres.Start(options.DataFolder, cancel: cancel);
        return new OpenDatabase(postgres, new PostgresDatabase(postgres.ConnectionString));
    }

    private static void MakeFolder(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (IOException e)
        {
            throw new IOException($"The data folder {path} cannot be made: {e.Message.TrimEnd('.')}. Give another one with --data.", e);
        }
    }

    /// <summary>The private server stops when nobody else uses it.</summary>
    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        if (Postgres is not null) await Postgres.DisposeAsync();
    }
}
