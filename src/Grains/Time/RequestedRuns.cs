using System.Threading.Channels;
using LStep.Grains.People;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LStep.Grains.Time;

/// <summary>
/// Batches that people ask for. The process that was asked starts at once; the shards of every process share the work, and finish it
/// where this one dies.
/// </summary>
public sealed class RequestedRuns(
    Batches batches, DueWork work, TimeProvider clock, Ids ids, TroubleLines troubles, ILogger<RequestedRuns> log)
    : BackgroundService
{
    public const string Scope = "requested";

    /// <summary>
    /// One that runs and one that waits: who asks for more is answered the one that waits, which sees all that there is by then.
    /// </summary>
    private const int UnfinishedMax = 2;

    /// <summary>Batches over lists of customers that are not over: each list is its own.</summary>
    private const int ListsUnfinishedMax = 50;

    private ITimer? waking;
    private readonly SemaphoreSlim opening = new(1);
    private readonly Channel<string> asked = Channel.CreateBounded<string>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>
    /// Opens a batch as of now and answers its id; the batch goes on by itself. Where one over the same people waits already, its id is
    /// answered.
    /// </summary>
    /// <param name="by">Who asked, for the audit log.</param>
    /// <exception cref="OverloadedException">Too many batches over lists are not over yet.</exception>
    public async Task<string> Start(Person by, BatchScope scope, CancellationToken cancel)
    {
        await opening.WaitAsync(cancel);
        try
        {
            var unfinished = (await batches.UnfinishedForAsker(cancel))
                .FindAll(one => one.Scope == scope.Name && one.Tag == scope.Tag?.Code());
            if (scope.Customers is null)
                return unfinished.Count >= UnfinishedMax ? unfinished[^1].Id : await Open(by, scope, cancel);
            return unfinished.Count < ListsUnfinishedMax ? await Open(by, scope, cancel)
                : throw new OverloadedException($"{ListsUnfinishedMax} batches over lists of customers are not over yet.");
        }
        finally
        {
            opening.Release();
        }
    }

    /// <summary>Goes on with what is open, at an instant when something of it will have become due.</summary>
    public void Wake(DateTimeOffset at)
    {
        var wait = at - clock.Now();
        if (wait <= TimeSpan.Zero)
        {
            // A clock that stands still would never come to it.
            asked.Writer.TryWrite("");
            return;
        }
        var timer = clock.CreateTimer(
            _ => asked.Writer.TryWrite(""), null, wait, Timeout.InfiniteTimeSpan);
        // The one before becomes needless: what it would have woken for is due by then, too.
        Interlocked.Exchange(ref waking, timer)?.Dispose();
    }

    public override void Dispose()
    {
        waking?.Dispose();
        opening.Dispose();
        base.Dispose();
    }

    private async Task<string> Open(Person by, BatchScope scope, CancellationToken cancel)
    {
        var id = ids.Next("eval").Replace('-', '_');
        var now = clock.Now();
        await batches.OpenFor(by, id, scope, now, cancel);
        asked.Writer.TryWrite(id); // one waiting word is enough: a run takes every batch that is open
        return id;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var _ in asked.Reader.ReadAllAsync(stoppingToken))
            try
            {
                await work.RunRequested(ShardRange.All, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                troubles.Failed(log, "A requested evaluation was interrupted; the shards go on with it", e);
            }
    }
}
