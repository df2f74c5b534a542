using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Hosting;

namespace LStep.Grains.Cluster;

/// <summary>Who may connect to the silo port. Orleans asks nobody for a key there, and whoever is let in may call any grain.</summary>
internal static partial class SiloAccess
{
    /// <summary>By certificate; without one from this machine alone, unless somebody said that the network is closed.</summary>
    /// <exception cref="InvalidDataException">The port would be open to whoever reaches it.</exception>
    public static ISiloBuilder UseSiloAccess(this ISiloBuilder silo, ClusterSettings settings)
    {
        if (settings.Certificates is { } certificates) return silo.UseCertificates(certificates);
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

    private static ISiloBuilder UseCertificates(this ISiloBuilder silo, SiloCertificates certificates)
    {
        silo.Services.AddSingleton<Handshakes>();
        silo.Services.AddOptions<SiloConnectionOptions>().Configure<Handshakes, ILogger<SiloCertificates>>((options, handshakes, log) =>
        {
            certificates.Log = log;
            options.ConfigureSiloInboundConnection(connection => connection.Use(handshakes.Watch));
        });
        silo.UseTls(certificates.Apply);
        // After it in the order of calls, and so behind it in a connection.
        silo.Services.AddOptions<SiloConnectionOptions>().Configure<Handshakes>((options, handshakes) =>
            options.ConfigureSiloInboundConnection(connection => connection.Use(handshakes.Known)));
        return silo;
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "The silo port {Endpoint} is open without certificates (--silo-insecure): whoever reaches it may call any grain")]
    private static partial void Open(ILogger log, IPEndPoint endpoint);
}
