using LStep.Grains.Cluster;
using LStep.Grains.Database;
using LStep.Grains.Database.Postgres;

namespace LStep.Silo;

/// <summary>What a silo stands on from before its start until after its end: its port, the database, and the right to live there.</summary>
internal sealed class SiloResources : IAsyncDisposable
{
    private readonly OpenDatabase opened;

    private SiloResources(SiloPort port, OpenDatabase opened, DatabaseClaim claim) => (Port, this.opened, Claim) = (port, opened, claim);

    public SiloPort Port { get; }

    public DatabaseClaim Claim { get; }

    /// <summary>The private server; null where a connection string was given.</summary>
    public PrivatePostgres? Postgres => opened.Postgres;

    public PostgresDatabase Database => opened.Database;

    /// <summary>The tables are up to date afterwards.</summary>
    /// <exception cref="IOException">The port is taken, or others live on the database who cannot live beside this silo.</exception>
    public static async Task<SiloResources> Of(SiloOptions options, CancellationToken cancel)
    {
        var port = options.HoldSiloPort();
        OpenDatabase? opened = null;
        try
        {
            opened = await OpenDatabase.At(options, cancel);
            await new Migrator(opened.Database).Up(cancel);
            return new SiloResources(port, opened, await DatabaseClaim.Take(
                opened.Database.ConnectionString, isAlone: options.Clock is not null, port.EndPoint, cancel));
        }
        catch
        {
            if (opened is not null) await opened.DisposeAsync();
            port.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Claim.DisposeAsync();
        await opened.DisposeAsync();
        Port.Dispose();
    }
}
