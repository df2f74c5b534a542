using System.Text.Json;
using LStep.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.InProcess;

namespace LStep.Conformance;

/// <summary>The embedded engine as the conformance tests see an engine. All its clocks are <see cref="Time"/>.</summary>
public sealed class EngineHost : IAsyncDisposable
{
    private readonly IHost _host;

    private EngineHost(IHost host, EngineSettings settings)
    {
        _host = host;
        Settings = settings;
        Grains = host.Services.GetRequiredService<IGrainFactory>();
        Witness = host.Services.GetRequiredService<Witness>();
    }

    public IGrainFactory Grains { get; }

    public ManualTime Time => Settings.Time;

    private EngineSettings Settings { get; }

    internal static ManualTime NewClock() => new();

    public static async Task<EngineHost> Start(EngineSettings? given = null)
    {
        var settings = given ?? new();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.ClearProviders();
        settings.Reminders ??= new InMemoryReminderStore();
        settings.States ??= new TakingItsTime(new InMemoryGrainStateStore());
        builder.Services
            .AddSingleton<TimeProvider>(settings.Time)
            .AddSingleton((IReminderStore)settings.Reminders)
            .AddSingleton((IGrainStateStore)settings.States)
            .AddKeyedSingleton("progress", (IGrainStateStore)settings.States)
            .AddSingleton<Witness>()
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
        var host = builder.Build();
        await host.StartAsync();
        return new(host, settings);
    }

    /// <summary>What the grains told of themselves.</summary>
    public Witness Witness { get; }

    public int ActivationCount => _host.Services.GetRequiredService<GrainActivations>().ActivationCount;

    /// <summary>Lets the time pass after which calls under way are given up.</summary>
    public void ExpireCalls() => Time.Advance(Settings.ResponseTimeout * 1.25);

    /// <summary>Lets idle activations reach their age.</summary>
    public Task CollectIdle()
    {
        Time.Advance(Settings.CollectionAge * 1.1);
        return Task.CompletedTask;
    }

    /// <summary>As another process would that holds the same grain.</summary>
    public async Task WriteStateElsewhere(GrainId grain, string name, object state)
    {
        var store = (IGrainStateStore)Settings.States!;
        await store.Write(grain, name, JsonSerializer.Serialize(state), (await store.Read(grain, name))?.Etag);
    }

    /// <summary>A new process on the same stores.</summary>
    public async Task<EngineHost> Restart()
    {
        await DisposeAsync();
        return await Start(Settings);
    }

    public Task Stop() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync().WaitAsync(TimeSpan.FromSeconds(20)); // only a broken test waits that long
        _host.Dispose();
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
