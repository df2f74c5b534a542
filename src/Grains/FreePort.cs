using System.Net;
using System.Net.Sockets;

namespace LStep.Grains;

/// <summary>A port that nobody used a moment ago; whoever binds it next has it.</summary>
public static class FreePort
{
    /// <param name="address">An address of this machine; the loopback address without one.</param>
    public static int Next(IPAddress? address = null)
    {
        using var probe = new TcpListener(address ?? IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
