using LStep.Domain;
using LStep.Domain.Deciding;
using LStep.Grains.Customers;
using LStep.Grains.Database;
using LStep.Grains.Time;
using LStep.Workbench.Demo;

namespace LStep.Workbench.Simulation;

/// <summary>
/// One run: clients, processes, a storage and the time. The seed alone decides what happens next, and whom it goes wrong for.
/// </summary>
public sealed partial class World
{
    private const int CallsAtOnceMax = 12;
    private const int CalmStepsMax = 200_000;

    private static readonly ShardRange[] Shards = [ShardRange.All, ShardRange.All, new(0, 31), new(32, 63)];

    private readonly Chance chance;
    private readonly SimulationSettings settings;
    private readonly SimulatedTime time;
    private readonly Findings findings;
    private readonly ISimulationStore store;
    private readonly SimulatedClients clients;
    private readonly Commits commits;
    private readonly SeededScheduler scheduler = new();
    private readonly List<Operation> underWay = [];
    private readonly List<SimulatedProcess> processes = [];
    private readonly List<Call> calls = [];
    private Rulebook newest;
    private int runs;
    private bool isCalm;

    public World(ulong seed, ISimulationStore store, Findings findings)
    {
        (this.store, this.findings) = (store, findings);
        chance = new Chance(seed * 0x9E3779B97F4A7C15UL);
        settings = new SimulationSettings(chance);
        time = new SimulatedTime(settings.Begin);
        clients = new SimulatedClients(chance, time, settings);
        commits = new Commits(findings);
        // Before anybody came, by any clock: a publication that clocks disagree about is for the seeds that publish.
        newest = new Rulebook(DefaultRules.Version1(settings.Begin.AddDays(-1)), new Policy(), settings.Calendar);
        for (var number = 1; number <= settings.Processes; number++)
        {
            processes.Add(new SimulatedProcess($"P{number}", store.Open(), time, underWay, commits, findings) { Rulebook = newest });
            processes[^1].Clock.Skew = TimeSpan.FromMilliseconds(chance.Between(-2_000, 2_000));
            processes[^1].Start();
        }
    }

    public async Task Run()
    {
        for (var step = 0; step < settings.Steps && findings.Violations.Count == 0; step++) await Happen();
        if (findings.Violations.Count == 0) await CalmDown();
        findings.Count("commits", commits.Count);
        findings.Count("commits fenced out", commits.FencedOut);
        if (findings.Violations.Count > 0) return;
        new Inspection(settings, clients, newest, time.Now, findings).Look(await store.All(), await store.Causes());
    }

    private async Task Happen()
    {
        findings.Count("steps");
        if (chance.Happens(settings.Kills)) await Strike(chance.Of(processes));
        else
            await (chance.Between(0, 99) switch
            {
                < 55 => Proceed(),
                < 72 => Send(clients.Speak),
                < 79 => Send(() => clients.Retry()),
                < 86 => Pass(settings.Span(time.Now)),
                < 93 => Look(chance.Of(processes), chance.Of(Shards)),
                < 96 => Forget(chance.Of(processes)),
                _ => Govern(),
            });
        Settle();
    }

    /// <summary>The storage carries something out, or answers; now and then it does not, or does it too late.</summary>
    private async Task Proceed()
    {
        if (chance.Happens(0.1))
        {
            await Burst(chance.Of(processes));
            return;
        }
        var ready = underWay.FindAll(operation => !operation.IsDone || !operation.UnreliableLink.Process.IsPaused);
        if (ready.Count == 0) return;
        var operation = chance.Of(ready);
        var faulty = chance.Happens(settings.Faults);
        var listens = !operation.IsOver && !operation.UnreliableLink.Process.IsPaused;
        if (operation.IsDone) await Answer(operation, lost: faulty);
        else if (!faulty || !listens) await CarryOut(operation);
        else if (chance.Happens(0.3)) await Fail(operation, "refused", new OverloadedException("simulated: full"), forGood: true);
        else if (chance.Happens(0.5))
            await Fail(operation, "failed", new StorageUnavailableException("simulated: no connection"), forGood: true);
        else await Fail(operation, "given up while under way", new StorageUnavailableException("simulated: timeout"), forGood: false);
    }

    /// <summary>
    /// What a process asked for of single customers, at once; one of each, for between two of the same the storage would decide, and not
    /// the seed.
    /// </summary>
    private async Task Burst(SimulatedProcess process)
    {
        var all = underWay.Where(
            operation => !operation.IsDone && operation.UnreliableLink == process.UnreliableLink && operation.Customer is not null)
            .DistinctBy(operation => operation.Customer).ToList();
        if (all.Count == 0) return;
        findings.Tell($"{process.Name} has {all.Count} questions carried out at once");
        findings.Count("bursts");
        await Task.WhenAll(all.ConvertAll(operation => operation.CarryOut()));
        foreach (var operation in all) await AfterCarryOut(operation);
    }

    private async Task CarryOut(Operation operation)
    {
        findings.Tell(
            $"{operation.UnreliableLink.Process.Name} {operation.What}: carried out{(operation.IsOver ? ", nobody waits for it" : "")}");
        await operation.CarryOut();
        await AfterCarryOut(operation);
    }

    private async Task AfterCarryOut(Operation operation)
    {
        if (!operation.IsOver) return;
        findings.Count("carried out after whoever asked was gone");
        await operation.Abandon();
        underWay.Remove(operation);
    }

    private Task Send(Func<List<Message>?> make)
    {
        var process = chance.Of(processes);
        if (process.IsPaused || calls.Count >= CallsAtOnceMax || make() is not { } messages) return Task.CompletedTask;
        findings.Tell(
            $"{process.Name} is sent "
                + $"{string.Join(' ', messages.Take(8).Select(message => message.Activity.MessageId))}{(messages.Count > 8 ? " …" : "")} "
                + $"of {messages[0].Customer}");
        findings.Count("requests");
        IReadOnlyList<Activity> activities = [.. messages.Select(message => message.Activity)];
        calls.Add(new Call(process.UnreliableLink, messages, scheduler.Begin(() => process.Record(messages[0].Customer, activities))));
        return Task.CompletedTask;
    }

    private async Task Pass(TimeSpan span)
    {
        if (span > TimeSpan.Zero) time.Pass(span);
        findings.Tell($"it is {time.Now:yyyy-MM-dd HH:mm:ss.fff}");
        if (span.TotalMilliseconds < DatabaseLimits.IdleInTransactionMsMax) return;
        foreach (var process in processes.Where(
            process => process.UnreliableLink.HasOpenTransactions && (process.IsPaused || chance.Happens(0.3))))
        {
            findings.Count("idle transactions ended by the server");
            await process.UnreliableLink.EndTransactions();
        }
    }

    private Task Look(SimulatedProcess process, ShardRange shards)
    {
        if (process.IsPaused || process.Looking is not null) return Task.CompletedTask;
        findings.Tell($"{process.Name} looks who is due in {shards.First}-{shards.Last}");
        findings.Count("looks for who is due");
        process.Look(scheduler, shards);
        return Task.CompletedTask;
    }

    private Task Forget(SimulatedProcess process)
    {
        var customer = clients.Somebody();
        if (!process.IsPaused && process.Forget(customer)) findings.Tell($"{process.Name} forgets {customer}");
        return Task.CompletedTask;
    }

    private Task Govern()
    {
        var process = chance.Of(processes);
        if (process.IsPaused) return Task.CompletedTask;
        if (settings.Publishes && chance.Happens(0.3)) Publish();
        if (settings.PeopleAct && chance.Happens(0.2)) Switch();
        process.Rulebook = newest;
        if (settings.Asks && chance.Happens(0.5)) Ask(process);
        if (settings.PeopleAct && calls.Count < CallsAtOnceMax) Act(process);
        return Task.CompletedTask;
    }

    private void Publish()
    {
        var rules = DefaultRules.Rules;
        var changed = chance.Between(0, rules.Length - 1);
        rules = rules.SetItem(changed, rules[changed] with { Active = chance.Happens(0.5), RequiresApproval = chance.Happens(0.5) });
        newest = newest with { Rules = new RuleSet(newest.Rules.Version + 1, "somebody", time.Now, rules) };
        findings.Tell($"rules {newest.Rules.Version} are published");
        findings.Count("rule sets published");
    }

    private void Ask(SimulatedProcess process)
    {
        var (customer, id) = (clients.Somebody(), $"eval_asked_{++runs}");
        var one = chance.Happens(0.7);
        findings.Tell($"{process.Name} is asked to evaluate {(one ? customer : "everybody")}");
        findings.Count("evaluations asked for");
        calls.Add(
            new Call(process.UnreliableLink, [], scheduler.Begin(() => one ? process.Evaluate(customer) : process.AskForEverybody(id))));
    }

    /// <summary>Everybody goes on until all wait for the storage or for nothing; calls that are over are answered.</summary>
    private void Settle()
    {
        scheduler.RunDry();
        foreach (var process in processes) process.NoteLook();
        foreach (var call in calls.FindAll(call => call.Answer.IsCompleted))
        {
            calls.Remove(call);
            call.Hear(commits, findings, lost: !isCalm && chance.Happens(settings.Faults));
        }
    }

    /// <summary>
    /// No more faults: what was not acknowledged is repeated, and one of the processes, with the state it has, does what is due.
    /// </summary>
    private async Task CalmDown()
    {
        findings.Tell("calm");
        isCalm = true;
        newest = newest with { Policy = new Policy() };
        foreach (var process in processes) (process.IsPaused, process.Clock.Skew, process.Rulebook) = (false, TimeSpan.Zero, newest);
        await Rest();
        while (clients.Retry(all: true) is { } waiting && findings.Violations.Count == 0)
        {
            await Send(() => waiting);
            await Rest();
        }
        // A change of day looks at everybody, and 10 minutes later at those it could not move at first.
        await Pass(settings.Calendar.NextMidnight(time.Now.AddHours(2)) - time.Now + TimeSpan.FromHours(2));
        for (var round = 0; round < 3; round++)
        {
            if (round > 0) await Pass(TimeSpan.FromMinutes(11));
            await Look(chance.Of(processes), ShardRange.All);
            await Rest();
        }
    }

    private async Task Rest()
    {
        Settle();
        for (var step = 0; underWay.Count > 0 && findings.Violations.Count == 0; step++)
        {
            if (step > CalmStepsMax) findings.Add($"Nothing came to rest in {CalmStepsMax} steps.");
            var operation = underWay[0];
            if (operation.IsDone) await Answer(operation, lost: false);
            else await CarryOut(operation);
            Settle();
        }
        if (calls.Count > 0) findings.Add($"{calls.Count} calls were never answered.");
    }
}
