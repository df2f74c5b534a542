using LStep.Grains;
using LStep.Grains.People;
using Microsoft.Extensions.Logging;

namespace LStep.Api.Hub;

/// <summary>
/// Ends the connections of those whose key or session has ended, whatever they are doing: one that only listens, is slow, or subscribes
/// again and again is asked no differently. All of them in one statement a round.
/// </summary>
public sealed class HubGuard(HubClients clients, BrowserSessions sessions, ILogger<HubGuard> log)
    : RepeatedWork(TimeSpan.FromSeconds(Seconds), atOnce: false, "It could not be asked who may still listen to the hub", log)
{
    private const int Seconds = 2;

    protected override async Task Once(CancellationToken stopping)
    {
        var callers = clients.Callers();
        if (callers.Count == 0) return;
        var standing = await sessions.Standing([.. callers.Select(one => one.Caller.Proof)], stopping);
        foreach (var (client, caller) in callers)
            if (caller.IsOver || !standing.Contains(Convert.ToHexString(caller.Proof))) client.Abort();
    }
}
