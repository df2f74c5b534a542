using System.Text.Json;
using System.Threading.Channels;
using LStep.Api.Hub;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace LStep.Workbench.Client;

public sealed record HubMessage(string Target, JsonElement Argument);

/// <summary>One connection to the hub by its WebSocket. What the server tells is kept in its order until it is read.</summary>
public sealed class HubClient : IAsyncDisposable
{
    private static readonly string[] Targets = ["transition", "counts", "review", "batch", "action", "gap"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Channel<HubMessage> heard = Channel.CreateUnbounded<HubMessage>();
    private readonly NoReconnect noReconnect = new();
    private readonly HubConnection connection;

    private HubClient(Uri server, IReadOnlyDictionary<string, string> headers)
    {
        connection = new HubConnectionBuilder().WithAutomaticReconnect(noReconnect).WithUrl(new Uri(server, "/hubs/lifecycle"), options =>
        {
            (options.SkipNegotiation, options.Transports) = (true, HttpTransportType.WebSockets);
            foreach (var (name, value) in headers) options.Headers[name] = value;
        }).Build();
        foreach (var target in Targets)
            connection.On<JsonElement>(target, argument => heard.Writer.TryWrite(new HubMessage(target, argument)));
        connection.Closed += trouble =>
        {
            heard.Writer.TryComplete(trouble);
            return Task.CompletedTask;
        };
    }

    /// <summary>Everything the server told, in its order. Completes when the connection ends.</summary>
    public ChannelReader<HubMessage> Heard => heard.Reader;

    /// <summary>The server closed the connection and asked for a reconnect.</summary>
    public bool AskedBack => noReconnect.AskedBack;

    /// <param name="headers">Such as Authorization, Cookie or Origin.</param>
    /// <exception cref="System.Net.WebSockets.WebSocketException">The hub refused; the message names the status.</exception>
    public static async Task<HubClient> Connect(Uri server, IReadOnlyDictionary<string, string> headers, CancellationToken cancel = default)
    {
        var client = new HubClient(server, headers);
        try
        {
            await client.connection.StartAsync(cancel);
            return client;
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
    }

    public static Task<HubClient> Connect(Uri server, string bearer, CancellationToken cancel = default) =>
        Connect(server, new Dictionary<string, string> { ["Authorization"] = $"Bearer {bearer}" }, cancel);

    /// <summary>Calls Subscribe and waits for its answer.</summary>
    /// <exception cref="HubException">The server refused it.</exception>
    public Task<JsonElement> Subscribe(object? what, CancellationToken cancel = default) =>
        connection.InvokeAsync<JsonElement>("Subscribe", what, cancel).WaitAsync(Patience, cancel);

    /// <summary>The next thing told of a kind; others before it are passed over.</summary>
    public async Task<JsonElement> Next(string target)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
            if (await heard.Reader.ReadAsync(patience.Token) is var message && message.Target == target)
                return message.Argument;
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    /// <summary>Whoever uses a client decides where to come back to, so it never does by itself; it is asked only when it may.</summary>
    private sealed class NoReconnect : IRetryPolicy
    {
        public bool AskedBack { get; private set; }

        public TimeSpan? NextRetryDelay(RetryContext retryContext)
        {
            // A connection that broke comes here, too, with what broke it.
            AskedBack = retryContext.RetryReason is null;
            return null;
        }
    }
}
