using System.Text.Json;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Time;

public sealed class SilenceTests
{
    private static readonly DateTimeOffset LastSeen = new(2026, 3, 4, 10, 17, 23, 456, TimeSpan.Zero);
    private static readonly DateTimeOffset FiveDaysLater = LastSeen.AddDays(5);

    [Fact]
    public async Task A_learner_who_falls_silent_declines_at_the_instant_the_five_days_are_over_and_not_at_the_day_change()
    {
        await using var host = await LStepHost.Start(LastSeen);
        await OneLearner(host);

        await host.MoveClock(FiveDaysLater.AddMilliseconds(-1));
        Assert.Equal("ST_001", (await host.Get("/api/customers/silent")).GetProperty("tag").GetString());

        await host.MoveClock(FiveDaysLater);
        await Declined(host);
    }

    [Fact]
    public async Task A_process_that_was_down_across_the_instant_makes_it_up_with_the_same_due_time()
    {
        var database = await PostgresFixture.FreshDatabase();
        await using (var before = await LStepHost.Start(LastSeen, database))
        {
            await OneLearner(before);
            await before.MoveClock(LastSeen.AddDays(2));
        }

        await using var after = await LStepHost.Start(LastSeen.AddDays(9), database);

        var moved = await Declined(after);
        Assert.True(moved.GetProperty("at").GetDateTimeOffset() >= FiveDaysLater);
    }

    [Fact]
    public async Task What_several_learners_make_due_comes_into_the_ledger_in_the_order_of_the_due_instants()
    {
        await using var host = await LStepHost.Start(LastSeen);
        foreach (var minutes in new[] { 50, 10, 40, 20, 30 })
        {
            var at = LastSeen.AddMinutes(minutes - 60);
            await host.Post(
                Identify($"s{minutes}", at, new { enrolledAt = LastSeen.AddDays(-20) }), Track($"s{minutes}", "Lesson Completed", at));
        }

        await host.MoveClock(LastSeen.AddDays(40));

        var due = (await host.Get("/api/transitions?limit=500")).GetProperty("items").EnumerateArray()
            .Where(t => t.GetProperty("from").ValueKind != JsonValueKind.Null).Select(t => t.GetProperty("dueAt").GetDateTimeOffset())
                .ToList();
        Assert.True(due.Count >= 10, $"{due.Count} moves");
        Assert.Equal(due.Order(), due);
    }

    [Fact]
    public async Task Every_business_midnight_leaves_the_record_of_a_run_over_everybody()
    {
        await using var host = await LStepHost.Start(LastSeen);
        await OneLearner(host);

        await host.MoveClock(LastSeen.AddDays(3));

        var runs = (await host.Get("/api/evaluations")).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(3, runs.Count);
        Assert.All(runs, run =>
        {
            Assert.StartsWith("eval_", run.GetProperty("id").GetString());
            Assert.Equal((1, 1, 0), (
                run.GetProperty("total").GetInt32(), run.GetProperty("evaluated").GetInt32(), run.GetProperty("errors").GetInt32()));
            Assert.NotEqual(JsonValueKind.Null, run.GetProperty("finishedAt").ValueKind);
        });
    }

    private static Task OneLearner(LStepHost host) => host.Post(
        Identify("silent", LastSeen, new { enrolledAt = LastSeen.AddDays(-20) }),
        Track("silent", "Lesson Completed", LastSeen, new { lessonId = "l1" }));

    private static async Task<JsonElement> Declined(LStepHost host)
    {
        Assert.Equal("ST_004", (await host.Get("/api/customers/silent")).GetProperty("tag").GetString());
        var moved = (await host.Get("/api/transitions")).GetProperty("items").EnumerateArray()
            .Single(t => t.GetProperty("to").GetString() == "ST_004");
        Assert.Equal(FiveDaysLater, moved.GetProperty("dueAt").GetDateTimeOffset());
        Assert.Equal("At-risk detection", moved.GetProperty("rule").GetString());
        return moved;
    }
}
