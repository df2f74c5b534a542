using LStep.Grains.Database;
using LStep.Grains.Database.Postgres;
using LStep.Silo;
using LStep.Workbench.Client;

namespace LStep.Workbench.Bench;

/// <summary>A silo with an empty database of its own for one measurement; nothing of it stays.</summary>
public sealed class BenchSilo : IAsyncDisposable
{
    private readonly string folder;

    private BenchSilo(LStepSilo silo, string folder)
    {
        (Silo, this.folder) = (silo, folder);
        Client = new LStepClient(silo.Address, silo.Keys.WriteKey, silo.Keys.AdminToken);
    }

    public LStepSilo Silo { get; }

    public LStepClient Client { get; }

    /// <summary>Another silo on the same database.</summary>
    public Task<LStepSilo> Beside(CancellationToken cancel) => LStepSilo.Start(
        new SiloOptions
        {
            Port = 0, DataFolder = folder, Postgres = Get<PostgresDatabase>().ConnectionString, Quiet = true,
            WriteKey = Silo.Keys.WriteKey, AdminToken = Silo.Keys.AdminToken,
        }, cancel);

    public T Get<T>() where T : notnull => Silo.Services.GetRequiredService<T>();

    public static async Task<BenchSilo> Start(SiloOptions options, DateTimeOffset? clock, CancellationToken cancel)
    {
        var folder = Path.Combine(options.DataFolder, "bench");
        if (options.Postgres is null && PrivatePostgres.IsRunningIn(folder)) await (await PrivatePostgres.Start(folder, cancel: cancel)).DisposeAsync();
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        return new BenchSilo(await LStepSilo.Start(options with { Port = 0, DataFolder = folder, Clock = clock, Quiet = true }, cancel), folder);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Silo.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
