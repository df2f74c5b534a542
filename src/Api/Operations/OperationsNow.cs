using System.Collections.Immutable;
using LStep.Grains.Operations;

namespace LStep.Api.Operations;

/// <summary>How busy the installation is, and how far behind.</summary>
/// <param name="AsOf">By the product's clock.</param>
/// <param name="PerSecond">Over the last 60 s, of all processes that report.</param>
/// <param name="Minutes">The last 60, the oldest first, of all processes that report.</param>
/// <param name="Silent">Processes that are lost or say nothing of their load, by id.</param>
public sealed record OperationsNow(
    DateTimeOffset AsOf, PerSecond PerSecond, ImmutableArray<MinuteRow> Minutes, ImmutableArray<NodeLoadRow> Nodes,
    ImmutableArray<string> Silent, ImmutableArray<FollowerRow> Followers)
{
    internal static OperationsNow Of(IReadOnlyList<Node> nodes, IReadOnlyList<Follower> followers, DateTimeOffset now)
    {
        var rows = nodes.Select(NodeLoadRow.Of).ToImmutableArray();
        var loads = nodes.Where(node => !node.IsLost).Select(node => node.Load).OfType<NodeLoad>().ToList();
        var feed = loads.Count == 0 ? 0 : loads.Max(load => load.FeedSeconds);
        return new OperationsNow(
            now, PerSecond.Of(loads), [.. Enumerable.Range(0, OperationsLimits.MinutesKept).Select(at => MinuteRow.Of(loads, at))], rows,
            [.. rows.Where(row => row.PerSecond is null).Select(row => row.Id)],
            [new FollowerRow(FollowerRow.LiveFeed, null, feed), .. followers.Select(follower => FollowerRow.Of(follower, now))]);
    }
}

/// <summary>Over the last 60 s.</summary>
/// <param name="Accepted">Activities that came into the log.</param>
/// <param name="Duplicates">Activities that were there already.</param>
/// <param name="Rejected">Activities that could not be placed.</param>
/// <param name="Refused">Requests of the ingest that were not taken at all, such as past a key's rate.</param>
public sealed record PerSecond(double Accepted, double Duplicates, double Rejected, double Refused)
{
    internal static PerSecond Of(IReadOnlyCollection<NodeLoad> loads) => new(
        Rate(loads, minutes => minutes.Accepted), Rate(loads, minutes => minutes.Duplicates),
        Rate(loads, minutes => minutes.Rejected), Rate(loads, minutes => minutes.Refused));

    private static double Rate(IEnumerable<NodeLoad> loads, Func<MinutesOfLoad, int[]> of) =>
        Math.Round(loads.Sum(load => (long)of(load.Minutes)[^1]) / 60.0, 2);
}

/// <summary>One minute, in whole activities and requests.</summary>
/// <param name="MinutesAgo">When it ended: 0 is the last 60 s.</param>
/// <param name="FullestQueue">Percent of its bound that the fullest queue of any process had, at worst.</param>
/// <param name="FeedSeconds">That the live feed of any process was behind, at worst.</param>
public sealed record MinuteRow(
    int MinutesAgo, long Accepted, long Duplicates, long Rejected, long Refused, int FullestQueue, int FeedSeconds)
{
    internal static MinuteRow Of(IReadOnlyCollection<NodeLoad> loads, int at)
    {
        long Sum(Func<MinutesOfLoad, int[]> of) => loads.Sum(load => (long)of(load.Minutes)[at]);
        int Worst(Func<MinutesOfLoad, int[]> of) => loads.Count == 0 ? 0 : loads.Max(load => of(load.Minutes)[at]);

        return new MinuteRow(
            OperationsLimits.MinutesKept - 1 - at, Sum(of => of.Accepted), Sum(of => of.Duplicates), Sum(of => of.Rejected),
            Sum(of => of.Refused), Worst(of => of.Fullest), Worst(of => of.Feed));
    }
}

/// <param name="Phase">starting, serving, draining, stopping, or lost when it has not reported for 15 s.</param>
/// <param name="PerSecond">Null, like all that follows, when it is lost or says nothing of its load.</param>
/// <param name="FeedSeconds">Since when its live feed has not stood at the ledger's end.</param>
/// <param name="Customers">In its memory.</param>
/// <param name="MemoryBytes">Of the whole process.</param>
public sealed record NodeLoadRow(
    string Id, string Version, string Phase, DateTimeOffset StartedAt, DateTimeOffset LastSeenAt, PerSecond? PerSecond, double? FeedSeconds,
    int? Customers, long? MemoryBytes, ImmutableArray<QueueRow> Queues)
{
    internal static NodeLoadRow Of(Node node)
    {
        var load = node.IsLost ? null : node.Load;
        return new NodeLoadRow(
            node.Name, node.Version, NodeRow.Of(node).Phase, node.StartedAt, node.SeenAt, load is null ? null : PerSecond.Of([load]),
            load?.FeedSeconds, load?.Customers, load?.MemoryBytes,
            [
                .. (load?.Queues ?? []).Where(queue => QueueRow.Names.Contains(queue.Name))
                    .Select(queue => new QueueRow(queue.Name, queue.Depth, queue.Max)),
            ]);
    }
}

/// <param name="Depth">In the unit of its name: requests, events, bytes, customers, steps, clients.</param>
/// <param name="Max">Past it callers are told to come again.</param>
public sealed record QueueRow(string Name, long Depth, long Max)
{
    /// <summary>A process of another version may have others, which are not told.</summary>
    internal static readonly string[] Names = [
        "ingest_requests", "ingest_events", "ingest_bytes", "customer_loads", "journal", "hub_clients"];
}

/// <summary>What follows the log, the ledger or the clock.</summary>
/// <param name="Waiting">
/// Customers of daily_evaluation, ledger ids of customer_figures and analytics, causes of campaign_plans and actions of campaign_actions,
/// the last two at most 100000; null where it is not counted.
/// </param>
/// <param name="Seconds">Age of the earliest that waits; 0 when nothing does.</param>
public sealed record FollowerRow(string Name, long? Waiting, double Seconds)
{
    internal const string LiveFeed = "live_feed";

    internal static readonly string[] Names =
    [
        LiveFeed, "due_checks", "daily_evaluation", "daily_rows", "customer_figures", "analytics", "campaign_plans", "campaign_actions",
    ];

    internal static FollowerRow Of(Follower follower, DateTimeOffset now) => new(
        follower.Name, follower.Waiting, follower.Since is { } since && since < now ? Math.Round((now - since).TotalSeconds, 1) : 0);
}
