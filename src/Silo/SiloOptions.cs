using System.Net;
using System.Net.Sockets;
using LStep.Api.Ingest;

namespace LStep.Silo;

/// <summary>Everything a silo is started with. What is null is not configured.</summary>
public sealed record SiloOptions
{
    public const int DefaultPort = 5080;
    public const int DefaultSiloPort = 11111;

    /// <summary>The address it serves HTTP on; 0.0.0.0 for every one of the machine, as in a container.</summary>
    public string Listen { get; init; } = "127.0.0.1";

    /// <summary>0 for any free one.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>Keys, and the private PostgreSQL where no connection string is given.</summary>
    public required string DataFolder { get; init; }

    /// <summary>An Npgsql connection string.</summary>
    public string? Postgres { get; init; }

    /// <summary>The instant a simulated clock begins at; where it was moved on before, it goes on from there.</summary>
    public DateTimeOffset? Clock { get; init; }

    /// <summary>A file that says by how much this process's wall clock is wrong; for the fault harness.</summary>
    public string? ClockSkew { get; init; }

    /// <summary>IANA name of the business time zone; counts at the first start only. UTC without one.</summary>
    public string? BusinessZone { get; init; }

    /// <summary>How long a stop serves on after it said that it is not ready, so that a load balancer notices.</summary>
    public TimeSpan Drain { get; init; }

    public IngestOptions Ingest { get; init; } = new();

    /// <summary>Where other silos of a cluster reach this one; 0 for any free port.</summary>
    public int SiloPort { get; init; }

    /// <summary>Address or name by which they reach it; the loopback address without one.</summary>
    public string? Advertise { get; init; }

    /// <summary>PEM files by which the silos of a cluster know each other: this one's certificate, its key, their authority.</summary>
    public string? SiloCertificate { get; init; }
    public string? SiloKey { get; init; }
    public string? SiloAuthority { get; init; }

    /// <summary>The silo port may be open to other machines without certificates.</summary>
    public bool SiloInsecure { get; init; }

    public string? WriteKey { get; init; }
    public string? AdminToken { get; init; }

    /// <summary>Only warnings are logged, so that a progress bar stays whole.</summary>
    public bool Quiet { get; init; }

    /// <exception cref="SocketException">The name to advertise is not known.</exception>
    public IPEndPoint SiloEndPoint()
    {
        var address = Advertise is null ? IPAddress.Loopback
            : IPAddress.TryParse(Advertise, out var literal) ? literal
            : Dns.GetHostAddresses(Advertise, AddressFamily.InterNetwork)[0];
        return new IPEndPoint(address, SiloPort != 0 ? SiloPort : FreePort(address));
    }

    private static int FreePort(IPAddress address)
    {
        using var listener = new TcpListener(address, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
