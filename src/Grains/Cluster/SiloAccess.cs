using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Hosting;

namespace LStep.Grains.Cluster;

/// <summary>Who may speak to the silo port. Orleans asks nobody for a key there, and whoever is let in may call any grain.</summary>
internal static partial class SiloAccess
{
    /// <summary>By certificate; without one from this machine alone, unless somebody said that the network is closed.</summary>
    /// <exception cref="InvalidDataException">The port would be open to whoever reaches it.</exception>
    public static ISiloBuilder UseSiloAccess(this ISiloBuilder silo, ClusterSettings settings)
    {
        if (settings.Certificates is { } certificates) return silo.UseTls(certificates.Apply);
        if (IPAddress.IsLoopback(settings.Silo.Address)) return silo;
        if (!settings.Insecure)
            throw new InvalidDataException(
                $"Other machines could reach the silo port at {settings.Silo.Address}, and whoever does may call any grain: "
                + "give certificates with --silo-cert, --silo-key and --silo-ca, or say --silo-insecure where only silos can reach it.");
        return silo.AddStartupTask((services, _) =>
        {
            Open(services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(SiloAccess)), settings.Silo);
            return Task.CompletedTask;
        });
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "The silo port {Endpoint} is open without certificates (--silo-insecure): whoever reaches it may call any grain")]
    private static partial void Open(ILogger log, IPEndPoint endpoint);
}
