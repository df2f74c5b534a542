using System.Net;
using LStep.Api.Http;
using Microsoft.AspNetCore.Http;

namespace LStep.Api.Ingest;

/// <summary>
/// Requests whose headers show no good key: one may be in the body, which has to be read to know. They are few at once, of one address
/// fewer, and share little memory; when all places are taken, the one reading longest is dropped: a body takes milliseconds.
/// </summary>
public sealed class Strangers(IngestOptions options, ConnectionLimits limits)
{
    /// <summary>Younger ones are not given up: they may be about to end.</summary>
    private const int GivenUpAfterMs = 1_000;

    private readonly Lock changing = new();
    private readonly LinkedList<Stranger> reading = new();
    private readonly Dictionary<IPAddress, int> of = [];

    public InFlight Bytes { get; } = new(options.StrangerBodyBytesMax, "bytes of request bodies without a key");

    public int Count => reading.Count;

    /// <exception cref="OverloadedException">There is no place now.</exception>
    public Stranger Enter(HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress is { } remote && !limits.IsShared(remote) ? Networks.Of(remote) : null;
        lock (changing)
        {
            if (address is not null && of.GetValueOrDefault(address) >= options.StrangerRequestsPerAddressMax)
                throw new OverloadedException($"more than {options.StrangerRequestsPerAddressMax} requests without a key from one address");
            if (reading.Count >= options.StrangerRequestsMax && !GiveUpOldest())
                throw new OverloadedException($"more than {options.StrangerRequestsMax} requests without a key at once");
            var entered = new Stranger(this, address);
            reading.AddLast(entered.Node);
            if (address is not null) of[address] = of.GetValueOrDefault(address) + 1;
            return entered;
        }
    }

    /// <summary>The whole body of one who has a place.</summary>
    /// <inheritdoc cref="RequestBody.Read" path="/exception"/>
    public async Task<RequestBody> Read(HttpContext http, Stranger stranger)
    {
        try
        {
            return await RequestBody.Read(
                http.Request, Bytes, TimeSpan.FromSeconds(options.StrangerBodySecondsMax), stranger.GivenUp);
        }
        catch (OverloadedException)
        {
            MakeRoom();
            throw;
        }
    }

    /// <summary>What it held is free a moment later: whoever found no room tries again.</summary>
    private void MakeRoom()
    {
        lock (changing) GiveUpOldest();
    }

    internal void Leave(Stranger one)
    {
        lock (changing) Forget(one);
    }

    private bool GiveUpOldest()
    {
        if (reading.First?.Value is not { } oldest || oldest.AgeMs < GivenUpAfterMs) return false;
        Forget(oldest);
        oldest.GiveUp();
        return true;
    }

    private void Forget(Stranger one)
    {
        if (one.Node.List is null) return;
        reading.Remove(one.Node);
        if (one.Address is { } address && --of[address] == 0) of.Remove(address);
    }
}

/// <summary>A request that has no key yet.</summary>
public sealed class Stranger : IDisposable
{
    private readonly Strangers all;
    private readonly CancellationTokenSource givenUp = new();
    private readonly long since = Environment.TickCount64;

    internal Stranger(Strangers all, IPAddress? address)
    {
        (this.all, Address) = (all, address);
        Node = new LinkedListNode<Stranger>(this);
    }

    public CancellationToken GivenUp => givenUp.Token;

    internal IPAddress? Address { get; }

    internal LinkedListNode<Stranger> Node { get; }

    internal long AgeMs => Environment.TickCount64 - since;

    internal void GiveUp() => _ = givenUp.CancelAsync();

    public void Dispose() => all.Leave(this);
}
