using LStep.Api.Customers;
using LStep.Domain;
using LStep.Domain.Deciding;
using LStep.Grains.Customers;
using LStep.Grains.Customers.Journaling;
using LStep.Silo.Clock;
using LStep.System.Tests.Cluster;
using LStep.Workbench.Simulation;

namespace LStep.System.Tests.Simulation;

/// <summary>Two processes that believe in one customer: what the simulation found once stays found.</summary>
public sealed class ConcurrentCommitTests
{
    private const string Customer = "shared";
    private static readonly DateTimeOffset Begin = new(2026, 3, 2, 9, 30, 0, TimeSpan.Zero);

    private readonly SimulatedTimeProvider clock = new(Begin);
    private readonly MemoryStore store = new();

    [Fact]
    public async Task A_call_held_up_for_days_is_not_recorded_twice_when_its_repeat_went_elsewhere()
    {
        var (held, one) = await HeldUp(Login("repeated"));
        await (await Believes(store)).Record([Login("repeated")]);
        clock.MoveTo(Begin.AddDays(3));

        one.Open.SetResult();

        Assert.Equal(RecordOutcome.Duplicate, Assert.Single((await held).Items).Outcome);
        Assert.Single(Assert.Single(await store.All()).Log, entry => entry.Activity.MessageId == "repeated");
    }

    [Fact]
    public async Task What_another_process_recorded_meanwhile_is_known_also_past_the_memory_of_a_busy_customer()
    {
        var (held, one) = await HeldUp(Login("repeated"));
        await (await Believes(store))
            .Record([.. Enumerable.Range(0, Limits.RecentMessagesMax).Select(number => Login($"m{number}")), Login("repeated")]);

        one.Open.SetResult();

        Assert.Equal(RecordOutcome.Duplicate, Assert.Single((await held).Items).Outcome);
    }

    [Fact]
    public async Task Who_is_due_by_the_row_is_read_again_where_memory_sees_nothing_due()
    {
        await (await Believes(store)).Record([Identify("first", Begin.AddDays(20))]);
        var stale = await Believes(store);
        await (await Believes(store)).Record([Identify("second", Begin)]);
        clock.MoveTo(Begin.AddDays(4));

        await MovesToDeclining(stale);
    }

    [Fact]
    public async Task Who_came_into_being_elsewhere_is_read_when_they_are_due_where_memory_knows_nobody()
    {
        var stranger = await Believes(store);
        await (await Believes(store)).Record([Identify("first", Begin)]);
        clock.MoveTo(Begin.AddDays(4));

        await MovesToDeclining(stranger);
    }

    private async Task MovesToDeclining(CustomerTurns asked)
    {
        Assert.Equal(1, (await asked.CatchUp(clock.GetUtcNow(), batchId: null, asked: false)).Transitions);
        Assert.Equal(StatusTag.Declining, Assert.Single(await store.All()).Customer.State.Tag);
    }

    /// <summary>A call whose commit does not reach the storage before the gate opens.</summary>
    private async Task<(Task<Receipt> Held, Gate Gate)> HeldUp(Activity activity)
    {
        await (await Believes(store)).Record([Login("first")]);
        var gate = new Gate(store);
        return ((await Believes(gate)).Record([activity]), gate);
    }

    private async Task<CustomerTurns> Believes(IJournal journal)
    {
        var turns = new CustomerTurns(Customer, store, journal, clock, new Untold());
        await turns.Load(default);
        return turns;
    }

    private Activity Login(string id) =>
        new() { MessageId = id, Type = ActivityType.Login, OccurredAt = clock.GetUtcNow(), ReceivedAt = clock.GetUtcNow() };

    private Activity Identify(string id, DateTimeOffset enrolledAt) => Login(id) with
    {
        Type = ActivityType.Identify, OccurredAt = clock.GetUtcNow(), Properties = $$"""{"enrolledAt":"{{enrolledAt:O}}"}""",
    };

    private sealed class Untold : ITurnsOwner
    {
        public Rulebook Rulebook { get; } = new(DefaultRules.Version1(Begin), new Policy(), BusinessCalendar.Utc);

        public void Told(Step step) { }

        public void Doubted() { }

        public void Compared(ShadowComparison comparison) { }
    }

    private sealed class Gate(IJournal journal) : IJournal
    {
        public TaskCompletionSource Open { get; } = new();

        public async Task<CommitResult> Commit(Step step, CommitKind kind)
        {
            await Open.Task;
            return await journal.Commit(step, kind);
        }
    }
}
