using LStep.Grains.Customers.Journaling;
using LStep.Grains.Time;
using LStep.Workbench.Simulation;

namespace LStep.System.Tests.Simulation;

/// <summary>
/// Clients, crashes, lost answers, stopped processes and jumping clocks from a seed, over the real turns, due work and journal.
/// </summary>
public sealed class SimulationTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private const int SeedsInMemory = 300;
    private const int SeedsOverPostgres = 20;
    private const int SeedsUntilCaughtMax = 100;

    [Fact]
    public async Task Hundreds_of_seeds_in_memory_lose_nothing_and_double_nothing()
    {
        var result = await Many(SeedsInMemory, () => new MemoryStore());

        Assert.True(result.Seed is null, result.Message);
        Assert.Equal(SeedsInMemory, result.Seeds);
        string[] faults =
        [
            "acknowledgements lost", "acts of people", "acts of people refused", "answers lost", "flags switched",
            "carried out after whoever asked was gone", "clocks stepped", "commits fenced out", "idle transactions ended by the server",
            "messages recognised as repeated", "processes killed", "processes stopped for a while",
        ];
        Assert.All(faults, fault => Assert.True(result.Counts.GetValueOrDefault(fault) > 0, $"Without {fault} it proves little."));
    }

    [Fact]
    public async Task The_same_seeds_leave_the_same_behind_in_memory_and_over_PostgreSQL()
    {
        for (var seed = 1UL; seed <= SeedsOverPostgres; seed++)
        {
            await using var tables = new PostgresStore(postgres.Database);
            await tables.Clear();
            var memory = new MemoryStore();

            var (expected, actual) = (
                await SimulationRun.One(seed, memory, traced: true), await SimulationRun.One(seed, tables, traced: true));

            Assert.Empty(actual.Violations);
            Assert.Equal(expected.Trace, actual.Trace);
            Assert.Equal((await memory.All()).SelectMany(Kept.Lines), (await tables.All()).SelectMany(Kept.Lines));
            Assert.Equal(await memory.Causes(), await tables.Causes());
        }
    }

    [Fact]
    public Task A_store_without_the_fence_is_caught() => IsCaught(durable => durable with { Journal = new Unfenced(durable) });

    [Fact]
    public Task An_acknowledgement_of_what_was_not_written_is_caught() =>
        IsCaught(durable => durable with { Journal = new Forgetful(durable.Journal) });

    [Fact]
    public Task A_transition_of_which_campaigns_know_nothing_is_caught() =>
        IsCaught(durable => durable with { Journal = new WithoutCauses(durable.Journal) });

    [Fact]
    public Task A_lost_memory_of_recent_messages_is_caught() =>
        IsCaught(durable => durable with { Customers = new WithoutRecent(durable.Customers) });

    [Fact]
    public Task A_check_that_never_comes_is_caught() => IsCaught(durable => durable with { Checks = new NobodyDue(durable.Checks) });

    /// <summary>The seed that catches it is named, and catches it again in the same way.</summary>
    private static async Task IsCaught(Func<Durable, Durable> broken)
    {
        var result = await Many(SeedsUntilCaughtMax, () => new BrokenStore(broken));

        var seed = Assert.NotNull(result.Seed);
        Assert.Contains($"--seed {seed} ", result.Message);
        var again = await SimulationRun.One(seed, new BrokenStore(broken), traced: true);
        Assert.Equal(result.Violations, again.Violations);
        Assert.Contains(again.Trace!, line => line.Contains(again.Violations[0]));
    }

    private static Task<SimulationResult> Many(long seeds, Func<ISimulationStore> store) =>
        SimulationRun.Many(1, seeds, TimeSpan.MaxValue, () => Task.FromResult(store()), Environment.ProcessorCount);
}
