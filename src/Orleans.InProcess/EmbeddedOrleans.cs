using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Orleans.InProcess;

public static class EmbeddedOrleans
{
    /// <summary>
    /// Grains in this process, behind <see cref="IGrainFactory"/>. Needs a TimeProvider among the services, an
    /// <see cref="IReminderStore"/> where grains use reminders and an <see cref="IGrainStateStore"/> where they keep state.
    /// </summary>
    public static IServiceCollection AddInProcessOrleans(this IServiceCollection services, Action<InProcessOrleansOptions> configure)
    {
        var options = new InProcessOrleansOptions();
        configure(options);
        return services
            .AddSingleton(options)
            .AddSingleton<Engine>()
            .AddSingleton<Reminders>()
            .AddSingleton<Housekeeping>()
            .AddSingleton(provider => new GrainActivations(provider.GetRequiredService<Engine>()))
            .AddSingleton(provider => provider.GetRequiredService<Engine>().Factory)
            .AddHostedService<EngineLifetime>();
    }
}

/// <summary>What metrics read of the engine.</summary>
public sealed class GrainActivations
{
    private readonly Engine _engine;

    internal GrainActivations(Engine engine) => _engine = engine;

    /// <summary>Activations in memory, but for those already leaving.</summary>
    public int ActivationCount => _engine.Resident;
}

internal sealed class EngineLifetime(Engine engine, Reminders reminders, Housekeeping housekeeping) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        housekeeping.Start();
        return reminders.Start(cancellationToken);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        reminders.Stop();
        await engine.Stop(cancellationToken);
        housekeeping.Dispose();
    }
}
