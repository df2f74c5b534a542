using System.Collections.Immutable;
using System.Diagnostics;
using LStep.Grains.Database;
using LStep.Silo;
using LStep.Workbench.Auditing;
using LStep.Workbench.Processes;
using Npgsql;

namespace LStep.Workbench.Faults;

/// <summary>Load with known ids, clients of the hub, and one fault after another; then a time to recover, and the audit.</summary>
public sealed class FaultRun(FaultOptions options, Action<TimeSpan, string> tell)
{
    public const string NotRetriable = "answers that were neither success nor retriable";

    private const int Clients = 12;
    private const int Sleepers = 100;
    private const int LaggardSeconds = 15;
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SettledWithin = TimeSpan.FromMinutes(2);

    private readonly Stopwatch watch = new();

    public async Task<FaultResult> Run(CancellationToken cancel)
    {
        Tell("PostgreSQL and silos start");
        await using var ground = await FaultEnvironment.Start(options.Folder, options.Silos, options.Seed, cancel);
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
            var survived = await Faults(ground, load, posting, cancel);
            ground.SetClocksRight();
            Tell("all faults are over");
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
            return new FaultResult
            {
                Survived = [.. survived], Audit = await Audited(ground, load, watchers, ledgerEnd, cancel), Load = load,
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

    private async Task<List<Survived>> Faults(FaultEnvironment ground, KnownLoad load, Task posting, CancellationToken cancel)
    {
        var survived = new List<Survived>();
        foreach (var fault in FaultSchedule.Of(options.Seed, options.Silos, options.Pace).Take(options.FaultsMax))
        {
            if (watch.Elapsed + fault.Pause > options.Time) break;
            await Task.Delay(fault.Pause, MachineClock.Instance, cancel);
            if (posting.IsFaulted) await posting;
            Tell($"{fault}");
            var others = ground.Silos.Where((_, number) => ground.Silos.Count == 1 || !fault.ConcernsOneSilo || number != fault.Silo);
            var inflicted = ground.Inflict(fault);
            var answered = load.UntilAllAnswer([.. others.Select(silo => silo.Address)], cancel);
            await Task.WhenAll(inflicted, answered);
            await ground.UntilReady();
            survived.Add(new Survived(fault, await answered));
            Tell($"  all answered after {survived[^1].AllAnswered.TotalSeconds:0.0} s");
        }
        return survived;
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

    private void Tell(string what) => tell(watch.Elapsed, what);
}
