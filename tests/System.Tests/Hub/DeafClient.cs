using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using LStep.Api.Hub;

namespace LStep.System.Tests.Hub;

/// <summary>
/// A subscriber of the hub that reads nothing before it is told to, and whose system takes little in meanwhile. A raw socket: the library's
/// client always reads.
/// </summary>
internal sealed class DeafClient : IAsyncDisposable
{
    private const int ReceiveBufferBytes = 4_096;
    private const byte End = 0x1e;

    private readonly ClientWebSocket socket;

    private DeafClient(ClientWebSocket socket) => this.socket = socket;

    /// <summary>Connects and asks for everything after an id, without waiting for an answer.</summary>
    public static async Task<DeafClient> Subscribe(Uri server, string bearer, long after)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Bearer {bearer}");
        var invoker = new HttpMessageInvoker(new SocketsHttpHandler { ConnectCallback = (context, cancel) => Dial(context, cancel) });
        await socket.ConnectAsync(new UriBuilder(new Uri(server, "/hubs/lifecycle")) { Scheme = "ws" }.Uri, invoker, default);
        var client = new DeafClient(socket);
        await client.Send("""{"protocol":"json","version":1}""");
        await client.Send(JsonSerializer.Serialize(new { type = 1, target = "Subscribe", arguments = new[] { new { after } } }));
        return client;
    }

    /// <summary>Begins to read: everything the server told, in its order.</summary>
    public async IAsyncEnumerable<HubMessage> Listen()
    {
        var (buffer, open) = (new byte[65_536], new MemoryStream());
        while (await socket.ReceiveAsync(buffer, default) is { MessageType: not WebSocketMessageType.Close } received)
            foreach (var one in buffer.AsMemory(0, received.Count).ToArray())
                if (one != End)
                {
                    open.WriteByte(one);
                }
                else
                {
                    var message = JsonSerializer.Deserialize<JsonElement>(open.ToArray());
                    open.SetLength(0);
                    if (message.TryGetProperty("target", out var target))
                        yield return new HubMessage(target.GetString()!, message.GetProperty("arguments")[0]);
                }
    }

    public ValueTask DisposeAsync()
    {
        socket.Abort();
        socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async ValueTask<Stream> Dial(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var tcp = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveBufferSize = ReceiveBufferBytes };
        await tcp.ConnectAsync(context.DnsEndPoint, cancel);
        return new NetworkStream(tcp, ownsSocket: true);
    }

    private Task Send(string message) =>
        socket.SendAsync((byte[])[.. Encoding.UTF8.GetBytes(message), End], WebSocketMessageType.Text, true, default);
}
