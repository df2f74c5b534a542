using LStep.Silo;
using LStep.Workbench.Bench;
using LStep.Workbench.Bench.Ingest;
using LStep.Workbench.Processes;
using Npgsql;

namespace LStep.Workbench.Drains;

/// <summary>
/// What campaigns cost the ingest: the same load on two silos, each with a PostgreSQL of its own, in turn and never at once. One of them
/// has a great many scheduled actions; or one plans what new customers begin with, and the other does not.
/// </summary>
internal sealed class ScheduledBench(string folder, Report report, int customers, TimeSpan time, int legs)
{
    private const int PerBatch = 500, AtOnce = 8, BatchesPerSecondMax = 80;
    private static readonly TimeSpan LooksEvery = TimeSpan.FromMilliseconds(50);

    private readonly BenchLoad load = new(customers, MachineClock.Instance.GetUtcNow());

    /// <param name="scheduled">How many one of them has.</param>
    public async Task<Version> Scheduled(int scheduled, CancellationToken cancel)
    {
        await using var without = await Populated("without", cancel);
        await using var with = await Populated("with", cancel);
        report.Begin($"{scheduled:N0} actions that are due in 1 to 90 days");
        await DueLoad.Actions(with.Source, Math.Max(1, scheduled / customers), inTheFuture: true, cancel);
        await DueLoad.Settle(without.Source, cancel);
        await DueLoad.Settle(with.Source, cancel);
        await InTurn("no scheduled actions", without, $"{scheduled:N0} scheduled actions", with, silo =>
        {
            var bodies = Enumerable.Range(0, (int)(time.TotalSeconds * BatchesPerSecondMax))
                .Select(_ => BenchLoad.Batch(load.Many(PerBatch))).ToList();
            return () => Post(silo, bodies, time, cancel);
        }, cancel);
        return await with.PostgreSql(cancel);
    }

    /// <summary>Every activity is a new customer's first, and each begins two campaigns: nothing asks more of the planning.</summary>
    public async Task<Version> NewCustomers(CancellationToken cancel)
    {
        await using var without = await Start("without", cancel);
        await using var with = await Start("with", cancel);
        await Planning.Suspend(without.Source, cancel);
        var come = new Dictionary<SiloUnderTest, int> { [without] = 0, [with] = 0 };
        await InTurn("new customers, nothing planned", without, "new customers, their campaigns planned", with, silo =>
        {
            var bodies = Enumerable.Range(come[silo], customers).Select(load.Of).Chunk(PerBatch).Select(BenchLoad.Batch).ToList();
            come[silo] += customers;
            return async () =>
            {
                var sent = await Post(silo, bodies, TimeSpan.MaxValue, cancel);
                await UntilPlanned(silo.Source, cancel);
                return sent;
            };
        }, cancel);
        return await with.PostgreSql(cancel);
    }

    private async Task InTurn(
        string nameA, SiloUnderTest a, string nameB, SiloUnderTest b, Func<SiloUnderTest, Func<Task<Sent>>> post, CancellationToken cancel)
    {
        var measured = new List<(bool IsB, Sustained Leg)>();
        for (var leg = 0; leg < 2 * legs; leg++)
        {
            var isB = leg % 2 == 1;
            var (silo, name) = isB ? (b, nameB) : (a, nameA);
            var send = post(silo);
            report.Begin($"{name}, leg {leg / 2 + 1}");
            var sustained = await new SustainedIngest(silo, new DailyRowsWatch(silo.Source), PerBatch).Measure(send, cancel);
            measured.Add((isB, sustained));
            report.Add($"{name}: sustained activities/s", sustained.PerSecond);
            report.Add("  in the window; failed", $"{sustained.WindowPerSecond:N0}; {sustained.Sent.Failures}");
            if (sustained.Spent is not null)
                report.Add("  processor time an activity (µs), silo and PostgreSQL", sustained.Microseconds, "0.0");
        }
        report.Add($"{nameB}, to {nameA}: sustained rate", Ratio(leg => leg.PerSecond), "0.000");
        report.Add("  rate in the window", Ratio(leg => leg.WindowPerSecond), "0.000");
        if (measured.TrueForAll(one => one.Leg.Spent is not null))
            report.Add("  processor time an activity", Ratio(leg => leg.Microseconds), "0.000");

        double Ratio(Func<Sustained, double> of) =>
            measured.Where(one => one.IsB).Average(one => of(one.Leg)) / measured.Where(one => !one.IsB).Average(one => of(one.Leg));
    }

    private async Task<SiloUnderTest> Populated(string name, CancellationToken cancel)
    {
        var silo = await Start(name, cancel);
        report.Begin($"{customers:N0} customers come, {name}");
        var bodies = Enumerable.Range(0, customers).Select(load.Of).Chunk(PerBatch).Select(BenchLoad.Batch).ToList();
        await Post(silo, bodies, TimeSpan.MaxValue, cancel);
        await UntilPlanned(silo.Source, cancel);
        await new DailyRowsWatch(silo.Source).UntilTheyStand(cancel);
        return silo;
    }

    private Task<SiloUnderTest> Start(string name, CancellationToken cancel) =>
        SiloUnderTest.Start(Path.Combine(folder, $"scheduled-{name}"), null, null, cancel);

    private static Task<Sent> Post(SiloUnderTest silo, IReadOnlyCollection<byte[]> bodies, TimeSpan atMost, CancellationToken cancel) =>
        Senders.Send([silo.Address], SiloProcess.WriteKey, AtOnce, bodies, _ => "/v1/batch", atMost, cancel);

    private static async Task UntilPlanned(NpgsqlDataSource source, CancellationToken cancel)
    {
        while (true)
        {
            await using var open = source.CreateCommand(WorkbenchSql.Query("sends_open"));
            open.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = MachineClock.Instance.GetUtcNow() });
            if ((long)(await open.ExecuteScalarAsync(cancel))! == 0) return;
            await Task.Delay(LooksEvery, MachineClock.Instance, cancel);
        }
    }
}
