using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;

namespace LStep.Api.Http;

/// <summary>One connection of the HTTP server: a stranger's until a request with a good key or session has come over it.</summary>
public sealed class OpenConnection
{
    private readonly OpenConnections all;
    private readonly ConnectionContext connection;
    private int underWay;
    private long usedAt = Environment.TickCount64;

    internal OpenConnection(OpenConnections all, ConnectionContext connection, IPAddress? counted)
    {
        (this.all, this.connection, Counted) = (all, connection, counted);
        Node = new LinkedListNode<OpenConnection>(this);
    }

    /// <summary>A request of it is being answered.</summary>
    internal bool IsBusy => Volatile.Read(ref underWay) > 0;

    internal long IdleMs => Environment.TickCount64 - Volatile.Read(ref usedAt);

    internal bool IsKnown { get; set; }

    /// <summary>The network it is counted for; null where many share an address.</summary>
    internal IPAddress? Counted { get; }

    internal LinkedListNode<OpenConnection> Node { get; }

    /// <summary>Its caller has shown a good key.</summary>
    public void Vouch()
    {
        if (!IsKnown) all.Vouch(this);
    }

    internal async Task Carry(HttpContext http, RequestDelegate next)
    {
        Interlocked.Increment(ref underWay);
        try
        {
            await next(http);
        }
        finally
        {
            Volatile.Write(ref usedAt, Environment.TickCount64);
            Interlocked.Decrement(ref underWay);
        }
    }

    internal void Close() => connection.Abort(new ConnectionAbortedException("Its place was needed."));
}
