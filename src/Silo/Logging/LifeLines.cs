using System.Net;
using System.Reflection;
using LStep.Domain;
using Npgsql;
using Orleans;

namespace LStep.Silo.Logging;

/// <summary>The lines that every life of a process has: started with what, ready where, stopping.</summary>
internal static partial class LifeLines
{
    public static void Starts(ILogger log, SiloOptions options, string connectionString, IPEndPoint silo)
    {
        var database = new NpgsqlConnectionStringBuilder(connectionString);
        // Such as "10.4.2. Commit Hash: …".
        var engine = typeof(Grain).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            .Split(' ')[0].TrimEnd('.');
        Starts(
            log, NodeBeat.Version, engine, options.Postgres is null ? "private" : "given", database.Host, database.Port, database.Database,
            $"http://{options.Listen}:{options.Port}", silo, options.SiloCertificate is null ? "without" : "with");
    }

    [LoggerMessage(Level = LogLevel.Information, Message =
        "L-Step {Version} starts: Microsoft Orleans {Engine}, {Kind} PostgreSQL database {Host}:{Port}/{Database}, address {Address}, "
            + "silo port {Silo} {Tls} TLS")]
    private static partial void Starts(
        ILogger log, string version, string? engine, string kind, string? host, int port, string? database, string address,
        IPEndPoint silo, string tls);

    [LoggerMessage(Level = LogLevel.Information, Message = "L-Step is ready at {Address}")]
    public static partial void Ready(ILogger log, string address);

    [LoggerMessage(Level = LogLevel.Information, Message = "L-Step stops; what is under way is finished first")]
    public static partial void Stops(ILogger log);
}
