using LStep.Domain;
using LStep.Domain.Deciding;
using LStep.Grains;
using LStep.Grains.Customers;
using LStep.Grains.Time;
using Microsoft.Extensions.Logging;

namespace LStep.Workbench.Simulation;

/// <summary>
/// One silo process: customers in its memory, one set of turns for each it has loaded, and due work. It may be killed, stand still, and
/// have a clock of its own. Nothing of what it decides is simulated.
/// </summary>
internal sealed class SimulatedProcess(
    string name, Durable durable, SimulatedTime time, List<Operation> underWay, Commits commits, Findings findings) : ILogger<DueWork>
{
    private readonly Dictionary<string, Task<CustomerTurns>> activations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> calls = new(StringComparer.Ordinal);
    private DueWork? due;

    public string Name { get; } = name;

    public ProcessClock Clock { get; } = new(time);

    /// <summary>It is stopped: what it asked for is carried out, and it gets no answer.</summary>
    public bool IsPaused { get; set; }

    public Rulebook Rulebook { get; set; } = null!;

    public UnreliableLink UnreliableLink { get; private set; } = null!;

    public Task? Looking { get; private set; }

    public void Start()
    {
        UnreliableLink = new UnreliableLink(this, durable, underWay, commits);
        activations.Clear();
        calls.Clear();
        (IsPaused, Looking) = (false, null);
        due = new DueWork(UnreliableLink, UnreliableLink, CatchUp, beforeDay: (_, _) => Task.CompletedTask, () => Rulebook, Clock, this);
    }

    public async Task<Receipt> Record(string customer, IReadOnlyList<Activity> activities)
    {
        var now = Clock.Now();
        return await With(customer, turns => turns.Record([.. activities.Select(activity => activity with { ReceivedAt = now })]));
    }

    public Task<bool> Evaluate(string customer) => With(customer, async turns =>
    {
        if (turns.IsKnown) await turns.Evaluate(by: null);
        return true;
    });

    /// <param name="choose">From what is believed of the customer; null when there is nothing to do.</param>
    public Task<bool> Act(string customer, string reason, Func<CustomerState, CustomerAct?> choose) => With(customer, async turns =>
    {
        if (turns.State() is not { } state || choose(state) is not { } act) return false;
        var result = await turns.Act(act);
        findings.Count(result.Refusal == ActRefusal.None ? "acts of people" : "acts of people refused");
        var isDone = result.Refusal == ActRefusal.None && (result.Rows.Length > 0 || act is RejectReview);
        if (isDone && !commits.HasAct(reason)) findings.Add($"{reason} on {customer} was acknowledged and is not committed.");
        return isDone;
    });

    public async Task<bool> AskForEverybody(string id)
    {
        await UnreliableLink.Open(id, "all", Clock.Now(), Clock.Now(), default);
        return true;
    }

    /// <summary>As a shard's grain does every few seconds.</summary>
    public void Look(SeededScheduler scheduler, ShardRange shards) => Looking = scheduler.Begin(async () =>
    {
        await due!.RunDue(shards, Clock.Now(), reach: null, default);
        await due.RunRequested(shards, default);
        return true;
    });

    public void NoteLook()
    {
        if (Looking is not { IsCompleted: true }) return;
        if (Call.Unexpected(Looking) is { } exception) findings.Add($"{Name} failed while it looked for who is due: {exception}");
        Looking = null;
    }

    /// <summary>Those of whom nothing is asked right now may leave memory at any time.</summary>
    public bool Forget(string customer) => calls.GetValueOrDefault(customer) == 0 && activations.Remove(customer);

    private Task<CatchUpResult> CatchUp(string customer, DateTimeOffset upTo, string? batchId, bool asked)
    {
        findings.Tell($"{Name} has something due for {customer} at {upTo:u}");
        return With(customer, turns => turns.CatchUp(upTo, batchId, asked));
    }

    private async Task<T> With<T>(string customer, Func<CustomerTurns, Task<T>> call)
    {
        calls[customer] = calls.GetValueOrDefault(customer) + 1;
        try
        {
            if (!activations.TryGetValue(customer, out var activated)) activations[customer] = activated = Activate(customer);
            return await call(await activated);
        }
        finally
        {
            calls[customer]--;
        }
    }

    private async Task<CustomerTurns> Activate(string customer)
    {
        CustomerTurns turns = null!;
        void Leave()
        {
            if (activations.GetValueOrDefault(customer) is { } mine
                && (!mine.IsCompleted || mine is { IsCompletedSuccessfully: true, Result: var own } && own == turns))
                activations.Remove(customer);
        }
        turns = new CustomerTurns(customer, UnreliableLink, UnreliableLink, Clock, new Activation(() => Rulebook, Leave));
        try
        {
            await turns.Load(default);
            return turns;
        }
        catch
        {
            Leave();
            throw;
        }
    }

    /// <summary>Stands in for the grain.</summary>
    private sealed class Activation(Func<Rulebook> rulebook, Action leave) : ITurnsOwner
    {
        public Rulebook Rulebook => rulebook();

        public void Told(Step step) { }

        public void Doubted() => leave();

        public void Compared(ShadowComparison comparison) { }
    }

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    void ILogger.Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (logLevel >= LogLevel.Error) findings.Add($"{Name} logged: {formatter(state, exception)} {exception}");
    }
}
