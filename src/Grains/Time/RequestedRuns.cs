using System.Threading.Channels;
using LStep.Grains.People;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LStep.Grains.Time;

/// <summary>
/// Batches that people ask for. The process that was asked starts at once; the shards of every process share the work, and finish it
/// where this one dies.
/// </summary>
public sealed class RequestedRuns(Batches batches, DueWork work, TimeProvider clock, Ids ids, ILogger<RequestedRuns> log)
    : BackgroundService
{
    public const string Scope = "requested";

    private readonly Channel<string> asked = Channel.CreateBounded<string>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Opens a batch over everybody as of now and answers its id; the batch goes on by itself.</summary>
    /// <param name="by">Who asked, for the audit log.</param>
    public async Task<string> Start(Actor by, CancellationToken cancel)
    {
        var id = ids.Next("eval").Replace('-', '_');
        var now = clock.Now();
        await batches.OpenFor(by, id, Scope, now, cancel);
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
                log.LogWarning(e, "A requested evaluation was interrupted; the shards go on with it");
            }
    }
}
