using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using LStep.Api.Hub;

namespace LStep.Workbench.Client;

public sealed record HubMessage(string Target, JsonElement Argument);

/// <summary>SignalR's JSON protocol over a WebSocket, as far as the hub uses it: handshake, invocations both ways, pings.</summary>
public sealed class HubClient : IAsyncDisposable
{
    private const byte End = 0x1e;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ClientWebSocket socket;
    private readonly CancellationTokenSource closed = new();
    private readonly Channel<HubMessage> heard = Channel.CreateUnbounded<HubMessage>();
    private readonly Dictionary<string, TaskCompletionSource<JsonElement>> asked = [];
    private readonly SemaphoreSlim sending = new(1);
    private readonly TaskCompletionSource listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task receiving;
    private int calls;

    private HubClient(ClientWebSocket socket)
    {
        this.socket = socket;
        receiving = Receive();
    }

    /// <summary>Everything the server told, in its order. Completes when the connection ends.</summary>
    public ChannelReader<HubMessage> Heard => heard.Reader;

    /// <summary>Whether the server, when it said goodbye, asked to be called again; null while it has not said goodbye.</summary>
    public bool? AskedBack { get; private set; }

    /// <param name="headers">Such as Authorization, Cookie or Origin.</param>
    /// <param name="deaf">Hears nothing before <see cref="Listen"/> and takes little into its buffers meanwhile: a slow client.</param>
    public static async Task<HubClient> Connect(Uri server, IReadOnlyDictionary<string, string> headers, bool deaf = false, CancellationToken cancel = default)
    {
        var socket = new ClientWebSocket();
        foreach (var (name, value) in headers) socket.Options.SetRequestHeader(name, value);
        var address = new UriBuilder(new Uri(server, "/hubs/lifecycle")) { Scheme = "ws" }.Uri;
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler { ConnectCallback = (context, dialing) => Dial(context, deaf, dialing) }, disposeHandler: false);
        socket.Options.CollectHttpResponseDetails = true;
        try
        {
            await socket.ConnectAsync(address, invoker, cancel);
        }
        catch (WebSocketException e)
        {
            throw new HttpRequestException("the hub refused", e, socket.HttpStatusCode);
        }
        var client = new HubClient(socket);
        await client.Send("""{"protocol":"json","version":1}""");
        if (!deaf) client.Listen();
        return client;
    }

    public static Task<HubClient> Connect(Uri server, string bearer, bool deaf = false, CancellationToken cancel = default) =>
        Connect(server, new Dictionary<string, string> { ["Authorization"] = $"Bearer {bearer}" }, deaf, cancel);

    public void Listen() => listening.TrySetResult();

    /// <summary>Calls Subscribe and waits for its answer.</summary>
    public Task<JsonElement> Subscribe(object what) => Invoke("Subscribe", what).WaitAsync(Patience);

    /// <summary>Calls Subscribe without waiting for the answer, as a deaf client must.</summary>
    public Task AskToSubscribe(object what) => Send(Invocation("Subscribe", what, null));

    /// <summary>The next thing told of a kind; others before it are passed over.</summary>
    public async Task<JsonElement> Next(string target)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
            if (await heard.Reader.ReadAsync(patience.Token) is var message && message.Target == target)
                return message.Argument;
    }

    public async ValueTask DisposeAsync()
    {
        Listen();
        await closed.CancelAsync();
        socket.Abort();
        await receiving;
        socket.Dispose();
    }

    private static async ValueTask<Stream> Dial(SocketsHttpConnectionContext context, bool deaf, CancellationToken cancel)
    {
        var tcp = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (deaf) tcp.ReceiveBufferSize = 4_096;
        await tcp.ConnectAsync(context.DnsEndPoint, cancel);
        return new NetworkStream(tcp, ownsSocket: true);
    }

    private async Task<JsonElement> Invoke(string target, object argument)
    {
        var id = $"{++calls}";
        var answer = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (asked) asked[id] = answer;
        await Send(Invocation(target, argument, id));
        return await answer.Task;
    }

    private static string Invocation(string target, object argument, string? id) =>
        JsonSerializer.Serialize(new { type = 1, invocationId = id, target, arguments = new[] { argument } }, JsonSerializerOptions.Web)
            .Replace("\"invocationId\":null,", "");

    private async Task Send(string message)
    {
        await sending.WaitAsync();
        try
        {
            await socket.SendAsync((byte[])[.. Encoding.UTF8.GetBytes(message), End], WebSocketMessageType.Text, true, closed.Token);
        }
        finally
        {
            sending.Release();
        }
    }

    private async Task Receive()
    {
        try
        {
            await listening.Task;
            var buffer = new byte[65_536];
            var open = new MemoryStream();
            while (await socket.ReceiveAsync(buffer, closed.Token) is { MessageType: not WebSocketMessageType.Close } received)
                foreach (var one in buffer.AsMemory(0, received.Count).ToArray())
                    if (one != End) open.WriteByte(one);
                    else
                    {
                        await Take(open.ToArray());
                        open.SetLength(0);
                    }
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, closed.Token);
            heard.Writer.TryComplete();
        }
        catch (Exception e)
        {
            heard.Writer.TryComplete(closed.IsCancellationRequested ? null : e);
            lock (asked)
                foreach (var waiting in asked.Values) waiting.TrySetException(e);
        }
    }

    private async Task Take(byte[] text)
    {
        using var document = JsonDocument.Parse(text);
        var message = document.RootElement.Clone();
        switch (message.TryGetProperty("type", out var type) ? type.GetInt32() : 0)
        {
            case 1:
                heard.Writer.TryWrite(new HubMessage(message.GetProperty("target").GetString()!, message.GetProperty("arguments")[0]));
                break;
            case 3:
                TaskCompletionSource<JsonElement>? waiting;
                lock (asked) asked.Remove(message.GetProperty("invocationId").GetString()!, out waiting);
                if (message.TryGetProperty("error", out var error)) waiting?.TrySetException(new InvalidOperationException(error.GetString()));
                else waiting?.TrySetResult(message.TryGetProperty("result", out var result) ? result : default);
                break;
            case 6:
                await Send("""{"type":6}""");
                break;
            case 7:
                AskedBack = message.TryGetProperty("allowReconnect", out var back) && back.GetBoolean();
                break;
        }
    }
}
