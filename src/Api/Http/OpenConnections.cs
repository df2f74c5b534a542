using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LStep.Api.Http;

/// <summary>
/// The connections of the HTTP server. Strangers have places of their own, so that who has a key is never kept out by those who have none;
/// of them the newest stay: who comes with a key needs its place for a moment only, and is no stranger after that.
/// </summary>
public sealed class OpenConnections(ConnectionLimits limits) : BackgroundService
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(1);

    private readonly Lock changing = new();
    private readonly LinkedList<OpenConnection> strangers = new();
    private readonly LinkedList<OpenConnection> known = new();
    private readonly Dictionary<IPAddress, int> strangersOf = [];

    public int Strangers => strangers.Count;

    public int Known => known.Count;

    /// <summary>
    /// Middleware of connections: one that finds no place is closed unheard, which clients take as a reason to come again.
    /// </summary>
    public ConnectionDelegate Carry(ConnectionDelegate next) => async connection =>
    {
        if (Enter(connection) is not { } entered)
        {
            connection.Abort(new ConnectionAbortedException("There is no place for it."));
            return;
        }
        try
        {
            connection.Features.Set(entered);
            await next(connection);
        }
        finally
        {
            Leave(entered);
        }
    };

    /// <summary>When the process stops: nobody waits for what they have begun.</summary>
    public void CloseStrangers()
    {
        List<OpenConnection> left;
        lock (changing) left = [.. strangers];
        foreach (var one in left) one.Close();
    }

    internal void Vouch(OpenConnection one)
    {
        lock (changing)
        {
            if (one.IsKnown || one.Node.List != strangers) return;
            Forget(one);
            one.IsKnown = true;
            known.AddLast(one.Node);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(SweepEvery);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) CloseIdle();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process is stopping.
        }
    }

    private void CloseIdle()
    {
        List<OpenConnection> idle;
        lock (changing)
            idle = [.. strangers.Where(one => !one.IsBusy && one.IdleMs > limits.StrangerIdleSecondsMax * 1_000L)];
        foreach (var one in idle) one.Close();
    }

    private OpenConnection? Enter(ConnectionContext connection)
    {
        var counted = NetworkOf(connection.RemoteEndPoint);
        OpenConnection? pushedOut = null;
        OpenConnection entered;
        lock (changing)
        {
            if (counted is not null && strangersOf.GetValueOrDefault(counted) >= limits.StrangersPerAddressMax) return null;
            if (strangers.Count >= limits.StrangersMax)
            {
                if ((pushedOut = OldestIdle(strangers)) is null) return null;
            }
            else if (strangers.Count + known.Count >= limits.ConnectionsMax
                && (pushedOut = OldestIdle(strangers) ?? OldestIdle(known)) is null)
                return null;
            if (pushedOut is not null) Forget(pushedOut);
            entered = new OpenConnection(this, connection, counted);
            strangers.AddLast(entered.Node);
            if (counted is not null) strangersOf[counted] = strangersOf.GetValueOrDefault(counted) + 1;
        }
        pushedOut?.Close();
        return entered;
    }

    private void Leave(OpenConnection one)
    {
        lock (changing) Forget(one);
    }

    private static OpenConnection? OldestIdle(LinkedList<OpenConnection> list)
    {
        for (var node = list.First; node is not null; node = node.Next)
            if (!node.Value.IsBusy) return node.Value;
        return null;
    }

    private void Forget(OpenConnection one)
    {
        if (one.Node.List is not { } list) return;
        list.Remove(one.Node);
        if (list != strangers || one.Counted is not { } network) return;
        if (--strangersOf[network] == 0) strangersOf.Remove(network);
    }

    private IPAddress? NetworkOf(EndPoint? remote) =>
        remote is IPEndPoint { Address: var address } && !limits.IsShared(address) ? Networks.Of(address) : null;
}

/// <summary>Who is counted as one caller by where it comes from.</summary>
public static class Networks
{
    /// <summary>The address itself; with IPv6 its /64, of which one caller has every address.</summary>
    public static IPAddress Of(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }
}

public static class OpenConnectionsOfRequests
{
    /// <summary>Comes first: a connection with a request under way is not an idle one.</summary>
    public static IApplicationBuilder UseOpenConnections(this IApplicationBuilder app) => app.Use((http, next) =>
        http.Features.Get<OpenConnection>() is { } connection ? connection.Carry(http, next) : next(http));

    public static IServiceCollection AddOpenConnections(this IServiceCollection services, ConnectionLimits limits) => services
        .AddSingleton(limits).AddSingleton<OpenConnections>()
        .AddHostedService(provider => provider.GetRequiredService<OpenConnections>());

    /// <summary>The caller of this request has shown a good key.</summary>
    public static void Vouch(this HttpContext http) => http.Features.Get<OpenConnection>()?.Vouch();
}
