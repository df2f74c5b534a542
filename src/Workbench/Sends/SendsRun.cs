using System.Diagnostics;
using LStep.Grains.Database.Postgres;
using LStep.Silo;
using LStep.Workbench.Demo;
using LStep.Workbench.Faults;
using LStep.Workbench.Processes;
using LStep.Workbench.Receivers;
using Npgsql;

namespace LStep.Workbench.Sends;

/// <summary>
/// Messages fall due while silos are killed, one kill at each step of a send in turn; the silo that was killed starts again, the others go
/// on. When everything has come to an end the receivers' counts are compared with what the actions say.
/// </summary>
public sealed class SendsRun(SendsOptions options, Action<TimeSpan, string> tell)
{
    private const int StartsMax = 10, StepDelayMsMax = 30, AnyMomentMsMax = 1_500;
    private static readonly TimeSpan LooksEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan DrainedWithin = TimeSpan.FromMinutes(8);

    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly List<SiloProcess> silos = [];

    private static int StepCount => Enum.GetValues<SendStep>().Length;

    public async Task<SendsResult> Run(CancellationToken cancel)
    {
        Tell("PostgreSQL and silos start");
        await using var postgres = await EmptyPostgres.Start(options.Folder, cancel);
        await using var receivers = await OutsideReceivers.Start(options.Silos, cancel);
        try
        {
            for (var number = 0; number < options.Silos; number++)
                silos.Add(await SiloProcess.Start(
                    StepHolds.Of(postgres.ConnectionString, number), environment: receivers.Settings(number, options.KeepsKeys),
                    build: options.Build));
            return await Killed(postgres, receivers, cancel);
        }
        finally
        {
            foreach (var silo in silos) await silo.DisposeAsync();
            await postgres.DisposeAsync();
            Directory.Delete(options.Folder, recursive: true);
        }
    }

    private async Task<SendsResult> Killed(PrivatePostgres postgres, OutsideReceivers receivers, CancellationToken cancel)
    {
        await using var source = NpgsqlDataSource.Create(postgres.ConnectionString);
        await using var holds = await StepHolds.Install(source, cancel);
        using var customers = new MovedCustomers();
        await MovedCustomers.Introduce(options.Kills * options.CustomersPerKill, silos[0].Address, cancel);
        var killing = Stopwatch.StartNew();
        for (var kill = 0; kill < options.Kills; kill++) await Kill(kill, customers, holds, receivers.Gate, cancel);
        var (took, draining) = (killing.Elapsed, Stopwatch.StartNew());
        Tell("all kills are over, everything comes to its end");
        if (options.LapsesLeases) await Lapse(source, cancel);
        await UntilDrained(source, cancel);
        var drained = draining.Elapsed;
        foreach (var silo in silos.Where(silo => silo.IsRunning)) await silo.Stop();
        Tell("audit");
        var (lines, ended, recognised) =
            await new SendsAudit(postgres.ConnectionString, receivers.Received, options.KeepsKeys).Run(cancel);
        var audit = new Audit(postgres.ConnectionString);
        await using var connection = await source.OpenConnectionAsync(cancel);
        return new SendsResult
        {
            PostgreSql = connection.PostgreSqlVersion, Received = receivers.Received.Count, Recognised = recognised, Ended = ended,
            Kills = [.. Enumerable.Range(0, options.Kills).CountBy(Step).OrderBy(one => one.Key).Select(one => (one.Key, one.Value))],
            Audit = [.. lines, .. await audit.Consequences(cancel), await audit.Verified(cancel)], Killing = took, Drained = drained,
        };
    }

    /// <summary>Each step once in a row of six, the rows in orders of their own.</summary>
    private SendStep Step(int kill)
    {
        var (chance, steps) = (Chance.Of(options.Seed, kill / StepCount, -7), Enum.GetValues<SendStep>().ToList());
        for (var left = kill % StepCount; left > 0; left--) steps.Remove(chance.Of(steps));
        return chance.Of(steps);
    }

    private async Task Kill(int kill, MovedCustomers customers, StepHolds holds, AnswerGate gate, CancellationToken cancel)
    {
        var (step, chance) = (Step(kill), Chance.Of(options.Seed, kill, 0));
        var hold = step.Hold();
        if (hold is { } held) await holds.Hold(held, silos.Count, cancel);
        var received = step == SendStep.OnItsWay ? gate.Set() : null;
        var moving = customers.Move(
            kill * options.CustomersPerKill, options.CustomersPerKill, [.. silos.Select(silo => silo.Address)], cancel);
        var victim = hold is { } at ? await holds.Reached(at, cancel)
            : received is not null ? await received.WaitAsync(TimeSpan.FromSeconds(60), cancel)
            : chance.Between(0, silos.Count - 1);
        await Task.Delay(
            TimeSpan.FromMilliseconds(chance.Between(0, step == SendStep.AnyMoment ? AnyMomentMsMax : StepDelayMsMax)),
            MachineClock.Instance, cancel);
        await silos[victim].Kill();
        gate.Open();
        // A commit that was asked for may arrive though nobody waits for it any more; what was only about to be asked for may not.
        if (hold is { } end && (step == SendStep.Answered || (step == SendStep.SettlementCommits && chance.Happens(0.5))))
            await holds.EndSessions(end, victim, cancel);
        if (hold is not null) await holds.LetGo(cancel);
        silos[victim].Launch();
        await moving;
        await UntilReady(silos[victim]);
        if ((kill + 1) % 10 == 0 || kill + 1 == options.Kills) Tell($"{kill + 1} kills, the last {step.Name()}");
    }

    /// <summary>It is started again where it does not come up, as whoever runs silos does.</summary>
    private static async Task UntilReady(SiloProcess silo)
    {
        for (var start = 1; ; start++)
            try
            {
                await silo.UntilReady();
                return;
            }
            catch (SiloEndedException) when (!silo.IsRunning && start < StartsMax)
            {
                silo.Launch();
            }
    }

    private async Task Lapse(NpgsqlDataSource source, CancellationToken cancel)
    {
        foreach (var silo in silos) await silo.Stop();
        await using (var lapse = source.CreateCommand(WorkbenchSql.Query("sends_lapse"))) await lapse.ExecuteNonQueryAsync(cancel);
        silos[0].Launch();
        await UntilReady(silos[0]);
    }

    /// <summary>What is still open when patience ends, the audit finds.</summary>
    private static async Task UntilDrained(NpgsqlDataSource source, CancellationToken cancel)
    {
        var patience = Stopwatch.StartNew();
        while (patience.Elapsed < DrainedWithin)
        {
            await using var open = source.CreateCommand(WorkbenchSql.Query("sends_open"));
            open.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = MachineClock.Instance.GetUtcNow() });
            if ((long)(await open.ExecuteScalarAsync(cancel))! == 0) return;
            await Task.Delay(LooksEvery, MachineClock.Instance, cancel);
        }
    }

    private void Tell(string what) => tell(watch.Elapsed, what);
}
