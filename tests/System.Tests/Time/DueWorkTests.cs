using System.Net.Http.Json;
using System.Text.Json;
using LStep.Domain.Deciding;
using LStep.Grains.Customers;
using Npgsql;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Time;

/// <summary>What the runs over the population reach, and when.</summary>
public sealed class DueWorkTests
{
    private static readonly DateTimeOffset Begin = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task An_import_that_comes_to_nothing_is_settled_for_good_after_60_seconds()
    {
        await using var host = await LStepHost.Start(Begin);
        await Import(host, Track("quiet", "Logged In", Begin.AddHours(-1)));
        Assert.Equal(Begin.AddSeconds(60), NextCheck(await host.Get("/api/customers/quiet")));

        await host.MoveClock(Begin.AddSeconds(60));

        // Not settled, it would be due again at once.
        Assert.True(NextCheck(await host.Get("/api/customers/quiet")) > host.Now.AddMinutes(1));
        Assert.Equal(Begin.AddSeconds(60), await Evaluated(host, "quiet"));
    }

    [Fact]
    public async Task What_an_import_comes_to_is_the_only_row_assigned_by_import()
    {
        await using var host = await LStepHost.Start(Begin);
        await Import(host,
            Track("past", "Module Completed", Begin.AddHours(-3)), Track("past", "Module Completed", Begin.AddHours(-2)),
            Track("past", "Quiz Completed", Begin.AddHours(-1), new { score = 90 }));
        await host.MoveClock(Begin.AddSeconds(59));
        Assert.Equal("ST_001", (await host.Get("/api/customers/past")).GetProperty("tag").GetString());
        await host.MoveClock(Begin.AddSeconds(60));

        var row = Assert.Single(Rows(await host.Get("/api/transitions")), row => row.GetProperty("assignedBy").GetString() == "import");
        Assert.Equal(("ST_001", "ST_002"), (row.GetProperty("from").GetString(), row.GetProperty("to").GetString()));
        Assert.Equal(Begin.AddSeconds(60), row.GetProperty("dueAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task A_requested_run_reaches_those_who_came_at_the_very_instant_it_was_asked_for()
    {
        await using var host = await LStepHost.Start(Begin);
        await host.Post(Track("new", "Logged In", Begin));

        var batch = await (await host.Client.PostAsync("/api/evaluations", null)).Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(1, batch.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task A_move_that_the_change_of_day_makes_belongs_to_the_daily_run()
    {
        await using var host = await LStepHost.Start(Begin);
        await host.Post(Identify("stale", Begin, new { enrolledAt = Begin.AddDays(-5) }), Track("stale", "Lesson Completed", Begin));
        for (var day = 3; day <= 27; day += 3)
        {
            await host.MoveClock(Begin.AddDays(day));
            await host.Post(Track("stale", "Logged In", host.Now));
        }

        // The one lesson leaves the 30 days at this midnight; the day before, a check of its own was due.
        var midnight = new DateTimeOffset(2026, 2, 4, 0, 0, 0, TimeSpan.Zero);
        await host.MoveClock(midnight.AddHours(1));

        var row = Assert.Single(Rows(await host.Get("/api/transitions")), row => row.GetProperty("to").GetString() == "ST_004");
        Assert.Equal(("Learning stagnation", midnight, midnight), (
            row.GetProperty("rule").GetString(), row.GetProperty("dueAt").GetDateTimeOffset(), row.GetProperty("at").GetDateTimeOffset()));
        Assert.Equal("eval_2026-02-04", row.GetProperty("batchId").GetString());
        Assert.Equal(1, (await host.Get("/api/evaluations/eval_2026-02-04")).GetProperty("transitions").GetInt32());
    }

    [Fact]
    public async Task A_commit_that_takes_until_after_midnight_makes_up_what_the_daily_run_could_not_see()
    {
        await using var host = await LStepHost.Start(Begin);
        await host.Post(Identify("late", Begin, new { enrolledAt = Begin.AddDays(10) }), Track("late", "Lesson Completed", Begin));
        for (var day = 3; day <= 27; day += 3)
        {
            await host.MoveClock(Begin.AddDays(day));
            await host.Post(Track("late", "Logged In", host.Now));
        }
        var midnight = new DateTimeOffset(2026, 2, 4, 0, 0, 0, TimeSpan.Zero);
        await host.MoveClock(midnight.AddSeconds(-1));

        // By this word the rule holds as soon as the one lesson leaves the 30 days, at midnight; the row lets nobody know before it is
        // over.
        await using var source = NpgsqlDataSource.Create(host.ConnectionString);
        await using var holder = await source.OpenConnectionAsync();
        await using var held = await holder.BeginTransactionAsync();
        await using (var block = new NpgsqlCommand(
            "SELECT 1 FROM customer_states WHERE customer_id = 'late' FOR UPDATE", holder)) await block.ExecuteNonQueryAsync();
        var posting = host.Post(Identify("late", host.Now, new { enrolledAt = Begin.AddDays(-10) }));
        await Signals.UntilAsync(async () =>
        {
            await using var waiting = source.CreateCommand(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'");
            return await waiting.ExecuteScalarAsync() is > 0L;
        });
        await host.MoveClock(midnight.AddHours(1));
        Assert.Equal(0, (await host.Get("/api/evaluations/eval_2026-02-04")).GetProperty("transitions").GetInt32());
        await held.CommitAsync();
        await posting;

        var row = Assert.Single(Rows(await host.Get("/api/transitions")), row => row.GetProperty("to").GetString() == "ST_004");
        Assert.Equal(
            ("Learning stagnation", midnight), (row.GetProperty("rule").GetString(), row.GetProperty("dueAt").GetDateTimeOffset()));
    }

    [Fact]
    public async Task The_next_check_of_somebody_for_whom_nothing_else_is_due_is_the_next_change_of_day()
    {
        await using var host = await LStepHost.Start(Begin);
        await host.Post(Identify("gone", Begin, new { enrolledAt = Begin.AddDays(-40) }), Track("gone", "Lesson Completed", Begin));
        await host.MoveClock(Begin.AddDays(60));

        var customer = await host.Get("/api/customers/gone");

        Assert.Equal("ST_006", customer.GetProperty("tag").GetString());
        var midnight = new DateTimeOffset(2026, 3, 7, 0, 0, 0, TimeSpan.Zero);
        Assert.Equal((midnight, midnight), (NextCheck(customer), NextCheck(await host.Get("/api/customers/gone/evaluation"))));
    }

    private static async Task Import(LStepHost host, params object[] messages)
    {
        var answer = await host.Ingest.PostAsJsonAsync("/v1/import", new { batch = messages });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<DateTimeOffset> Evaluated(LStepHost host, string customer)
    {
        await using var store = new CustomerStore(host.Database);
        var state = (await store.Load(customer))!;
        Assert.Null(state.ImportedAt);
        return state.EvaluatedAt;
    }

    private static List<JsonElement> Rows(JsonElement page) => [.. page.GetProperty("items").EnumerateArray()];

    private static DateTimeOffset? NextCheck(JsonElement json) =>
        json.GetProperty("nextCheckAt") is { ValueKind: JsonValueKind.String } at ? at.GetDateTimeOffset() : null;
}
