using LStep.Workbench.Processes;

namespace LStep.Workbench.Bench.Ingest;

/// <summary>One leg of ingest in batches, and what PostgreSQL alone takes of the same rows right after it.</summary>
internal sealed record IngestLeg(Sustained Sustained, double CopiedPerSecond)
{
    public double ToCopy => Sustained.PerSecond / CopiedPerSecond;
}

/// <summary>One build that takes the load: its customers, then leg after leg. Every build is sent the same.</summary>
internal sealed class IngestLegs(string name, SiloUnderTest silo, int customers, DateTimeOffset now)
{
    public const int EventsPerBatch = 500, BatchesAtOnce = 8;
    private const int BatchesPerSecondMax = 130;
    private const int HoursBetweenActiveDays = 48;
    private const int SendAgainMax = 5;

    private readonly DailyRowsWatch daily = new(silo.Source);
    private readonly CopyBench copying = new(silo.Source);
    private readonly List<IngestLeg> legs = [];

    public string Name => name;

    public SiloUnderTest Silo => silo;

    public IReadOnlyList<IngestLeg> All => legs;

    public BenchLoad Load { get; } = new(customers, now);

    /// <summary>
    /// Everybody's first activities: customers come into being, with so many active days behind them, and without the messages that
    /// campaigns have for new ones: these would be sent for minutes, beside what is measured.
    /// </summary>
    public async Task Populate(int activeDays, Report report, CancellationToken cancel)
    {
        await Planning.Suspend(silo.Source, cancel);
        report.Begin($"{customers:N0} customers come, {name}");
        await Come(activeDays - 1, report, cancel);
        if (activeDays > 1) report.Begin($"{activeDays - 1} more active days of each of them, {name}");
        for (var before = activeDays - 2; before >= 0; before--) await Come(before, null, cancel);
        report.Begin($"their daily rows, {name}");
        await daily.UntilTheyStand(cancel);
        await Planning.Resume(silo.Source, cancel);
    }

    public async Task Run(TimeSpan time, Report report, CancellationToken cancel)
    {
        report.Begin($"batches of {EventsPerBatch}, {name}, run {legs.Count + 1}");
        var bodies = Enumerable.Range(0, (int)(time.TotalSeconds * BatchesPerSecondMax))
            .Select(_ => BenchLoad.Batch(Load.Many(EventsPerBatch))).ToList();
        var sustained = await new SustainedIngest(silo, daily, EventsPerBatch).Measure(() => Post(bodies, time, cancel), cancel);
        legs.Add(new IngestLeg(sustained, await copying.Run(cancel)));
        report.Add($"{name}: sustained activities/s", sustained.PerSecond);
    }

    /// <summary>All runs: each figure's mean, its interval and the single ones.</summary>
    public void Write(Report report)
    {
        Add("sustained, until their daily rows are written and the feed has published all: activities/s", leg => leg.Sustained.PerSecond);
        Add("with the wait for the next round of the daily rows: activities/s", leg => leg.Sustained.PerSecondWithWait);
        Add("in the window in which requests were sent: activities/s", leg => leg.Sustained.WindowPerSecond);
        Add("the sustained rate to COPY of the same rows with their keys", leg => leg.ToCopy, "0.000");
        Add("COPY: rows/s", leg => leg.CopiedPerSecond);
        Add("a batch, p50 (ms)", leg => leg.Sustained.Sent.Latencies.At(0.5), "0.0");
        Add("a batch, p99 (ms)", leg => leg.Sustained.Sent.Latencies.At(0.99), "0.0");
        Add("batches that failed", leg => leg.Sustained.Sent.Failures);
        if (legs.TrueForAll(leg => leg.Sustained.Spent is not null))
        {
            Add("processor time of silo and PostgreSQL, all-in: µs an activity", leg => leg.Sustained.Microseconds, "0.0");
            Add("processor time of the silo: µs an activity", leg => leg.Sustained.SiloMicroseconds, "0.0");
            Add("processor time of PostgreSQL: µs an activity", leg => leg.Sustained.PostgreSqlMicroseconds, "0.0");
            Add("processor time of the load itself, not in it: µs an activity", leg => leg.Sustained.LoadMicroseconds, "0.0");
        }
        Add("written ahead (WAL): bytes an activity", leg => leg.Sustained.WalBytes);
        Add("state rows updated in place (HOT)", leg => leg.Sustained.Server.InPlaceShare, "0.0%");
        Add("time in which the silo's garbage collector stopped it", leg => leg.Sustained.Pauses.Share, "0.0%");
        Add("longest pause of the silo's garbage collector (ms)", leg => leg.Sustained.Pauses.LongestMs, "0.0");
        Add("pauses of it", leg => leg.Sustained.Pauses.Count);
        Add("longest time without daily row (s)", leg => leg.Sustained.LongestLagSeconds, "0.0");

        void Add(string what, Func<IngestLeg, double> figure, string format = "N0") =>
            report.Add($"{name}: {what}", new Interval(legs.Select(figure)).Text(format));
    }

    private async Task Come(int activeDaysAgo, Report? report, CancellationToken cancel)
    {
        var at = now.AddHours(-HoursBetweenActiveDays * activeDaysAgo);
        var bodies = Enumerable.Range(0, customers).Select(customer => Load.Of(customer, at.AddSeconds(-customer % 3_600)))
            .Chunk(EventsPerBatch).Select(BenchLoad.Batch).ToList();
        var sent = await Post(bodies, TimeSpan.MaxValue, cancel);
        report?.Add(
            $"{name}: customers that come into being, in batches of {EventsPerBatch}: customers/s", customers / sent.Elapsed.TotalSeconds);
        // Refused for a moment, as a client is whose events come faster than they are written; what was taken is known by its ids.
        for (var again = 0; sent.Failures > 0; again++)
        {
            if (again == SendAgainMax) throw new InvalidOperationException($"{sent.Failures} of {sent.Requests} batches were not taken.");
            sent = await Post(bodies, TimeSpan.MaxValue, cancel);
        }
    }

    private Task<Sent> Post(List<byte[]> bodies, TimeSpan atMost, CancellationToken cancel) =>
        Senders.Send([silo.Address], SiloProcess.WriteKey, BatchesAtOnce, bodies, _ => "/v1/batch", atMost, cancel);
}
