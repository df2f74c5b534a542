using System.Collections.Immutable;
using LStep.Domain;
using LStep.Grains.Campaigns.Planning;
using LStep.Grains.Customers;
using LStep.Grains.Rules;
using Microsoft.Extensions.Logging;

namespace LStep.Grains.Trials;

/// <summary>
/// Evaluates everybody by rules that are not published, as the batch does that a publication opens, and writes nothing. Customers are read
/// page by page from their rows; one that is recorded meanwhile is seen as it was or as it is.
/// </summary>
public sealed class DryRuns(
    CustomerReads customers, CampaignForecast campaigns, RulebookSource rulebook, TimeProvider clock, ILogger<DryRuns> log)
{
    private int running;

    /// <summary>At present, in this process.</summary>
    public int Running => Volatile.Read(ref running);

    /// <param name="listedMax">Customers on the first page of the list, of those who would move.</param>
    /// <exception cref="OverloadedException">Others are at it.</exception>
    /// <exception cref="TooSlowException">It took longer than it may.</exception>
    public Task<(DryRunTotals Totals, DryRunPage Page)> Run(ImmutableArray<Rule> rules, int listedMax, CancellationToken cancel) =>
        Alone(async patience =>
        {
            var (active, book, now) = Frozen(rules);
            var parts = new Part[Shards.Count];
            var atOnce = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = patience };
            await Parallel.ForAsync(0, Shards.Count, atOnce, async (shard, stop) =>
            {
                var part = parts[shard] = new Part(listedMax);
                await Each(
                    (short)shard, "", customer => part.Take(customer, Foresee(customer, book, now)), stop,
                    async () => part.Messages += await campaigns.Messages(part.TakeStarting(), book, now, stop));
            });
            var totals = new DryRunTotals(
                now, active, parts.Sum(part => part.Evaluated), parts.Sum(part => part.Unreadable), Part.Sum(parts),
                parts.Sum(part => part.Reviews), parts.Sum(part => part.Messages));
            var movers = parts.SelectMany((part, shard) => part.Movers.Select(mover => ((short)shard, mover)));
            return (totals, PageOf([.. movers.Take(listedMax + 1)], listedMax, end: null));
        }, cancel);

    /// <summary>Goes on with the list, as of now: who has moved meanwhile is not on it any more.</summary>
    /// <exception cref="OverloadedException">Others are at it.</exception>
    /// <exception cref="TooSlowException">It took longer than it may.</exception>
    public Task<DryRunPage> GoOn(
        ImmutableArray<Rule> rules, DryRunPlace place, int listedMax, CancellationToken cancel) => Alone(async patience =>
    {
        var (_, book, now) = Frozen(rules);
        var movers = new List<(short Shard, Mover Mover)>();
        var looked = 0;
        for (var shard = place.Shard; shard < Shards.Count; shard++)
        {
            var last = await Each(shard, shard == place.Shard ? place.CustomerId : "", customer =>
            {
                if (Foresee(customer, book, now) is { Transitions.IsEmpty: false } step)
                    movers.Add((shard, Mover.Of(step)));
                return movers.Count <= listedMax && ++looked < TrialLimits.CustomersPerListedPageMax;
            }, patience);
            if (movers.Count > listedMax || looked >= TrialLimits.CustomersPerListedPageMax)
                return PageOf(movers, listedMax, new DryRunPlace(shard, last));
        }
        return PageOf(movers, listedMax, end: null);
    }, cancel);

    /// <summary>The rules as they would be in force from this instant on.</summary>
    private (int ActiveVersion, Rulebook Book, DateTimeOffset Now) Frozen(ImmutableArray<Rule> rules)
    {
        var (live, now) = (rulebook.Current, clock.Now());
        return (live.Rules.Version, live with { Rules = new RuleSet(live.Rules.Version + 1, "", now, rules), Shadow = null }, now);
    }

    /// <summary>Null where the row cannot be read or evaluated: its neighbours go on, as in a batch.</summary>
    private Step? Foresee(StoredCustomer customer, Rulebook book, DateTimeOffset now)
    {
        if (!customer.IsReadable) return null;
        try
        {
            return Lifecycle.CatchUp(customer.State, book, now, now, asked: true);
        }
        catch (Exception e)
        {
            log.LogError(e, "The row of a customer could not be evaluated by the rules of a dry run");
            return null;
        }
    }

    /// <summary>Everybody of a shard after an id, until the taker says no. Answers the last one that it took.</summary>
    /// <param name="pageDone">Called when all of a page were taken.</param>
    private async Task<string> Each(
        short shard, string after, Func<StoredCustomer, bool> take, CancellationToken cancel, Func<Task>? pageDone = null)
    {
        while (true)
        {
            var page = await customers.PageOfShard(shard, after, TrialLimits.CustomersPerDryRunPageMax, cancel);
            foreach (var customer in page)
            {
                cancel.ThrowIfCancellationRequested();
                after = customer.Id;
                if (!take(customer)) return after;
            }
            if (pageDone is not null) await pageDone();
            if (page.Count < TrialLimits.CustomersPerDryRunPageMax && !StoredCustomer.Fill(page, CustomerLimits.BytesPerListPageMax))
                return after;
        }
    }

    /// <param name="movers">One more than the page has room for where there are more.</param>
    /// <param name="end">Where looking ended before the page was full, if others may come after it.</param>
    private static DryRunPage PageOf(List<(short Shard, Mover Mover)> movers, int listedMax, DryRunPlace? end)
    {
        var listed = movers[..Math.Min(movers.Count, listedMax)];
        var next = movers.Count > listedMax ? new DryRunPlace(listed[^1].Shard, listed[^1].Mover.Id) : end;
        return new DryRunPage([.. listed.SelectMany(one => one.Mover.Moves)], next);
    }

    private async Task<T> Alone<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(TrialLimits.DryRunSecondsMax));
        try
        {
            if (Interlocked.Increment(ref running) > TrialLimits.DryRunsAtOnceMax)
                throw new OverloadedException($"{TrialLimits.DryRunsAtOnceMax} dry runs are under way.");
            return await work(patience.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new TooSlowException($"a dry run took more than {TrialLimits.DryRunSecondsMax} s");
        }
        finally
        {
            Interlocked.Decrement(ref running);
        }
    }

    /// <summary>Who would move, without the rest of the customer: many of them are in memory at once.</summary>
    private sealed record Mover(string Id, ImmutableArray<DryRunMove> Moves)
    {
        public static Mover Of(Step step) => new(
            step.After.CustomerId,
            [.. step.Transitions.Select(move => new DryRunMove(move.CustomerId, move.From!.Value, move.To))]);
    }

    /// <summary>What a shard comes to.</summary>
    private sealed class Part(int listedMax)
    {
        private readonly SortedDictionary<(StatusTag From, StatusTag To), int> moves = [];
        private List<Step> starting = [];

        /// <summary>The first of them, one more than is listed.</summary>
        public List<Mover> Movers { get; } = [];

        public int Evaluated { get; private set; }

        public int Unreadable { get; private set; }

        public int Reviews { get; private set; }

        public int Messages { get; set; }

        public bool Take(StoredCustomer customer, Step? step)
        {
            Evaluated++;
            if (step is null) Unreadable++;
            if (step is not { HasChanges: true }) return true;
            foreach (var move in step.Transitions)
                moves[(move.From!.Value, move.To)] = moves.GetValueOrDefault((move.From.Value, move.To)) + 1;
            Reviews += step.OpenedReviews.Count();
            if (!step.Causes.IsEmpty) starting.Add(step);
            if (!step.Transitions.IsEmpty && Movers.Count <= listedMax) Movers.Add(Mover.Of(step));
            return true;
        }

        /// <summary>Those since the last time that campaigns may follow from.</summary>
        public List<Step> TakeStarting()
        {
            var taken = starting;
            starting = [];
            return taken;
        }

        public static ImmutableArray<MoveCount> Sum(IEnumerable<Part> parts) =>
        [
            .. parts.SelectMany(part => part.moves).GroupBy(each => each.Key, each => each.Value).OrderBy(pair => pair.Key)
                .Select(pair => new MoveCount(pair.Key.From, pair.Key.To, pair.Sum())),
        ];
    }
}
