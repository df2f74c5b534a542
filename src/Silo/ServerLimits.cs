using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace LStep.Silo;

/// <summary>
/// Bounds of the HTTP server; the unit is in the name. Past them a connection is closed unheard, which clients take as a reason to come
/// again.
/// </summary>
public static class ServerLimits
{
    public const int ConnectionsMax = 10_000;

    /// <summary>WebSockets of the hub, counted among the connections until they are open.</summary>
    public const int SocketsMax = 5_000;

    public static void Apply(KestrelServerOptions server)
    {
        server.Limits.MaxConcurrentConnections = ConnectionsMax;
        server.Limits.MaxConcurrentUpgradedConnections = SocketsMax;
    }
}
