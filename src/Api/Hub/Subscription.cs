using LStep.Api.Campaigns;
using LStep.Api.Reviews;
using LStep.Grains.Campaigns.Actions;
using LStep.Grains.Feeds;

namespace LStep.Api.Hub;

/// <summary>
/// Sends one subscriber everything after its cursor, at the subscriber's own pace. All subscribers read the same ring, so a slow
/// one costs nothing but its place in it. Missed transitions come from the ledger until the ring has the next one: both are
/// the same rows in the same order, so there is no seam at which one could be lost or repeated.
/// </summary>
public sealed class Subscription : IAsyncDisposable
{
    public sealed record Sources(
        LedgerFeed Ledger, Ring<Transition> Transitions, NewsFeed News, ActionFeed Actions, FeedSignal FeedSignal, FeedReads Reads,
        TimeProvider Clock);

    private const int PageMax = 256;
    private const int IdleMsMax = 5_000;

    private readonly CancellationTokenSource ended = new();
    private readonly ILifecycleClient client;
    private readonly Sources sources;
    private readonly HashSet<StatusTag>? tags;
    private readonly List<Transition> page = [];
    private readonly List<News> news = [];
    private readonly List<ActionNews> actions = [];
    private Task pump = Task.CompletedTask;
    private long cursor;
    private long newsCursor, actionCursor;
    private bool missing = true; // still reading from the ledger what the ring no longer has
    private TagCounts? countsSent;
    private long countsSentAt = -FeedLimits.CountsEveryMsMin;

    private Subscription(ILifecycleClient client, Sources sources, long after, IReadOnlyList<StatusTag>? tags)
    {
        this.client = client;
        this.sources = sources;
        this.tags = tags is { Count: > 0 } ? [.. tags] : null;
        cursor = after;
        newsCursor = sources.News.Ring.End;
        actionCursor = sources.Actions.Ring.End;
    }

    /// <param name="failed">Ends the connection so that the client comes back.</param>
    public static Subscription Start(
        ILifecycleClient client, Sources sources, long after, IReadOnlyList<StatusTag>? tags, Action failed)
    {
        var subscription = new Subscription(client, sources, after, tags);
        subscription.pump = subscription.Run(failed);
        return subscription;
    }

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        await pump.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ended.Dispose();
    }

    private async Task Run(Action failed)
    {
        await Task.Yield(); // the answer to Subscribe goes first
        var cancel = ended.Token;
        try
        {
            while (!cancel.IsCancellationRequested)
            {
                var raised = sources.FeedSignal.Next; // taken before looking, so that nothing is slept through
                await SendTransitions(cancel);
                await SendNews(cancel);
                await SendActions(cancel);
                var idleMs = await SendCounts();
                await raised.WaitAsync(TimeSpan.FromMilliseconds(idleMs), cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return;
        }
        catch
        {
            // The client comes back with the last id it has seen; better than going on with a hole.
            failed();
            throw;
        }
    }

    private async Task SendTransitions(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            page.Clear();
            if (sources.Transitions.TryRead(cursor, page, PageMax))
            {
                missing = false;
                if (page.Count == 0) return;
            }
            else if (missing)
            {
                var end = sources.Transitions.End;
                page.AddRange(await sources.Reads.LedgerAfter(cursor, PageMax, cancel));
                if (page.Count == 0) cursor = end; // erased since
            }
            else
            {
                var gap = new Gap(cursor, sources.Transitions.End);
                await client.Gap(gap);
                cursor = gap.To;
            }

            foreach (var transition in page)
            {
                if (cancel.IsCancellationRequested) return;
                if (tags is null || tags.Contains(transition.To) || (transition.From is { } from && tags.Contains(from)))
                    await client.Transition(LiveTransition.Of(transition));
                cursor = transition.Id;
            }
        }
    }

    private async Task SendNews(CancellationToken cancel)
    {
        news.Clear();
        if (!sources.News.Ring.TryRead(newsCursor, news, FeedLimits.NewsKeptMax)) newsCursor = sources.News.Ring.End;
        foreach (var item in news)
        {
            if (cancel.IsCancellationRequested) return;
            if (item.Review is { } review) await client.Review(ReviewRow.Of(review));
            if (item.Batch is { } batch) await client.Batch(batch);
            newsCursor = item.Number;
        }
    }

    private async Task SendActions(CancellationToken cancel)
    {
        actions.Clear();
        if (!sources.Actions.Ring.TryRead(actionCursor, actions, FeedLimits.NewsKeptMax)) actionCursor = sources.Actions.Ring.End;
        foreach (var item in actions)
        {
            if (cancel.IsCancellationRequested) return;
            await client.Action(ActionRow.Of(item.Action));
            actionCursor = item.Number;
        }
    }

    /// <summary>Answers how long to wait at most until the next look.</summary>
    private async Task<long> SendCounts()
    {
        if (sources.Ledger.Counts is not { } counts || counts.SameFigures(countsSent)) return IdleMsMax;
        var wait = countsSentAt + FeedLimits.CountsEveryMsMin - Environment.TickCount64;
        if (wait > 0) return wait;
        countsSent = counts;
        countsSentAt = Environment.TickCount64;
        await client.Counts(CountsNow.Of(counts, sources.Clock.GetUtcNow()));
        return IdleMsMax;
    }
}
