using System.Collections.Immutable;
using System.Diagnostics;
using LStep.Grains.Database;
using LStep.Silo;
using LStep.Workbench.Auditing;
using LStep.Workbench.Processes;
using Npgsql;

namespace LStep.Workbench.Faults;

/// <summary>Load with known ids and hub clients, while something happens to the silos; then a time to recover, and the audit.</summary>
internal sealed class AuditedLoad(LoadOptions options, Action<TimeSpan, string> tell)
{
    public const string NotRetriable = "answers that were neither success nor retriable";

    private const int Clients = 12;
    private const int Sleepers = 100;
    private const int LaggardSeconds = 15;
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SettledWithin = TimeSpan.FromMinutes(2);

    private readonly Stopwatch watch = new();

    /// <summary>Since the silos were ready.</summary>
    public TimeSpan Elapsed => watch.Elapsed;

    /// <param name="build">The silo's dll of another build that all silos are of at first.</param>
    /// <param name="happen">What happens while the load goes on; the task is the load's, which ends early only when it fails.</param>
    public async Task<LoadResult> Run(string? build, Func<FaultEnvironment, KnownLoad, Task, Task> happen, CancellationToken cancel)
    {
        Tell("PostgreSQL and silos start");
        await using var ground = await FaultEnvironment.Start(options.Folder, options.Silos, options.Seed, build, cancel);
        watch.Start();
        var perSecond = (double)options.ActivitiesPerSecond / KnownMessages.PerRequest;
        var messages = new KnownMessages(options.Seed, options.Customers, Math.Max(1, (int)(perSecond * options.Time.TotalSeconds)));
        var load = new KnownLoad(ground.Addresses, SiloProcess.WriteKey, messages, Clients, AnswerWithin);
        HubWatcher[] watchers = [
            .. Enumerable.Range(0, options.Silos + 1).Select(first => new HubWatcher(ground.Addresses, SiloProcess.AdminToken, first))];
        using var loadOver = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var hubOver = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var watching = watchers.Select(watcher => watcher.Watch(hubOver.Token)).ToArray();
        await load.Post(KnownMessages.Sleepers(options.Seed, Sleepers, MachineClock.Instance.GetUtcNow()), cancel);
        var posting = load.Run(perSecond, loadOver.Token, cancel);
        try
        {
            await happen(ground, load, posting);
            ground.SetClocksRight();
            Tell("all has happened");
            await ground.UntilReady();
            await loadOver.CancelAsync();
            await posting;
            var settling = Stopwatch.StartNew();
            await load.UntilAllAnswer([.. ground.Silos.Select(silo => silo.Address)], cancel);
            var ledgerEnd = await UntilSettled(ground, watchers, cancel);
            var settled = settling.Elapsed;
            await hubOver.CancelAsync();
            await Task.WhenAll(watching);
            Tell("silos stop, audit");
            await ground.StopSilos();
            return new LoadResult
            {
                Audit = await Audited(ground, load, watchers, ledgerEnd, cancel), Load = load,
                Watchers = watchers, Extent = await ExtentOf(ground, cancel),
                ConnectionsCut = ground.ConnectionsCut, Sends = ground.Receivers.Received.Count, Ends = ground.Ends, SettledAfter = settled,
                Outputs = [.. ground.Silos.Select(silo => silo.Output)],
            };
        }
        finally
        {
            await loadOver.CancelAsync();
            await hubOver.CancelAsync();
            await Task.WhenAll(watching.Append(posting)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Until nothing is due any more and every client of the hub has come to the ledger's end; answers its last id.</summary>
    private static async Task<long> UntilSettled(FaultEnvironment ground, HubWatcher[] watchers, CancellationToken cancel)
    {
        var patience = Stopwatch.StartNew();
        await using var source = NpgsqlDataSource.Create(ground.ConnectionString);
        await using var due = source.CreateCommand(WorkbenchSql.Query("audit_due"));
        var until = new NpgsqlParameter<DateTimeOffset>();
        due.Parameters.Add(until);
        await using var end = source.CreateCommand(Sql.Query("feed_ledger_end"));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        while (true)
        {
            await timer.WaitForNextTickAsync(cancel);
            until.TypedValue = MachineClock.Instance.GetUtcNow().AddSeconds(-LaggardSeconds);
            var (late, last) = ((long)(await due.ExecuteScalarAsync(cancel))!, (long)(await end.ExecuteScalarAsync(cancel))!);
            // What is still missing when patience ends, the audit finds.
            if ((late == 0 && watchers.All(watcher => watcher.Last >= last)) || patience.Elapsed > SettledWithin) return last;
        }
    }

    private static async Task<ImmutableArray<AuditLine>> Audited(
        FaultEnvironment ground, KnownLoad load, HubWatcher[] watchers, long ledgerEnd, CancellationToken cancel)
    {
        var audit = new Audit(ground.ConnectionString);
        var unasked = ground.Ends.Where(end => end.Kind is EndKind.Unasked).ToList();
        string[] refusals = [.. load.Refusals, .. watchers.SelectMany(watcher => watcher.Refusals)];
        return
        [
            .. await audit.Run(load.Acknowledged, MachineClock.Instance.GetUtcNow(), cancel),
            await audit.Hub(watchers.Select(watcher => watcher.Heard), ledgerEnd, cancel),
            ground.Receivers.Audit(),
            new AuditLine(NotRetriable, refusals.Length, refusals.FirstOrDefault()),
            new AuditLine("silos that ended unasked", unasked.Count, unasked.Select(end => Tail(end.Output)).FirstOrDefault()),
            new AuditLine("silos that did not stop cleanly", ground.UncleanStops.Count, ground.UncleanStops.Select(Tail).FirstOrDefault()),
        ];
    }

    private static string Tail(string output) => output[^Math.Min(output.Length, 600)..];

    private static async Task<Extent> ExtentOf(FaultEnvironment ground, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(ground.ConnectionString);
        await connection.OpenAsync(cancel);
        await using var command = new NpgsqlCommand(WorkbenchSql.Query("bench_extent"), connection);
        await using var row = await command.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        return new Extent(
            connection.PostgreSqlVersion, row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4));
    }

    public void Tell(string what) => tell(watch.Elapsed, what);
}
