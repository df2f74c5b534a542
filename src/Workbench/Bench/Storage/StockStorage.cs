using System.Collections.Concurrent;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace LStep.Workbench.Bench.Storage;

/// <summary>Microsoft Orleans' AdoNet grain storage, as a grain's persistent state uses it.</summary>
internal sealed class StockStorage(IServiceProvider services)
{
    private readonly IGrainStorage storage = services.GetRequiredService<IGrainStorage>();
    private readonly ConcurrentDictionary<int, GrainState<StockState>> states = new();

    public Task Write(int key)
    {
        var state = states.GetOrAdd(key, _ => new GrainState<StockState>(new StockState()));
        state.State!.Writes++;
        return storage.WriteStateAsync("stock", GrainId.Create("stock", $"{key:00000000}"), state);
    }
}

internal sealed class StockState
{
    public int Writes { get; set; }

    public string Payload { get; set; } = new('x', 900);
}
