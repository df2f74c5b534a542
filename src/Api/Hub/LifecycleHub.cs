using LStep.Api.Auth;
using LStep.Grains.Campaigns.Actions;
using LStep.Grains.Feeds;
using Microsoft.AspNetCore.SignalR;

namespace LStep.Api.Hub;

/// <summary>
/// The push channel: typed, numbered, and without logic. One subscription a connection; a second call replaces the first.
/// </summary>
public sealed class LifecycleHub(
    LedgerFeed ledger, NewsFeed news, ActionFeed actions, FeedSignal signal, FeedReads reads, KeyRing ring, TimeProvider clock,
    HubClients clients, IHubContext<LifecycleHub, ILifecycleClient> hub)
    : Hub<ILifecycleClient>
{
    private const string Own = "subscription";

    public async Task<Subscribed> Subscribe(Subscribe? what)
    {
        await End();
        // The guard looks at connections every few seconds; whoever subscribes anew is looked at now.
        if (Context.User?.Identity is Caller caller && !await ring.IsValid(caller, Context.ConnectionAborted))
        {
            Context.Abort();
            throw new HubException("unauthorized: this key or session has ended.");
        }

        var transitions = await ledger.Transitions;
        var after = what?.After ?? transitions.End;
        if (after < 0 || (after > transitions.End && after > await reads.LedgerEnd(Context.ConnectionAborted)))
            throw new HubException("bad_cursor: after is no id of this ledger; subscribe without it.");

        Context.Items[Own] = Subscription.Start(
            hub.Clients.Client(Context.ConnectionId), new Subscription.Sources(ledger, transitions, news, actions, signal, reads, clock),
            after, what?.Tags, failed: () => HubClients.SendAway(Context));
        return new Subscribed(after);
    }

    public override Task OnConnectedAsync()
    {
        clients.Came(Context);
        return Task.CompletedTask;
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        clients.Left(Context);
        return End();
    }

    private async Task End()
    {
        if (Context.Items.Remove(Own, out var earlier)) await ((Subscription)earlier!).DisposeAsync();
    }
}
