using LStep.Grains.Database;
using LStep.Silo;

namespace LStep.Workbench.Simulation;

/// <summary>Makes an empty storage for each seed: in memory, or in the tables of one database.</summary>
public sealed class SimulationStorage : IAsyncDisposable
{
    private readonly OpenDatabase? opened;
    private readonly string? folder;
    private PostgresStore? store;

    private SimulationStorage(string option, OpenDatabase? opened, string? folder) =>
        (Option, this.opened, this.folder) = (option, opened, folder);

    /// <summary>What brings it about again on the command line.</summary>
    public string Option { get; }

    public string What => IsShared ? "over PostgreSQL" : "in memory";

    /// <summary>One database for all seeds: one seed at a time.</summary>
    public bool IsShared => opened is not null;

    /// <param name="postgres">Null for memory, "private" for a server in the data folder, else a connection string.</param>
    public static async Task<SimulationStorage> Open(string? postgres, string dataFolder, CancellationToken cancel)
    {
        if (postgres is null) return new SimulationStorage("", null, null);
        var isPrivate = postgres == "private";
        var folder = Path.Combine(dataFolder, "simulation");
        var opened = await OpenDatabase.At(new SiloOptions { DataFolder = folder, Postgres = isPrivate ? null : postgres }, cancel);
        await new Migrator(opened.Database).Up(cancel);
        return new SimulationStorage(isPrivate ? " --postgres private" : " --postgres CONN", opened, isPrivate ? folder : null);
    }

    public async Task<ISimulationStore> Empty()
    {
        if (opened is null) return new MemoryStore();
        if (store is not null) await store.DisposeAsync();
        store = new PostgresStore(opened.Database);
        await store.Clear();
        return store;
    }

    public async ValueTask DisposeAsync()
    {
        if (store is not null) await store.DisposeAsync();
        if (opened is not null) await opened.DisposeAsync();
        if (folder is not null) Directory.Delete(folder, recursive: true);
    }
}
