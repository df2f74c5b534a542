using System.Collections.Concurrent;
using Orleans.InProcess;
using Orleans.Runtime;

namespace LStep.Silo.Bench.Storage;

/// <summary>The embedded engine's table of small states, as a grain's persistent state uses it.</summary>
internal sealed class StockStorage(IServiceProvider services)
{
    private static readonly string Json = $$"""{"payload":"{{new string('x', 900)}}"}""";

    private readonly IGrainStateStore storage = services.GetRequiredService<IGrainStateStore>();
    private readonly ConcurrentDictionary<int, string> etags = new();

    public async Task Write(int key) =>
        etags[key] = await storage.Write(GrainId.Create("stock", $"{key:00000000}"), "stock", Json, etags.GetValueOrDefault(key));
}
