using LStep.Domain;
using LStep.Domain.Deciding;
using LStep.Grains.Customers.Journaling;
using LStep.Grains.Database;
using LStep.Grains.Operations.Verifying;
using LStep.Grains.Time.Daily;
using LStep.Grains.Time.Figures;
using LStep.System.Tests.Cluster;
using Microsoft.Extensions.Logging.Abstractions;

namespace LStep.System.Tests.Operations;


#pragma warning disable CA1001 // DisposeAsync of IAsyncLifetime is the end of it.
public sealed class VerifyTests : IAsyncLifetime
{
    private static readonly Rulebook Book = new(DefaultRules.Version1(Steps.Noon), new Policy(), BusinessCalendar.Utc);
    private PostgresDatabase database = null!;

    public async Task InitializeAsync()
    {
        database = new PostgresDatabase(await PostgresFixture.FreshDatabase());
        await using var journal = new Journal(database, new Partitions(database), NullLogger<Journal>.Instance);
        await Task.WhenAll(Enumerable.Range(0, 30).Select(i => Live(journal, $"learner-{i}", i)));
        // No silo is there that would plan campaigns.
        await Execute("UPDATE campaign_causes SET planned_at = at, actions = 0");
    }

    public async Task DisposeAsync() => await database.DisposeAsync();

    [Fact]
    public async Task What_the_lifecycle_wrote_has_no_differences()
    {
        var seen = new List<VerifyProgress>();
        var result = await Run(seen.Add);
        Assert.True(result.Same, string.Join('\n', result.Differences));
        Assert.Equal(30, result.Customers);
        Assert.True(result.LedgerRows > 30);
        Assert.True(result.Decisions > 0);
        Assert.Equal(new VerifyProgress(30, 30, 0), seen[^1]);
    }

    [Theory]
    [InlineData("DELETE FROM activities WHERE message_id = 'm-3-1'", "totals")]
    [InlineData("UPDATE customers SET name = 'Somebody' WHERE customer_id = 'learner-3'", "profile")]
    [InlineData("UPDATE customer_states SET tag = 'ST_003' WHERE customer_id = 'learner-3'", "state")]
    [InlineData("UPDATE customer_status_assignments SET tag = 'ST_006' WHERE customer_id = 'learner-3' AND number = 1", "ledger")]
    [InlineData("UPDATE daily_learning_metrics SET engagement_score = 99 WHERE customer_id = 'learner-3'", "daily_rows")]
    [InlineData("UPDATE customer_foresight SET overall = 99 WHERE customer_id = 'learner-3'", "figures")]
    [InlineData("DELETE FROM customer_figures WHERE customer_id = 'learner-3'", "figures")]
    [InlineData("UPDATE customer_foresight SET churn = 0.5 WHERE customer_id = 'learner-3'", "figures")]
    [InlineData("DELETE FROM customer_foresight WHERE customer_id = 'learner-3'", "figures")]
    [InlineData("INSERT INTO customer_foresight (customer_id) VALUES ('nobody')", "stray")]
    [InlineData("UPDATE customer_search SET folded = 'SOMEBODY' WHERE customer_id = 'learner-3'", "figures")]
    [InlineData("DELETE FROM decisions WHERE number = 1", "decision")]
    [InlineData("UPDATE decisions SET record = jsonb_set(record, '{outcome,to}', '\"ST_003\"') WHERE number = 1", "decision")]
    [InlineData("UPDATE customer_states SET customer_id = 'renamed' WHERE customer_id = 'learner-3'", "stray")]
    [InlineData("DELETE FROM campaign_causes WHERE customer_id = 'learner-3' AND number = 1", "campaign")]
    [InlineData("UPDATE campaign_causes SET actions = 1 WHERE customer_id = 'learner-3'", "campaign")]
    [InlineData("UPDATE campaign_causes SET planned_at = NULL WHERE customer_id = 'learner-3'", "campaign")]
    public async Task Tampering_is_found(string tampering, string what)
    {
        await Run();
        await Execute(tampering);
        Assert.Contains((await Run()).Differences, d => d.What == what);
    }

    [Fact]
    public async Task A_log_that_came_from_another_server_is_looked_at_as_closely()
    {
        await Run();
        await Execute("UPDATE activities SET xid = (xid::text::bigint + 1000000)::text::xid8");
        await Execute("UPDATE daily_metrics_progress SET through = (through::text::bigint + 1000000)::text::xid8");
        await Execute("UPDATE settings SET value = 'another server' WHERE name = 'log_server'");
        Assert.True((await Run()).Same);

        await Execute("DELETE FROM daily_learning_metrics WHERE customer_id = 'learner-3'");

        Assert.Contains((await Run()).Differences, d => d is { What: "daily_rows", CustomerId: "learner-3" });
    }

    [Fact]
    public async Task What_is_due_and_unapplied_for_more_than_a_minute_is_found()
    {
        var result = await new Verify(database, new DailyRows(database), new FigureRows(database)).Run(Book, Steps.Noon.AddDays(12));
        Assert.Contains(result.Differences, d => d.What == "overdue");
    }

    private async Task Execute(string sql)
    {
        await using var command = database.Source.CreateCommand(sql);
        Assert.True(await command.ExecuteNonQueryAsync() > 0);
    }

    private Task<VerifyResult> Run(Action<VerifyProgress>? progress = null) =>
        new Verify(database, new DailyRows(database), new FigureRows(database)).Run(Book, Steps.Noon.AddDays(10), progress);

    /// <summary>A learner who is active for some days, then silent, as the lifecycle decides it up to day 10.</summary>
    private static async Task Live(Journal journal, string id, int number)
    {
        CustomerState? state = null;
        for (var day = 0; day <= number % 8; day++)
        {
            var at = Steps.Noon.AddDays(day);
            Activity[] activities =
            [
                Steps.Login($"m-{number}-{day}", at),
                Steps.Login($"l-{number}-{day}", at.AddMinutes(-10)) with {
                    Type = ActivityType.ModuleCompleted, Event = "Module Completed", Subject = $"module-{day}" },
                Steps.Login($"a-{number}-{day}", at.AddMinutes(-20)) with {
                    Type = ActivityType.AssessmentTaken, Event = "Quiz Completed", Score = 75.5m },
                Steps.Login($"i-{number}-{day}", at.AddMinutes(-30)) with { Type = ActivityType.Identify, Event = "",
                    Properties = $$"""{"plan":"Pro","ltv":{{number}}.50,"name":"N {{day}}","nested":{"b":1,"a":[1.0]} }""" },
            ];
            var step = Lifecycle.Record(id, state, activities, Book, at);
            Assert.IsType<CommitResult.Committed>(await journal.Commit(step));
            state = step.After;
        }
        var silent = Lifecycle.CatchUp(state!, Book, Steps.Noon.AddDays(10), Steps.Noon.AddDays(10));
        Assert.IsType<CommitResult.Committed>(await journal.Commit(silent, CommitKind.TimeDriven));
    }
}
