using LStep.Grains.Evaluations;
using LStep.Grains.Reviews;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LStep.Grains.Feeds;

/// <summary>Something that stands differently now; one of the two is set. Number ascends within this process.</summary>
public sealed record News(long Number, ReviewRecord? Review = null, BatchRow? Batch = null);

/// <summary>
/// Reviews and batches as they change, from every node: both are polled, because a second is soon enough for a person. They are
/// news of a current state, not a log: only the latest of each matters.
/// </summary>
public sealed class NewsFeed(FeedReads reads, FeedSignal signal, ILogger<NewsFeed> log)
    : RepeatedWork(
        TimeSpan.FromMilliseconds(FeedLimits.NewsPollMs), atOnce: true, "The live feed cannot read reviews and batches", log)
{
    private const int BatchesWatched = 3;

    private readonly Dictionary<string, BatchRow> batches = [];
    private readonly ChangeCursor reviews = new();
    private bool isFirst = true;
    private long number;

    public Ring<News> Ring { get; } = new(FeedLimits.NewsKeptMax, 0, news => news.Number);

    protected override Task Once(CancellationToken stopping) => Look(stopping);

    private async Task Look(CancellationToken cancel)
    {
        if (isFirst) reviews.Begin(await reads.ReviewEnd(cancel));
        var news = new List<News>();
        foreach (var review in await reads.ReviewChanges(reviews.From, FeedLimits.LedgerRowsPerReadMax, cancel))
            if (reviews.IsNew(review.ChangeId)) news.Add(new News(++number, Review: review));
        foreach (var batch in await Batches(cancel)) news.Add(new News(++number, Batch: batch));
        (var opens, isFirst) = (isFirst, false);
        if (opens || news.Count == 0) return;
        Ring.Append(news);
        signal.Raise();
    }

    private async Task<List<BatchRow>> Batches(CancellationToken cancel)
    {
        var latest = await reads.LatestBatches(BatchesWatched, cancel);
        foreach (var gone in batches.Keys.Except(latest.Select(batch => batch.Id)).ToArray()) batches.Remove(gone);
        var changed = latest.FindAll(batch => batches.GetValueOrDefault(batch.Id) != batch);
        foreach (var batch in changed) batches[batch.Id] = batch;
        return changed;
    }
}
