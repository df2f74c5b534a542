using System.Net;
using System.Net.Sockets;

namespace LStep.Silo;

/// <summary>The port that HTTP will be served on, looked at before anything is started: the server itself opens it last of all.</summary>
internal static class HttpPort
{
    /// <exception cref="IOException">It cannot be had; the message says why and what to do.</exception>
    public static void MustBeFree(string listen, int port)
    {
        if (port == 0) return;
        try
        {
            using var listener = new TcpListener(IPAddress.Parse(listen), port);
            listener.Start();
        }
        catch (SocketException e)
        {
            throw new IOException(e.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse =>
                    $"Port {port} is taken by another program: stop that one, or give another port with --port (0 for any free one).",
                SocketError.AccessDenied =>
                    $"Port {port} may not be opened by this user: give one above 1023 with --port.",
                SocketError.AddressNotAvailable => $"{listen} is no address of this machine: give another one with --listen.",
                _ => $"{listen}, port {port}, cannot be served on: {e.Message}.",
            }, e);
        }
    }
}
