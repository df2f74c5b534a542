using LStep.Grains.Database;
using LStep.Grains.Feeds;
using Microsoft.Extensions.Logging;

namespace LStep.Grains.Campaigns.Actions;

/// <summary>An action that stands differently now. Number ascends within this process.</summary>
public sealed record ActionNews(long Number, ActionRecord Action);

/// <summary>
/// Actions as they change, from every node: polled, because a second is soon enough for a person. Of a storm of messages the latest are
/// told: it is news of a current state, and lists and counts have all of them.
/// </summary>
public sealed class ActionFeed(PostgresDatabase database, FeedSignal signal, ILogger<ActionFeed> log)
    : RepeatedWork(TimeSpan.FromMilliseconds(FeedLimits.NewsPollMs), atOnce: true, "The live feed cannot read actions", log)
{
    private const int ActionsPerReadMax = 200;

    private readonly ChangeCursor cursor = new();
    private bool isFirst = true;
    private long number;

    public Ring<ActionNews> Ring { get; } = new(FeedLimits.NewsKeptMax, 0, news => news.Number);

    /// <summary>Whose actions are in memory.</summary>
    internal KeptNames Names => KeptNames.In(
        Ring, news => news.Action.CustomerId, news => news with { Action = news.Action with { CustomerId = KeptNames.Nobody } });

    protected override async Task Once(CancellationToken stopping)
    {
        if (isFirst) cursor.Begin(await database.Hub.Use(c => c.Value<long>("action_changes_end", stopping), stopping));
        var changes = await database.Hub.Use(
            c => c.Rows("action_changes", row => (Number: row.GetInt64(15), Action: ActionRecord.Read(row)), stopping,
                cursor.From, ActionsPerReadMax), stopping);
        changes.Reverse();
        var news = changes.FindAll(change => cursor.IsNew(change.Number)).ConvertAll(change => new ActionNews(++number, change.Action));
        (var opens, isFirst) = (isFirst, false);
        if (opens || news.Count == 0) return;
        Ring.Append(news);
        signal.Raise();
    }
}
