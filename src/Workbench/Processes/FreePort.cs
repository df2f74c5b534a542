using System.Net;
using System.Net.Sockets;

namespace LStep.Workbench.Processes;

/// <summary>A port of the loopback address that nobody used a moment ago; whoever binds it next has it.</summary>
public static class FreePort
{
    public static int Next()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
