using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LStep.Workbench.Receivers;

/// <summary>
/// As much of an SMTP server as takes mails: it counts each by the key in its Message-ID once the end mark has come, before it answers. It
/// can be down, as a server is whose machine is off: connections are refused, and those there were are cut.
/// </summary>
public sealed class MailReceiver : IAsyncDisposable
{
    private const string Header = "Message-Id:";

    private readonly ConcurrentDictionary<Task, Socket> sessions = new();
    private readonly CancellationTokenSource closed = new();
    private readonly Func<Guid, Task> taken;
    private TcpListener listener;
    private Task accepting;

    /// <param name="taken">Called with each mail's key; the answer waits for it.</param>
    public MailReceiver(Func<Guid, Task> taken)
    {
        this.taken = taken;
        (listener, Port) = Listen(0);
        accepting = Accept(listener);
    }

    public int Port { get; }

    public async Task GoDown()
    {
        listener.Stop();
        await accepting;
        foreach (var socket in sessions.Values) socket.Dispose();
    }

    public void ComeUp()
    {
        (listener, _) = Listen(Port);
        accepting = Accept(listener);
    }

    public async ValueTask DisposeAsync()
    {
        await closed.CancelAsync();
        await GoDown();
        await Task.WhenAll(sessions.Keys);
        closed.Dispose();
    }

    private static (TcpListener Listener, int Port) Listen(int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        return (listener, ((IPEndPoint)listener.LocalEndpoint).Port);
    }

    private async Task Accept(TcpListener on)
    {
        try
        {
            while (true)
            {
                var socket = await on.AcceptSocketAsync(closed.Token);
                socket.NoDelay = true;
                var session = Session(socket);
                sessions[session] = socket;
                _ = session.ContinueWith(over => sessions.TryRemove(over, out _), TaskScheduler.Default);
            }
        }
        catch (Exception e) when (
            e is SocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // It is down.
        }
    }

    private async Task Session(Socket socket)
    {
        try
        {
            await using var stream = new NetworkStream(socket, ownsSocket: true);
            using var reader = new StreamReader(stream, Encoding.Latin1, false, 16_384);
            await Say("220 receiver");
            while (await reader.ReadLineAsync(closed.Token) is { } line)
            {
                var verb = line.Split(' ', 2)[0].ToUpperInvariant();
                if (verb == "DATA")
                {
                    await Say("354 go on");
                    var key = await Read(reader);
                    if (key is { } whole) await taken(whole);
                    await Say(key is null ? "554 no key" : "250 taken");
                }
                else await Say(verb == "QUIT" ? "221 bye" : "250 receiver");
                if (verb == "QUIT") return;
            }

            Task Say(string answer) => stream.WriteAsync(Encoding.ASCII.GetBytes(answer + "\r\n"), closed.Token).AsTask();
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Whoever sent is gone, or this server is.
        }
    }

    /// <summary>Reads to the end mark; answers the key, or null where there is none.</summary>
    private async Task<Guid?> Read(StreamReader reader)
    {
        Guid? key = null;
        for (var before = ""; await reader.ReadLineAsync(closed.Token) is { } line; before = line)
        {
            if (line == ".") return key;
            // A header's value may stand on the next line.
            var value = line.StartsWith(Header, StringComparison.OrdinalIgnoreCase) ? line[Header.Length..]
                : before.Equals(Header, StringComparison.OrdinalIgnoreCase) ? line : null;
            if (key is null && value?.Trim().TrimStart('<') is { Length: > 32 } id
                && Guid.TryParseExact(id.AsSpan(0, 32), "N", out var parsed)) key = parsed;
        }
        throw new IOException("The mail ended before its end mark.");
    }
}
