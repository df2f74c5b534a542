using LStep.Silo;
using LStep.Workbench.Bench.Peers;
using LStep.Workbench.Processes;

namespace LStep.Workbench.Bench.Ingest;

/// <summary>How much is measured.</summary>
/// <param name="ActiveDays">Of each customer before the load begins: what a state weighs and an evaluation costs depends on them.</param>
/// <param name="Runs">Of batches; all figures are told with their interval over them.</param>
/// <param name="Time">Of each run and each other part.</param>
/// <param name="BatchesOnly">Only what two builds are compared by.</param>
/// <param name="Pins">The silo and PostgreSQL keep to a processor each, from when the customers are there.</param>
internal sealed record IngestPlan(int Customers, int ActiveDays, int Runs, TimeSpan Time, bool BatchesOnly, bool Pins);

/// <summary>
/// Durable ingest over HTTP, and beside it what PostgreSQL alone, a plain service and Orleans' own grain storage take. The client shares
/// the machine. Two builds take turns, each with a database of its own, so that whatever else happens on the machine weighs on both.
/// </summary>
internal sealed class IngestBench(string folder, Report report, IngestPlan plan)
{
    private const int Connections = 256;
    private const int FirstProbe = 900_000_000;
    private const int ProbesMax = 10_000;
    private const int SinglesPerSecondMax = 20_000;

    /// <param name="against">Another build on another database, in turn.</param>
    public async Task Run(SiloUnderTest silo, SiloUnderTest? against, CancellationToken cancel)
    {
        var now = MachineClock.Instance.GetUtcNow();
        var measured = new IngestLegs(silo.Build is null ? "this build" : "--silo", silo, plan.Customers, now);
        var other = against is null ? null : new IngestLegs("--against", against, plan.Customers, now);
        IngestLegs[] builds = other is null ? [measured] : [measured, other];
        foreach (var build in builds)
        {
            await build.Populate(plan.ActiveDays, report, cancel);
            if (plan.Pins) await build.Silo.Pin(cancel);
        }
        for (var run = 0; run < plan.Runs; run++)
            foreach (var build in run % 2 == 0 ? builds : builds.Reverse())
                await build.Run(plan.Time, report, cancel);
        foreach (var build in builds) build.Write(report);
        if (other is not null) Compare(measured, other);
        if (plan.BatchesOnly) return;

        if (against is not null) await against.StopSilo();
        await Singles(measured, cancel);
        await new EvaluateAtOnce(silo, report).Run(cancel);
        await new LiveBench(silo, silo.Address, FirstProbe, report, measured.Load, plan.Time).Run(cancel);
        await using (var beside = await silo.Beside())
            await new LiveBench(silo, beside.Address, FirstProbe + ProbesMax, report, measured.Load, plan.Time).Run(cancel);
        await silo.StopSilo();
        await new PeersBench(silo, folder, report, plan.Customers).Run(
            measured.Load, IngestLegs.EventsPerBatch, IngestLegs.BatchesAtOnce, plan.Time, plan.Runs,
            measured.All.Average(leg => leg.Sustained.PerSecond), cancel);
    }

    /// <summary>Run by run, since the machine was then as it was for both.</summary>
    private void Compare(IngestLegs measured, IngestLegs other)
    {
        Add("sustained rate", leg => leg.Sustained.PerSecond);
        if (measured.All.Concat(other.All).All(leg => leg.Sustained.Spent is not null))
        {
            Add("processor time an activity", leg => leg.Sustained.Microseconds);
            Add("processor time of the silo", leg => leg.Sustained.SiloMicroseconds);
            Add("processor time of PostgreSQL", leg => leg.Sustained.PostgreSqlMicroseconds);
        }
        Add("p99 of a batch", leg => leg.Sustained.Sent.Latencies.At(0.99));
        Add("bytes written ahead an activity", leg => leg.Sustained.WalBytes);

        void Add(string what, Func<IngestLeg, double> figure) => report.Add(
            $"{measured.Name} to {other.Name}: {what}",
            new Interval(measured.All.Zip(other.All, (a, b) => figure(a) / figure(b))).Text("0.000"));
    }

    private async Task Singles(IngestLegs build, CancellationToken cancel)
    {
        report.Begin("single events");
        var bodies = build.Load.Many((int)(plan.Time.TotalSeconds * SinglesPerSecondMax))
            .Select(message => message.Json.ToArray()).ToList();
        using var pauses = await GcPauses.Watch(build.Silo.ProcessId, cancel);
        var before = build.Silo.ProcessorTimes();
        var sent = await Senders.Send([build.Silo.Address], SiloProcess.WriteKey, Connections, bodies, Kind, plan.Time, cancel);
        var (spent, seen) = (build.Silo.ProcessorTimes(), await pauses.Seen(cancel));
        report.Add($"single events, {Connections} connections: requests/s", sent.PerSecond);
        report.Add("  p50, p99 (ms)", sent.Latencies);
        report.Add("  slowest (ms)", sent.Latencies.Slowest);
        report.Add("  failed", sent.Failures);
        report.Add("  longest pause of the silo's garbage collector (ms)", seen.LongestMs, "0.0");
        if (before is not null && spent is not null) (spent - before).Write(report, "while they were sent", "a request", sent.Requests);

        // The kind is in the message; a batch of one would measure the batch.
        static string Kind(byte[] body) => body.AsSpan().StartsWith("{\"type\":\"page\""u8) ? "/v1/page" : "/v1/track";
    }
}
