using LStep.Domain;
using LStep.Grains.Analytics;
using Microsoft.Extensions.DependencyInjection;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Analytics;

/// <summary>The day tables say what SQL over the ledger says, whatever became of it.</summary>
public sealed class FiguresTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Begin = LearnersOfAQuarter.Begin;
    private LStepHost host = null!;
    private LearnersOfAQuarter learners = null!;

    public async Task InitializeAsync()
    {
        host = await LStepHost.Start(Begin);
        learners = new LearnersOfAQuarter(host);
        await learners.Come();
    }

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task A_quarter_of_learning_and_deciding_is_counted_as_the_ledger_has_it()
    {
        await learners.Live(0, 30);
        await learners.Decide();
        await learners.Agrees();
        await learners.Live(30, 70);
        await learners.Decide();
        await host.MoveClock(Begin.AddDays(110));
        await learners.Decide();
        await learners.Agrees();

        foreach (var measure in LedgerSql.OfMeasure.Keys)
            Assert.True((await learners.Rows(LedgerSql.Counted, measure)).Count > 0, $"nothing of {measure} came about");
        // The running sum of moves is what the states say.
        Assert.Equal(
            (await learners.Rows("SELECT tag, count(*)::text FROM customer_states GROUP BY tag")).Order(),
            (await learners.Rows("""
                SELECT t.tag, sum(t.count)::text FROM (
                    SELECT to_tag AS tag, count FROM analytics_days WHERE measure = 'moved'
                    UNION ALL SELECT from_tag, -count FROM analytics_days WHERE measure = 'moved') AS t
                WHERE t.tag <> '' GROUP BY t.tag HAVING sum(t.count) <> 0
                """)).Order());
    }

    [Fact]
    public async Task What_is_taken_back_one_by_one_or_as_a_batch_is_taken_off_again()
    {
        await learners.Send("PUT", "/api/flags/realtime_evaluation_enabled", new { value = false });
        await host.MoveClock(Begin.AddDays(12));
        await learners.Agrees();
        var flow = await learners.Rows("SELECT day, count FROM analytics_days WHERE measure = 'flow'");
        Assert.NotEmpty(flow);

        var row = (await learners.Latest())[0];
        await learners.Send("POST", $"/api/transitions/{row}/undo", new { });
        await learners.Agrees();
        var batches = await learners.Texts("SELECT DISTINCT batch_id FROM customer_status_assignments WHERE batch_id IS NOT NULL");
        foreach (var batch in batches) await learners.Send("POST", "/api/undo", new { batch, cascade = true });
        await learners.Agrees();

        Assert.Equal(["0"], await learners.Texts("SELECT coalesce(sum(count), 0)::text FROM analytics_days WHERE measure = 'flow'"));
        Assert.Empty(await learners.Rows("SELECT * FROM analytics_days WHERE count = 0"));
    }

    [Fact]
    public async Task Another_tier_and_another_start_take_all_of_a_customer_along()
    {
        await learners.Live(0, 20);
        await learners.Agrees();
        await host.Post(
            Identify("q0", host.Now, new { tier = "Freemium" }, "q0-tier"),
            Identify("q2", host.Now, new { startsAt = Begin.AddDays(40) }, "q2-starts"));
        await learners.Agrees();
        Assert.Equal(["Freemium"], await learners.Texts("SELECT tier FROM analytics_customers WHERE customer_id = 'q0'"));
        Assert.Equal(["2026-03-01"], await learners.Texts("SELECT start_day::text FROM analytics_customers WHERE customer_id = 'q2'"));
        await host.Post(Identify("q0", host.Now, new { tier = "Freemium", name = "Q" }, "q0-name"));
        Assert.Empty(await learners.Rows("SELECT * FROM analytics_changed"));
    }

    [Fact]
    public async Task Whom_an_erasure_took_counts_on_without_tier_and_start_and_is_in_no_tag()
    {
        await learners.Live(0, 40);
        await learners.Decide();
        await learners.Agrees();
        foreach (var id in new[] { "q0", "q4", "q5" })
        {
            using var answer = await host.Client.DeleteAsync($"/api/customers/{id}");
            Assert.True(answer.IsSuccessStatusCode);
        }
        await learners.Agrees();
        Assert.Empty(await learners.Rows("SELECT * FROM analytics_removed"));
        Assert.Empty(await learners.Rows("SELECT * FROM analytics_customers WHERE customer_id IN ('q0', 'q4', 'q5')"));
        Assert.Equal(3, (
            await learners.Rows("SELECT customer_id FROM analytics_customers WHERE start_day IS NULL AND tier = '' AND level = ''")).Count);
    }

    [Fact]
    public async Task The_engagement_level_is_known_once_28_days_are_over_and_follows_late_events()
    {
        await learners.Live(0, 26);
        await learners.Agrees();
        await host.MoveClock(Begin.AddDays(27));
        await host.Services.GetRequiredService<AnalyticsFigures>().UpToDate(CancellationToken.None);
        Assert.Empty(await learners.Rows("SELECT * FROM analytics_customers WHERE level <> '' AND start_day = '2026-01-20'"));
        await host.MoveClock(Begin.AddDays(28));
        await learners.HaveLevels(DateOnly.FromDateTime(host.Now.UtcDateTime));
        await learners.Agrees();

        // One who was silent: what its device kept for two weeks raises the mean from low to medium.
        await host.Post([.. Enumerable.Range(0, 28).SelectMany(day => Enumerable.Range(0, 4).Select(session => Track(
            "q1", "Feature Used", Begin.AddDays(day).AddHours(-session), new { featureId = $"f{session}" }, $"late-{day}-{session}")))]);
        await learners.HaveLevels(DateOnly.FromDateTime(host.Now.UtcDateTime));
        Assert.Equal(["high"], await learners.Texts("SELECT level FROM analytics_customers WHERE customer_id = 'q1'"));
        await learners.Agrees();
    }

    [Fact]
    public async Task A_damaged_figure_is_found_and_counting_afresh_mends_it()
    {
        await learners.Live(0, 20);
        await learners.Agrees();
        foreach (var damage in Damages)
        {
            await learners.Change(damage);
            var found = await learners.Differences();
            Assert.True(found.Any(one => one.Contains("figures", StringComparison.Ordinal)), damage);
            await learners.Change(LearnersOfAQuarter.CountAfresh);
            await learners.Verified();
        }
        await learners.Agrees();
    }

    private static readonly string[] Damages =
    [
        "UPDATE analytics_days SET count = count + 1 WHERE ctid = (SELECT ctid FROM analytics_days WHERE measure = 'moved' LIMIT 1)",
        "DELETE FROM analytics_days WHERE ctid = (SELECT ctid FROM analytics_days WHERE measure = 'mastery_due' LIMIT 1)",
        "INSERT INTO analytics_days VALUES ('flow', '2026-02-01', 'Pro', '', 'ST_001', 'ST_002', 1, 7)",
        "UPDATE analytics_customers SET tier = 'Pro' WHERE customer_id = 'q0'",
        "UPDATE analytics_customers SET level = 'high' WHERE customer_id = 'q1'",
        "UPDATE analytics_customers SET contributions = '\\x0100' WHERE customer_id = 'q3'",
        "SET session_replication_role = replica; DELETE FROM analytics_customers WHERE customer_id = 'q3'; RESET session_replication_role",
        "UPDATE analytics_customers SET customer_id = 'x' WHERE customer_id = 'q3'",
    ];

    [Fact]
    public async Task Several_processes_that_count_a_filled_ledger_count_it_once()
    {
        await learners.Live(0, 40);
        await learners.Decide();
        var through = await learners.Agrees();
        // As after an upgrade: the ledger is full, and nothing of it was counted.
        await learners.Change(LearnersOfAQuarter.CountAfresh);

        var today = DateOnly.FromDateTime(host.Now.UtcDateTime);
        var several = Enumerable.Range(0, 3).Select(_ => new Folding(host.Database).Flush(BusinessCalendar.Utc, today));
        await Task.WhenAll([.. several, host.Services.GetRequiredService<AnalyticsFigures>().UpToDate(CancellationToken.None)]);

        Assert.Equal(through, await learners.Agrees());
        await learners.HaveLevels(today);
    }

    [Fact]
    public async Task A_reader_is_answered_within_seconds_while_another_process_counts()
    {
        await learners.Live(0, 4);
        var before = await learners.Agrees();
        await using (var held = await HeldTable.Hold(host.ConnectionString, "analytics_days"))
        {
            await host.MoveClock(Begin.AddDays(12));
            var asked = host.Services.GetRequiredService<AnalyticsFigures>().UpToDate(CancellationToken.None);
            Assert.Equal(before, (await asked.WaitAsync(TimeSpan.FromSeconds(20))).Through);
            await held.LetGo();
        }
        Assert.True(await learners.Agrees() > before);
    }

    [Fact]
    public async Task The_worker_follows_without_being_asked()
    {
        await learners.Live(0, 10);
        await Signals.UntilAsync(async () => (await learners.Rows(
            "SELECT 1 FROM analytics_progress WHERE ledger = (SELECT max(id) FROM customer_status_assignments)")).Count == 1);
        await learners.Agrees();
    }
}
