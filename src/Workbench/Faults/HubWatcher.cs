using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Threading.Channels;
using LStep.Workbench.Client;
using Microsoft.AspNetCore.SignalR;

namespace LStep.Workbench.Faults;

/// <summary>
/// A dashboard that is never closed: when its connection ends or falls silent, it comes back to the next silo with the last id it has seen.
/// </summary>
public sealed class HubWatcher(IReadOnlyList<Uri> servers, string bearer, int first)
{
    private static readonly TimeSpan SilenceMax = TimeSpan.FromSeconds(4);

    private readonly ConcurrentQueue<long> heard = new();
    private readonly ConcurrentQueue<string> refusals = new();
    private long last;

    /// <summary>Ids of transitions exactly as they came.</summary>
    public IReadOnlyCollection<long> Heard => heard;

    /// <summary>Answers that no valid subscription should have had.</summary>
    public IReadOnlyCollection<string> Refusals => refusals;

    public long Last => Volatile.Read(ref last);

    public int Connections { get; private set; }

    /// <summary>How often it was told to read on from the ledger.</summary>
    public int GapsTold { get; private set; }

    public async Task Watch(CancellationToken stop)
    {
        for (var at = first; !stop.IsCancellationRequested; at++)
            try
            {
                await Listen(servers[at % servers.Count], stop);
            }
            catch (Exception e) when (IsOver(e))
            {
                // A hub that cannot reach its database says so in general words; that it does not know an id of its own ledger must never
                // be.
                if (e is HubException && e.Message.Contains("bad_cursor", StringComparison.Ordinal)) refusals.Enqueue(e.Message);
                await Task.Delay(100, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
    }

    /// <summary>The connection could not be had, was lost or fell silent, or the hub could not answer.</summary>
    private static bool IsOver(Exception e) => e is HubException or OperationCanceledException or TimeoutException or ChannelClosedException
        or HttpRequestException or WebSocketException or IOException or InvalidOperationException;

    private async Task Listen(Uri server, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(SilenceMax);
        await using var hub = await HubClient.Connect(server, bearer, patience.Token);
        await hub.Subscribe(new { after = Last }, patience.Token);
        Connections++;
        while (true)
        {
            patience.CancelAfter(SilenceMax);
            var message = await hub.Heard.ReadAsync(patience.Token);
            if (message.Target == "gap")
            {
                GapsTold++;
                return; // who comes with an old id is read the ledger
            }
            if (message.Target != "transition") continue;
            var id = message.Argument.GetProperty("id").GetInt64();
            heard.Enqueue(id);
            Volatile.Write(ref last, id);
        }
    }
}
