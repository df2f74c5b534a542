using System.Collections.Concurrent;
using LStep.Grains.Database;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Storage;

namespace LStep.Workbench.Bench.Peers;

/// <summary>
/// Microsoft Orleans' AdoNet grain storage, as a grain's persistent state uses it. No grain of the product does: the bench alone
/// configures it.
/// </summary>
internal sealed class StockStorage(IServiceProvider services)
{
    private const string Name = "stock";

    private readonly IGrainStorage storage = services.GetRequiredKeyedService<IGrainStorage>(Name);
    private readonly ConcurrentDictionary<int, GrainState<StockState>> states = new();

    /// <summary>In the product's tables; only under the name that is asked for here.</summary>
    public static void AddTo(IServiceCollection services) => services.AddAdoNetGrainStorage(
        Name, table => table.Configure<PostgresDatabase>((settings, database) =>
            (settings.Invariant, settings.ConnectionString) = ("Npgsql", database.ConnectionString)));

    public Task Write(int key)
    {
        var state = states.GetOrAdd(key, _ => new GrainState<StockState>(new StockState()));
        state.State!.Writes++;
        return storage.WriteStateAsync(Name, GrainId.Create(Name, $"{key:00000000}"), state);
    }
}

internal sealed class StockState
{
    public int Writes { get; set; }

    public string Payload { get; set; } = new('x', 900);
}
