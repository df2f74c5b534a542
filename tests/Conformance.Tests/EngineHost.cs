using LStep.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LStep.Conformance;

/// <summary>One process of an engine as the conformance tests see it; <c>Embedded</c> and <c>Cluster</c> each have what is the engine's own.</summary>
public sealed partial class EngineHost : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly EngineSettings _settings;
    private Task? _stopped;

    private EngineHost(IHost host, EngineSettings settings)
    {
        _host = host;
        _settings = settings;
        Grains = host.Services.GetRequiredService<IGrainFactory>();
        Witness = host.Services.GetRequiredService<Witness>();
    }

    public IGrainFactory Grains { get; }

    public ManualTime Time => _settings.Time;

    /// <summary>What the grains told of themselves.</summary>
    public Witness Witness { get; }

    public static async Task<EngineHost> Start(EngineSettings? given = null)
    {
        var settings = given ?? new();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<TimeProvider>(settings.Time).AddSingleton<Witness>();
        AddEngine(builder, settings);
        var host = builder.Build();
        await host.StartAsync();
        return new(host, settings);
    }

    /// <summary>A new process on the same stores.</summary>
    public async Task<EngineHost> Restart()
    {
        await DisposeAsync();
        return await Start(_settings);
    }

    public Task Stop() => _stopped ??= _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await Stop().WaitAsync(TimeSpan.FromSeconds(20)); // only a broken test waits that long
        _host.Dispose();
    }
}
