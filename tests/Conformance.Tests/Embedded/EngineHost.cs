using System.Text.Json;
using LStep.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.InProcess;

namespace LStep.Conformance;

/// <remarks>The embedded engine. All its clocks are <see cref="Time"/>.</remarks>
public sealed partial class EngineHost
{
    internal static ManualTime NewClock() => new();

    private static void AddEngine(HostApplicationBuilder builder, EngineSettings settings)
    {
        settings.Reminders ??= new InMemoryReminderStore();
        settings.States ??= new TakingItsTime(new InMemoryGrainStateStore());
        builder.Services
            .AddSingleton((IReminderStore)settings.Reminders)
            .AddSingleton((IGrainStateStore)settings.States)
            .AddKeyedSingleton("progress", (IGrainStateStore)settings.States)
            .AddInProcessOrleans(options =>
            {
                options.GrainAssemblies.Add(typeof(EngineHost).Assembly);
                options.ResponseTimeout = settings.ResponseTimeout;
                options.MaxEnqueuedRequestsHardLimit = settings.MaxEnqueuedRequests;
                options.MaxActivations = settings.MaxActivations;
                options.CollectionAge = settings.CollectionAge;
                options.ActivationTimeout = settings.ActivationTimeout;
                options.DeactivationTimeout = settings.DeactivationTimeout;
                options.ShutdownTimeout = settings.ShutdownTimeout;
            });
    }

    public int ActivationCount => _host.Services.GetRequiredService<GrainActivations>().ActivationCount;

    /// <summary>Lets the time pass after which calls under way are given up.</summary>
    public void ExpireCalls() => Time.Advance(_settings.ResponseTimeout * 1.25);

    /// <summary>Lets idle activations reach their age.</summary>
    public Task CollectIdle()
    {
        Time.Advance(_settings.CollectionAge * 1.1);
        return Task.CompletedTask;
    }

    /// <summary>As another process would that holds the same grain.</summary>
    public async Task WriteStateElsewhere(GrainId grain, string name, object state)
    {
        var store = (IGrainStateStore)_settings.States!;
        await store.Write(grain, name, JsonSerializer.Serialize(state), (await store.Read(grain, name))?.Etag);
    }
}

/// <summary>Answers later, as a table does.</summary>
internal sealed class TakingItsTime(IGrainStateStore states) : IGrainStateStore
{
    public async Task<StoredState?> Read(GrainId grain, string name)
    {
        await Task.Yield();
        return await states.Read(grain, name);
    }

    public async Task<string> Write(GrainId grain, string name, string json, string? etag)
    {
        await Task.Yield();
        return await states.Write(grain, name, json, etag);
    }

    public async Task Clear(GrainId grain, string name, string? etag)
    {
        await Task.Yield();
        await states.Clear(grain, name, etag);
    }
}
