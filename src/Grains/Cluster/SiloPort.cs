using System.Net;
using System.Net.Sockets;

namespace LStep.Grains.Cluster;

/// <summary>
/// The port at which a silo listens for the others, its own from the choice until it ends. Orleans binds it much later than it is
/// chosen; what is held meanwhile is the UDP port of the same number, which nobody uses: the system gives it to one process of the
/// machine (of the container), whoever runs it, and takes it back however that process ends. So silos that start at the same
/// instant choose different ports.
/// </summary>
public sealed class SiloPort : IDisposable
{
    public const int First = 11111;
    public const int TriedMax = 100;

    private readonly Socket held;

    private SiloPort(IPEndPoint endPoint, Socket held) => (EndPoint, this.held) = (endPoint, held);

    public IPEndPoint EndPoint { get; }

    /// <param name="wanted">This port or none; 0 for any free one; null for <see cref="First"/> or the next free one.</param>
    /// <exception cref="IOException">There is none; the message says what to do.</exception>
    public static SiloPort Hold(IPAddress address, int? wanted)
    {
        if (wanted is > 0 and var given)
            return TryHold(address, given) ?? throw new IOException(
                $"Port {given} is taken, by another silo or program: give --silo-port another one, or leave it out for a free one.");
        for (var tried = 0; tried < TriedMax; tried++)
            if (TryHold(address, wanted is null ? First + tried : FreePort.Next(address)) is { } port) return port;
        throw new IOException(
            "No free port was found for the other silos to reach this one "
                + $"({First} to {First + TriedMax - 1}): give one with --silo-port.");
    }

    public void Dispose() => held.Dispose();

    /// <summary>Null when somebody has it.</summary>
    private static SiloPort? TryHold(IPAddress address, int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            // A program that is no silo does not hold the port in our way.
            using var listener = new TcpListener(address, port) { ExclusiveAddressUse = true };
            listener.Start();
            return new SiloPort(new IPEndPoint(address, port), socket);
        }
        catch (SocketException e)
        {
            socket.Dispose();
            return e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied ? null
                : throw new IOException(
                    $"{address}:{port} cannot be the silo's own address ({e.Message}): give an address of this machine with --advertise.",
                    e);
        }
    }
}
