using System.Net;
using System.Net.Sockets;

namespace LStep.Testing;

/// <summary>Ports of the loopback address that nobody listens on at present.</summary>
public static class Ports
{
    public static int Free() => Probe(0) ?? throw new InvalidOperationException("No port is free.");

    /// <summary>The first of so many free ones in a row.</summary>
    public static int Free(int inARow)
    {
        while (true)
        {
            var first = Free();
            if (first + inARow <= IPEndPoint.MaxPort && Enumerable.Range(first, inARow).All(port => Probe(port) is not null)) return first;
        }
    }

    private static int? Probe(int port)
    {
        try
        {
            using var probe = new TcpListener(IPAddress.Loopback, port);
            probe.Start();
            return ((IPEndPoint)probe.LocalEndpoint).Port;
        }
        catch (SocketException)
        {
            return null;
        }
    }
}
