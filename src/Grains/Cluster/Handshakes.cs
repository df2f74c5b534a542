using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace LStep.Grains.Cluster;

/// <summary>
/// The connections to the silo port that nobody knows yet. Strangers may open as many as they like: past a bound the oldest is ended, and
/// as silos show their certificates at once, it is never one of theirs that waits long enough to be the oldest.
/// </summary>
internal sealed class Handshakes(TimeProvider clock, ILogger<Handshakes> log)
{
    private readonly LinkedList<ConnectionContext> open = new();

    private readonly RareLines lines = new(clock);

    /// <summary>Comes before TLS.</summary>
    public ConnectionDelegate Watch(ConnectionDelegate next) => async context =>
    {
        var place = Enter(context);
        context.Items[typeof(Handshakes)] = place;
        try
        {
            await next(context);
        }
        finally
        {
            if (Leave(place)) Refused(context.RemoteEndPoint);
        }
    };

    /// <summary>Comes after TLS: whoever gets here has shown a certificate.</summary>
    public ConnectionDelegate Known(ConnectionDelegate next) => context =>
    {
        if (context.Items[typeof(Handshakes)] is LinkedListNode<ConnectionContext> place) Leave(place);
        return next(context);
    };

    private LinkedListNode<ConnectionContext> Enter(ConnectionContext context)
    {
        ConnectionContext? oldest = null;
        LinkedListNode<ConnectionContext> place;
        lock (open)
        {
            if (open.Count >= ClusterLimits.HandshakesMax) oldest = open.First!.Value;
            if (oldest is not null) open.RemoveFirst();
            place = open.AddLast(context);
        }
        if (oldest is not null) Refused(oldest.RemoteEndPoint);
        oldest?.Abort();
        return place;
    }

    /// <summary>False when it left before.</summary>
    private bool Leave(LinkedListNode<ConnectionContext> place)
    {
        lock (open)
        {
            if (place.List is null) return false;
            open.Remove(place);
            return true;
        }
    }

    /// <summary>One line an address and minute, without what broke: any port scan ends here.</summary>
    private void Refused(EndPoint? from)
    {
        var address = (from as IPEndPoint)?.Address.ToString() ?? "an unknown address";
        if (lines.Next(address) is { } unsaid)
            log.LogWarning(
                "A connection from {Address} to the silo port was refused: it showed no certificate of a silo of this cluster{More}",
                address, unsaid == 0 ? "" : $"; {unsaid} more since the last such line");
    }
}
