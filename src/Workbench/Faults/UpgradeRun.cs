using System.Collections.Immutable;
using System.Diagnostics;
using LStep.Grains.Database;
using LStep.Silo;
using LStep.Workbench.Processes;
using Npgsql;

namespace LStep.Workbench.Faults;

/// <summary>
/// Silos of the build before, on the tables that it made, under load with known ids; this build's migrations, then silo by silo SIGTERM
/// and a start as this build, as docs/operations.md says; then the audit.
/// </summary>
public sealed class UpgradeRun(UpgradeOptions options, Action<TimeSpan, string> tell)
{
    private readonly AuditedLoad audited = new(options, tell);

    public async Task<UpgradeResult> Run(CancellationToken cancel)
    {
        Migrated? migrated = null;
        var replaced = new List<Replaced>();
        var load = await audited.Run(options.From, async (ground, load, posting) =>
        {
            await GoOn(load, posting, cancel);
            migrated = await Migrate(ground, load, posting, cancel);
            foreach (var (silo, isBack) in options.Steps)
                replaced.Add(await Replace(ground, load, posting, silo, isBack, cancel));
        }, cancel);
        return new UpgradeResult(load, migrated!, [.. replaced]);
    }

    /// <summary>The load goes on as it is for a while; answers what clients saw since an instant before.</summary>
    private async Task<ClientsSaw> GoOn(KnownLoad load, Task posting, CancellationToken cancel, TimeSpan? since = null)
    {
        var from = since ?? load.Times.Now;
        await Task.WhenAny(posting, Task.Delay(options.Mixed, MachineClock.Instance, cancel));
        cancel.ThrowIfCancellationRequested();
        if (posting.IsFaulted) await posting;
        return load.Times.Between(from, load.Times.Now);
    }

    /// <summary>What <c>migrate up</c> of this build does, while all silos of the build before work on these tables.</summary>
    private async Task<Migrated> Migrate(FaultEnvironment ground, KnownLoad load, Task posting, CancellationToken cancel)
    {
        await using var database = new PostgresDatabase(ground.ConnectionString);
        var before = await NewestMigration(ground, cancel);
        audited.Tell($"tables are at {before}; migrate up");
        var (watch, from) = (Stopwatch.StartNew(), load.Times.Now);
        ImmutableArray<string> applied = [.. await new Migrator(database).Up(cancel)];
        var took = watch.Elapsed;
        audited.Tell($"  {applied.Length} migrations in {took.TotalSeconds:0.0} s");
        await AllAnswer(load, ground.Silos, cancel);
        return new Migrated(before, applied, took, await GoOn(load, posting, cancel, from));
    }

    private async Task<Replaced> Replace(
        FaultEnvironment ground, KnownLoad load, Task posting, int silo, bool isBack, CancellationToken cancel)
    {
        var (from, to) = isBack ? (SiloBuild.This, options.From) : (options.From, SiloBuild.This);
        audited.Tell($"silo {silo + 1} becomes {SiloBuild.Name(to)}");
        var begin = load.Times.Now;
        var (stop, start) = await ground.Replace(silo, to);
        // Everybody through the silo that is new, and once more through those that are not.
        var answered = await AllAnswer(load, [ground.Silos[silo]], cancel)
            + await AllAnswer(load, [.. ground.Silos.Where((_, number) => number != silo)], cancel);
        audited.Tell($"  ready after {(stop + start).TotalSeconds:0.0} s, all answered in {answered.TotalSeconds:0.0} s");
        return new Replaced(
            silo, SiloBuild.Name(from), SiloBuild.Name(to), stop, start, answered, await GoOn(load, posting, cancel, begin));
    }

    private static async Task<TimeSpan> AllAnswer(KnownLoad load, IReadOnlyList<SiloProcess> through, CancellationToken cancel) =>
        through.Count == 0 ? TimeSpan.Zero : await load.UntilAllAnswer([.. through.Select(silo => silo.Address)], cancel);

    private static async Task<string> NewestMigration(FaultEnvironment ground, CancellationToken cancel)
    {
        await using var source = NpgsqlDataSource.Create(ground.ConnectionString);
        await using var command = source.CreateCommand(Sql.Query("migrations_applied"));
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var newest = "none";
        while (await rows.ReadAsync(cancel)) newest = rows.GetString(1);
        return newest;
    }
}
