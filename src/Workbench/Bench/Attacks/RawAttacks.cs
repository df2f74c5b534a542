using System.Net.Sockets;
using System.Text;

namespace LStep.Workbench.Bench.Attacks;

/// <summary>Strangers with nothing but sockets: they promise, dawdle, or only hold places.</summary>
internal static class RawAttacks
{
    private const int BodyBytesPromised = 4 * 1024 * 1024;
    private const int TrickleMs = 500;

    /// <summary>4 MB are announced on each connection, and not one byte of them comes.</summary>
    public static Task Promises(Uri server, int connections, CancellationToken cancel) =>
        Everyone(server, connections, Post(server, BodyBytesPromised), Hold, cancel);

    /// <summary>Bodies that come a byte at a time.</summary>
    public static Task SlowBodies(Uri server, int connections, CancellationToken cancel) =>
        Everyone(server, connections, Post(server, BodyBytesPromised), (socket, stop) => Trickle(socket, " ", stop), cancel);

    /// <summary>Headers that come a line at a time and have no end.</summary>
    public static Task SlowHeaders(Uri server, int connections, CancellationToken cancel) =>
        Everyone(server, connections, "POST /v1/batch HTTP/1.1\r\n", (socket, stop) => Trickle(socket, "X-More: 1\r\n", stop), cancel);

    /// <summary>Connections over which nothing comes.</summary>
    public static Task Idle(Uri server, int connections, CancellationToken cancel) => Everyone(server, connections, "", Hold, cancel);

    private static string Post(Uri server, int bytes) =>
        $"POST /v1/batch HTTP/1.1\r\nHost: {server.Authority}\r\nContent-Type: application/json\r\nContent-Length: {bytes}\r\n\r\n";

    private static Task Everyone(
        Uri server, int connections, string first, Func<Socket, CancellationToken, Task> then, CancellationToken cancel) =>
        Task.WhenAll(Enumerable.Range(0, connections).Select(_ => AgainAndAgain(server, first, then, cancel)));

    /// <summary>Who is thrown out comes back.</summary>
    private static async Task AgainAndAgain(
        Uri server, string first, Func<Socket, CancellationToken, Task> then, CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
            try
            {
                using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(server.Host, server.Port, cancel);
                if (first.Length > 0) await socket.SendAsync(Encoding.ASCII.GetBytes(first), cancel);
                await then(socket, cancel);
                await Task.Delay(TrickleMs, cancel);
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                await Task.Delay(TrickleMs, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
    }

    /// <summary>Until the server closes it.</summary>
    private static async Task Hold(Socket socket, CancellationToken cancel)
    {
        var answer = new byte[4_096];
        while (await socket.ReceiveAsync(answer, cancel) > 0) { }
    }

    private static async Task Trickle(Socket socket, string part, CancellationToken cancel)
    {
        var bytes = Encoding.ASCII.GetBytes(part);
        var closed = Hold(socket, cancel);
        while (!closed.IsCompleted)
        {
            await socket.SendAsync(bytes, cancel);
            await Task.WhenAny(closed, Task.Delay(TrickleMs, cancel));
        }
        await closed;
    }
}
