using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace LStep.System.Tests.Rules;

/// <summary>What each flag does, on a simulated clock.</summary>
public sealed class FlagTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);

    private LStepHost host = null!;

    public async Task InitializeAsync() => host = await LStepHost.Start(Noon);

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task While_status_tags_are_off_nothing_moves_and_afterwards_it_is_made_up_for_as_of_when_it_was_due()
    {
        await Learns("stays", Noon);
        await Set("status_tags_enabled", false);
        await Progresses("mover", Noon);
        await host.MoveClock(Noon.AddDays(7));
        Assert.Equal("ST_001", await TagOf("mover"));
        Assert.Equal("ST_001", await TagOf("stays"));

        await Set("status_tags_enabled", true);
        await host.MoveClock(Noon.AddDays(7).AddMinutes(1));
        var fell = (await host.Get("/api/customers/stays")).GetProperty("recentTransitions").EnumerateArray()
            .Single(move => move.GetProperty("to").GetString() == "ST_004");
        Assert.Equal(Noon.AddDays(5), fell.GetProperty("dueAt").GetDateTimeOffset());
        Assert.Equal(Noon.AddDays(7), fell.GetProperty("at").GetDateTimeOffset(), TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task While_realtime_evaluation_is_off_customers_move_daily_and_on_demand_only()
    {
        await Set("realtime_evaluation_enabled", false);
        await Progresses("daily", Noon);
        await Progresses("asked", Noon);
        Assert.Equal(("ST_001", "ST_001"), (await TagOf("daily"), await TagOf("asked")));

        using var asked = await host.Client.PostAsync("/api/customers/asked/evaluation", null);
        Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
        Assert.Equal(("ST_001", "ST_002"), (await TagOf("daily"), await TagOf("asked")));
        await host.MoveClock(new DateTimeOffset(2026, 3, 11, 0, 0, 0, TimeSpan.Zero));
        Assert.Equal("ST_002", await TagOf("daily"));
    }

    [Fact]
    public async Task Realtime_evaluation_switched_on_again_looks_at_everybody_at_once()
    {
        await Set("realtime_evaluation_enabled", false);
        await Progresses("missed", Noon);
        await Set("realtime_evaluation_enabled", true);
        await host.MoveClock(Noon);
        Assert.Equal("ST_002", await TagOf("missed"));
    }

    [Fact]
    public async Task While_auto_apply_is_off_every_move_is_a_review_and_afterwards_what_needs_nobody_is_applied()
    {
        await Set("auto_apply_enabled", false);
        await Progresses("reviewed", Noon);
        var review = (await host.Get("/api/customers/reviewed")).GetProperty("openReview");
        Assert.Equal(["auto_apply_off"], review.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetString()));
        Assert.Equal("ST_001", await TagOf("reviewed"));

        await Set("auto_apply_enabled", true);
        await host.MoveClock(Noon);
        Assert.Equal("ST_002", await TagOf("reviewed"));
        Assert.Equal(JsonValueKind.Null, (await host.Get("/api/customers/reviewed")).GetProperty("openReview").ValueKind);
        Assert.Equal("flags", (await host.Get("/api/evaluations")).GetProperty("items")[0].GetProperty("scope").GetString());
    }

    [Fact]
    public async Task The_roll_out_reaches_the_same_customers_always_and_more_of_them_as_it_grows()
    {
        await Set("rollout_percentage", 30);
        string[] all = [.. Enumerable.Range(0, 60).Select(n => $"rolled-{n}")];
        foreach (var id in all) await Progresses(id, Noon);
        var early = await Moved(all);
        Assert.InRange(early.Count, 5, 35);
        var held = await host.Get($"/api/customers/{all.First(id => !early.Contains(id))}/evaluation");
        Assert.Equal(("ST_002", "shadow", false), (
            held.GetProperty("recommended").GetString(), held.GetProperty("held").GetString(),
            held.GetProperty("wouldApply").GetBoolean()));

        await Set("rollout_percentage", 70);
        await host.MoveClock(Noon);
        var more = await Moved(all);
        Assert.InRange(more.Count, early.Count + 1, all.Length - 1);
        Assert.Subset(more, early);
        await Set("rollout_percentage", 100);
        await host.MoveClock(Noon);
        Assert.Equal(all.Length, (await Moved(all)).Count);
    }

    [Fact]
    public async Task A_flag_that_stays_what_it_was_looks_at_nobody_and_one_that_changes_again_and_again_leaves_one_run()
    {
        await Set("rollout_percentage", 100);
        await Set("campaigns_enabled", false);
        await Set("shadow_rules", 1);
        Assert.Equal(0, (await host.Get("/api/evaluations")).GetProperty("items").GetArrayLength());

        for (var share = 0; share < 20; share++) await Set("rollout_percentage", share);
        await host.MoveClock(Noon);
        var batches = (await host.Get("/api/evaluations")).GetProperty("items").EnumerateArray().ToList();
        Assert.All(batches, batch => Assert.NotEqual(JsonValueKind.Null, batch.GetProperty("finishedAt").ValueKind));
    }

    private async Task<HashSet<string>> Moved(IEnumerable<string> ids)
    {
        var moved = new HashSet<string>();
        foreach (var id in ids)
            if (await TagOf(id) == "ST_002") moved.Add(id);
        return moved;
    }

    private async Task<string> TagOf(string id) => (await host.Get($"/api/customers/{id}")).GetProperty("tag").GetString()!;

    private Task Learns(string id, DateTimeOffset at) => host.Post(Messages.Track(id, "Lesson Completed", at, new { lessonId = "l1" }));

    private Task Progresses(string id, DateTimeOffset at) => host.Post(
        Messages.Track(id, "Module Completed", at, new { moduleId = "m1" }, id + "-1"),
        Messages.Track(id, "Module Completed", at, new { moduleId = "m2" }, id + "-2"),
        Messages.Track(id, "Quiz Completed", at, new { score = 90 }));

    private async Task Set(string flag, object value)
    {
        using var answer = await host.Client.PutAsJsonAsync($"/api/flags/{flag}", new { value });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }
}
