using System.Net;
using System.Net.Sockets;
using LStep.Grains;

namespace LStep.Testing;

/// <summary>Ports of the loopback address that nobody listens on at present.</summary>
public static class Ports
{
    public static int Free() => FreePort.Next();

    /// <summary>The first of so many free ones in a row.</summary>
    public static int Free(int inARow)
    {
        while (true)
        {
            var first = Free();
            if (first + inARow <= IPEndPoint.MaxPort && Enumerable.Range(first, inARow).All(IsFree)) return first;
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var probe = new TcpListener(IPAddress.Loopback, port);
            probe.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
