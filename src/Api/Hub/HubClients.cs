using System.Collections.Concurrent;
using LStep.Api.Auth;
using LStep.Api.Http;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;

namespace LStep.Api.Hub;

/// <summary>The connections of this process's hub.</summary>
public sealed class HubClients(ConnectionLimits limits)
{
    private readonly Dictionary<string, int> streamsOf = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, HubCallerContext> connected = new(StringComparer.Ordinal);
    private int open;

    public int Count => connected.Count;

    /// <summary>Requests that are open at the hub: a client has gone when its socket is closed, not when it was asked to go.</summary>
    public int Open => Volatile.Read(ref open);

    internal async Task Carry(HttpContext http, RequestDelegate next)
    {
        var secret = (http.User.Identity as Caller)?.Secret ?? "";
        if (!Enter(secret))
        {
            await Problems.Write(http, Problems.Make(
                StatusCodes.Status429TooManyRequests, "too_many_streams",
                $"This token or session has {limits.StreamsPerCallerMax} live streams open; close one first."));
            return;
        }
        Interlocked.Increment(ref open);
        try
        {
            await next(http);
        }
        finally
        {
            Interlocked.Decrement(ref open);
            Leave(secret);
        }
    }

    private bool Enter(string secret)
    {
        lock (streamsOf)
        {
            var streams = streamsOf.GetValueOrDefault(secret);
            if (streams >= limits.StreamsPerCallerMax) return false;
            streamsOf[secret] = streams + 1;
            return true;
        }
    }

    private void Leave(string secret)
    {
        lock (streamsOf)
            if (--streamsOf[secret] == 0) streamsOf.Remove(secret);
    }

    internal void Came(HubCallerContext client) => connected[client.ConnectionId] = client;

    internal void Left(HubCallerContext client) => connected.TryRemove(client.ConnectionId, out _);

    /// <summary>Who listens, with what they came with.</summary>
    internal IReadOnlyList<(HubCallerContext Client, Caller Caller)> Callers() =>
        [.. connected.Values.Where(client => client.User?.Identity is Caller).Select(client => (client, (Caller)client.User!.Identity!))];

    /// <summary>
    /// Asks every client to reconnect; they come back, to another process where there is one, and go on after the last id they have seen.
    /// </summary>
    public void SendAway()
    {
        foreach (var client in connected.Values) SendAway(client);
    }

    /// <summary>Unlike Abort, which tells a client to stay away.</summary>
    internal static void SendAway(HubCallerContext client)
    {
        if (client.Features.Get<IConnectionLifetimeNotificationFeature>() is { } connection) connection.RequestClose();
        else client.Abort();
    }
}
