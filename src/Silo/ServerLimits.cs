using LStep.Api.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace LStep.Silo;

/// <summary>
/// Bounds of the HTTP server; the unit is in the name. How many connections there may be, and whose, is <see cref="OpenConnections"/>'
/// to say.
/// </summary>
public static class ServerLimits
{
    /// <summary>WebSockets of the hub.</summary>
    public const int SocketsMax = 5_000;

    /// <summary>
    /// Longer than proxies keep their connections to us, mostly 60 s: of two who close at once the proxy would lose a request.
    /// </summary>
    public const int KeepAliveSecondsMax = 75;

    /// <summary>From a request's first byte to the end of its headers.</summary>
    public const int HeadersSecondsMax = 10;

    /// <summary>A body that comes more slowly, after a grace, is given up: 408.</summary>
    public const int BodyBytesPerSecondMin = 1_024;
    public const int BodyGraceSeconds = 5;

    /// <summary>
    /// An answer that is taken more slowly, after a grace, is given up: of what is buffered for a client that reads nothing the server
    /// would at its own 240 bytes a second wait for many minutes.
    /// </summary>
    public const int AnswerBytesPerSecondMin = 1_024;
    public const int AnswerGraceSeconds = 5;

    /// <summary>What the server reads ahead of us, of each connection.</summary>
    public const int ReadAheadBytesMax = 256 * 1_024;

    public static void Apply(KestrelServerOptions server)
    {
        var limits = server.Limits;
        limits.MaxConcurrentUpgradedConnections = SocketsMax;
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(KeepAliveSecondsMax);
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(HeadersSecondsMax);
        limits.MinRequestBodyDataRate = new MinDataRate(BodyBytesPerSecondMin, TimeSpan.FromSeconds(BodyGraceSeconds));
        limits.MinResponseDataRate = new MinDataRate(AnswerBytesPerSecondMin, TimeSpan.FromSeconds(AnswerGraceSeconds));
        limits.MaxRequestBufferSize = ReadAheadBytesMax;
        var connections = server.ApplicationServices.GetRequiredService<OpenConnections>();
        server.ConfigureEndpointDefaults(listen => listen.Use(connections.Carry));
    }
}
