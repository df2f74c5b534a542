using LStep.Silo;
using LStep.Workbench.Processes;

namespace LStep.Workbench.Bench;

/// <summary>A silo with an empty database of its own for one measurement; nothing of it stays.</summary>
public sealed class BenchSilo : IAsyncDisposable
{
    private readonly string folder;

    private BenchSilo(LStepSilo silo, string folder) => (Silo, this.folder) = (silo, folder);

    public LStepSilo Silo { get; }

    public T Get<T>() where T : notnull => Silo.Services.GetRequiredService<T>();

    public static async Task<BenchSilo> Start(SiloOptions options, DateTimeOffset? clock, CancellationToken cancel)
    {
        var folder = Path.Combine(options.DataFolder, "bench");
        await EmptyPostgres.Clear(folder, cancel);
        var own = options with { Port = 0, DataFolder = folder, Clock = clock, Quiet = true, ApiRequestsPerSecond = 1_000_000 };
        return new BenchSilo(await LStepSilo.Start(own, cancel), folder);
    }

    public async ValueTask DisposeAsync()
    {
        await Silo.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
