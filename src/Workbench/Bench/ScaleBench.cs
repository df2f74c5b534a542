using LStep.Silo;
using LStep.Workbench.Processes;
using Npgsql;

namespace LStep.Workbench.Bench;

/// <summary>
/// The same load on one silo process and on several, each time with a PostgreSQL of its own. All of them and the client share the machine.
/// </summary>
internal sealed class ScaleBench(string folder, Report report, int customers, TimeSpan time)
{
    private const int EventsPerBatch = 500;
    private const int BatchesAtOnce = 12;
    private const int BatchesPerSecondMax = 160;

    /// <summary>Answers which PostgreSQL it was measured with.</summary>
    public async Task<Version> Run(int silos, CancellationToken cancel)
    {
        var (alone, _) = await Measured(1, cancel);
        var (together, version) = await Measured(silos, cancel);
        report.Add($"{silos} silos to one", together / alone, "0.00");
        return version;
    }

    private async Task<(double PerSecond, Version PostgreSql)> Measured(int count, CancellationToken cancel)
    {
        var data = Path.Combine(folder, $"scale-{count}");
        var silos = new List<SiloProcess>();
        try
        {
            await using var postgres = await EmptyPostgres.Start(data, cancel);
            report.Begin($"{count} silos");
            for (var silo = 0; silo < count; silo++) silos.Add(await SiloProcess.Start(postgres.ConnectionString));
            Uri[] addresses = [.. silos.Select(silo => silo.Address)];
            var load = new BenchLoad(customers, MachineClock.Instance.GetUtcNow());
            await Post(addresses, [.. Enumerable.Range(0, customers).Select(load.Of).Chunk(EventsPerBatch).Select(
                BenchLoad.Batch)], TimeSpan.MaxValue, cancel);
            List<byte[]> bodies = [.. Enumerable.Range(0, (int)(time.TotalSeconds * BatchesPerSecondMax)).Select(
                _ => BenchLoad.Batch(load.Many(EventsPerBatch)))];
            var sent = await Post(addresses, bodies, time, cancel);
            report.Add(
                $"{count} silo{(count == 1 ? "" : "s")}, batches of {EventsPerBatch}, {BatchesAtOnce} at once, {customers:N0} customers: "
                    + $"activities/s", sent.PerSecond * EventsPerBatch);
            report.Add("  a batch: p50, p99 (ms)", sent.Latencies);
            report.Add("  failed", sent.Failures);
            await using var connection = new NpgsqlConnection(postgres.ConnectionString);
            await connection.OpenAsync(cancel);
            return (sent.PerSecond * EventsPerBatch, connection.PostgreSqlVersion);
        }
        finally
        {
            foreach (var silo in silos) await silo.DisposeAsync();
            Directory.Delete(data, recursive: true);
        }
    }

    private static Task<Sent> Post(Uri[] servers, IReadOnlyCollection<byte[]> bodies, TimeSpan atMost, CancellationToken cancel) =>
        Senders.Send(servers, SiloProcess.WriteKey, BatchesAtOnce, bodies, _ => "/v1/batch", atMost, cancel);
}
