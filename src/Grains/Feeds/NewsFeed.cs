using LStep.Grains.Evaluations;
using LStep.Grains.Reviews;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LStep.Grains.Feeds;

/// <summary>Something that stands differently now; one of the two is set. Number ascends within this process.</summary>
public sealed record News(long Number, ReviewRecord? Review, BatchRow? Batch);

/// <summary>
/// Reviews and batches as they change, from every node: both are polled, because a second is soon enough for a person. They are news of
/// a current state, not a log: only the latest of each matters.
/// </summary>
public sealed class NewsFeed(FeedReads reads, FeedSignal signal, ILogger<NewsFeed> log)
    : RepeatedWork(TimeSpan.FromMilliseconds(FeedLimits.NewsPollMs), atOnce: true, "The live feed cannot read reviews and batches", log)
{
    // Change numbers are drawn before the commit, so a smaller one may come into sight later: the last few are read again.
    private const int ReadAgain = 200;
    private const int BatchesWatched = 3;

    private readonly Dictionary<string, BatchRow> batches = [];
    private readonly HashSet<long> seen = [];
    private long cursor = -1;
    private long number;

    public Ring<News> Ring { get; } = new(FeedLimits.NewsKeptMax, 0, news => news.Number);

    protected override Task Once(CancellationToken stopping) => Look(stopping);

    private async Task Look(CancellationToken cancel)
    {
        var isFirst = cursor < 0;
        if (isFirst) cursor = await reads.ReviewEnd(cancel);
        var news = new List<News>();
        foreach (var review in await reads.ReviewChanges(Math.Max(0, cursor - ReadAgain), FeedLimits.LedgerRowsPerReadMax, cancel))
        {
            if (!seen.Add(review.ChangeId)) continue;
            cursor = Math.Max(cursor, review.ChangeId);
            if (!isFirst) news.Add(new News(++number, review, null));
        }
        seen.RemoveWhere(change => change < cursor - ReadAgain);

        var latest = await reads.LatestBatches(BatchesWatched, cancel);
        foreach (var gone in batches.Keys.Except(latest.Select(batch => batch.Id)).ToArray()) batches.Remove(gone);
        foreach (var batch in latest)
        {
            if (batches.GetValueOrDefault(batch.Id) == batch) continue;
            batches[batch.Id] = batch;
            if (!isFirst) news.Add(new News(++number, null, batch));
        }
        if (news.Count == 0) return;
        Ring.Append(news);
        signal.Raise();
    }
}
