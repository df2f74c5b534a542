using System.Diagnostics;

namespace LStep.Workbench.Bench.Ingest;

/// <summary>
/// Ingest with all that follows from it: from the first request until the last acknowledged activity's daily rows are written and its
/// transition is told. What is put off is work, too, and a rate that leaves it out can be kept up for seconds only.
/// </summary>
internal sealed class SustainedIngest(SiloUnderTest silo, DailyRowsWatch daily, int activitiesPerRequest)
{
    public async Task<Sustained> Measure(Func<Task<Sent>> post, CancellationToken cancel)
    {
        await using var listener = await FeedListener.Open(silo, cancel);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var counted = await ServerCounters.Read(silo.Source, cancel);
        using var pauses = await GcPauses.Watch(silo.ProcessId, cancel);
        var lag = daily.LongestLagSeconds(over.Token);
        var (before, watch) = (silo.ProcessorTimes(), Stopwatch.StartNew());
        try
        {
            var sent = await post();
            var idle = await daily.UntilTheyStand(cancel);
            await listener.UntilAllIsTold(silo.Source, cancel);
            var (took, after) = (watch.Elapsed, silo.ProcessorTimes());
            await over.CancelAsync();
            return new Sustained
            {
                Sent = sent, Activities = (sent.Requests - sent.Failures) * (long)activitiesPerRequest,
                Took = took, Idle = idle, LongestLagSeconds = await lag, Spent = before is null || after is null ? null : after - before,
                Pauses = await pauses.Seen(cancel), Server = await ServerCounters.Read(silo.Source, cancel) - counted,
            };
        }
        finally
        {
            await over.CancelAsync();
        }
    }
}

/// <summary>What was measured of a sustained ingest.</summary>
internal sealed record Sustained
{
    public required Sent Sent { get; init; }

    /// <summary>Those that were acknowledged.</summary>
    public required long Activities { get; init; }

    /// <summary>Until everything was done.</summary>
    public required TimeSpan Took { get; init; }

    /// <summary>After the last request, and nobody was at the daily rows: they are made in rounds.</summary>
    public required TimeSpan Idle { get; init; }

    public required double LongestLagSeconds { get; init; }

    public required Spent? Spent { get; init; }

    /// <summary>Of the silo's garbage collector.</summary>
    public required PauseFigures Pauses { get; init; }

    public required ServerCounters Server { get; init; }

    /// <summary>While requests were sent; what was put off for later is not in it.</summary>
    public double WindowPerSecond => Activities / Sent.Elapsed.TotalSeconds;

    /// <summary>Over all the time in which there was work.</summary>
    public double PerSecond => Activities / (Took - Idle).TotalSeconds;

    /// <summary>With the wait for the next round.</summary>
    public double PerSecondWithWait => Activities / Took.TotalSeconds;

    /// <summary>Processor time of silo and PostgreSQL, µs an activity; only where the operating system tells.</summary>
    public double Microseconds => SiloMicroseconds + PostgreSqlMicroseconds;

    public double SiloMicroseconds => Spent!.Silo.TotalMicroseconds / Activities;

    public double PostgreSqlMicroseconds => Spent!.PostgreSql.TotalMicroseconds / Activities;

    public double LoadMicroseconds => Spent!.Load.TotalMicroseconds / Activities;

    /// <summary>Written ahead, an activity.</summary>
    public double WalBytes => (double)Server.WalBytes / Activities;
}
