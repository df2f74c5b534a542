using System.Text.Json;
using LStep.Api.Rules;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Customers;

/// <summary>The cases of the contract that must hold, by name, over HTTP and a simulated clock.</summary>
public sealed class ContractCases
{
    private static readonly DateTimeOffset Begin = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Case_1_a_new_Pro_customer_with_three_sessions_two_modules_and_a_75_progresses_at_0_871()
    {
        await using var host = await LStepHost.Start(Begin);
        await host.Post(
            Identify("c1", Begin, new { tier = "Pro" }),
            Track("c1", "Module Completed", Begin.AddHours(-4)), Track("c1", "Module Completed", Begin.AddHours(-2)),
            Track("c1", "Quiz Completed", Begin, new { score = 75 }));

        var customer = await host.Get("/api/customers/c1");
        Assert.Equal(("ST_002", Begin), (Text(customer, "tag"), Instant(customer, "tagSince")));
        var metrics = customer.GetProperty("metrics");
        Assert.Equal(
            (3, 2, 75), (Number(metrics, "sessions_7d"), Number(metrics, "modules_completed"), Number(metrics, "assessment_avg_score")));

        var move = Assert.Single(await Moves(host, "c1"));
        Assert.Equal(("ST_001", "ST_002", "Active to Progressing", 0.871m), (
            Text(move, "from"), Text(move, "to"), Text(move, "rule"), Number(move, "confidence")));
        Assert.Equal((Begin, Begin, "system"), (Instant(move, "at"), Instant(move, "dueAt"), Text(move, "assignedBy")));
        var record = await host.Get($"/api/customers/c1/decisions/{move.GetProperty("decisionId").GetInt32()}");
        Assert.Contains("assessment_avg_score", record.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Case_2_a_silent_Enterprise_customer_is_recommended_for_declining_and_reviewed()
    {
        await using var host = await LStepHost.Start(Begin);
        await host.Post(Identify("c2", Begin, new { tier = "Enterprise", enrolledAt = Begin.AddDays(-60) }));
        for (var day = 0; day < 8; day++)
        {
            await host.MoveClock(Begin.AddDays(day));
            await host.Post(Track("c2", "Logged In", host.Now), Track("c2", "Lesson Completed", host.Now));
        }
        await host.MoveClock(Begin.AddDays(7 + 6));

        var explained = await host.Get("/api/customers/c2/evaluation");
        Assert.Equal(("ST_001", "ST_004", true, false), (Text(explained, "currentTag"), Text(explained, "recommended"), Flag(
            explained, "requiresReview"), Flag(explained, "wouldApply")));
        Assert.Contains("high_value_at_risk", Texts(explained, "reviewReasons"));

        var review = Assert.Single(Items(await host.Get("/api/reviews?status=open")));
        Assert.Equal(("c2", "ST_001", "ST_004", "open"), (
            Text(review, "customerId"), Text(review, "from"), Text(review, "to"), Text(review, "status")));
        Assert.Contains("high_value_at_risk", Texts(review, "reasons"));
        // A usual gap of one day holds the fall until the fourth.
        Assert.Equal(Begin.AddDays(7 + 4), Instant(review, "openedAt"));
        Assert.Equal(Text(review, "id"), Text((await host.Get("/api/customers/c2")).GetProperty("openReview"), "id"));
        var record = await host.Get($"/api/customers/c2/decisions/{review.GetProperty("decisionId").GetInt32()}");
        Assert.Contains("high_value_at_risk", record.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Case_3_a_declining_customer_with_four_sessions_and_three_lessons_returns_to_active()
    {
        await using var host = await LStepHost.Start(Begin);
        await host.Post(Identify("c3", Begin, new { enrolledAt = Begin.AddDays(-20) }), Track("c3", "Lesson Completed", Begin));
        await host.MoveClock(Begin.AddDays(9));
        Assert.Equal("ST_004", Text(await host.Get("/api/customers/c3"), "tag"));

        for (var session = 0; session < 4; session++)
        {
            await host.MoveClock(Begin.AddDays(9 + session));
            await host.Post(Track("c3", "Logged In", host.Now), Track("c3", session == 0 ? "Page Viewed" : "Lesson Completed", host.Now));
        }

        Assert.Equal("ST_001", Text(await host.Get("/api/customers/c3"), "tag"));
        Assert.Equal(["ST_004", "ST_001"], (await Moves(host, "c3")).Select(move => Text(move, "to")));
        Assert.Equal("Recovery", Text((await Moves(host, "c3"))[^1], "rule"));
    }

    [Fact]
    public async Task Case_4_five_silent_days_win_over_three_modules_and_good_scores()
    {
        await using var host = await LStepHost.Start(Begin);
        var seen = Begin.AddDays(-5);
        await host.Post(
            Track("c4", "Module Completed", seen, messageId: "m1"), Track("c4", "Module Completed", seen, messageId: "m2"),
            Track("c4", "Module Completed", seen, messageId: "m3"), Track("c4", "Quiz Completed", seen, new { score = 90 }));

        var move = Assert.Single(await Moves(host, "c4"));
        Assert.Equal(("ST_001", "ST_004", "At-risk detection", "system"), (
            Text(move, "from"), Text(move, "to"), Text(move, "rule"), Text(move, "assignedBy")));
        Assert.Empty(Items(await host.Get("/api/reviews")));
        var rules = (await host.Get($"/api/customers/c4/decisions/{move.GetProperty("decisionId").GetInt32()}")).GetRawText();
        Assert.Contains("Active to Progressing", rules, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Case_5_without_any_activity_there_is_no_recommendation_and_no_error()
    {
        await using var host = await LStepHost.Start(Begin);
        await host.Post(Identify("c5", Begin, new { }));

        var evaluated = await host.Client.PostAsync("/api/customers/c5/evaluation", null);
        Assert.True(evaluated.IsSuccessStatusCode, await evaluated.Content.ReadAsStringAsync());
        var explained = await evaluated.Json();
        Assert.Equal((null, null, null), (Text(explained, "recommended"), Text(explained, "rule"), Text(explained, "held")));
        Assert.Equal((false, false), (Flag(explained, "requiresReview"), Flag(explained, "wouldApply")));
        Assert.Empty(await Moves(host, "c5"));
    }

    [Fact]
    public async Task Case_7_a_weekend_learner_never_declines_from_the_fourth_weekend_on()
    {
        await using var host = await LStepHost.Start(Begin);
        await host.Post(Identify("c7", Begin, new { startsAt = Begin.AddDays(5) }));
        for (var week = 0; week < 8; week++)
            foreach (var day in (int[])[5, 6])
            {
                await host.MoveClock(Begin.AddDays(week * 7 + day));
                await host.Post(Track("c7", "Logged In", host.Now), Track("c7", "Lesson Completed", host.Now));
            }
        await host.MoveClock(Begin.AddDays(7 * 7 + 6 + 5));

        var fourth = Begin.AddDays(3 * 7 + 5);
        Assert.DoesNotContain(await Moves(host, "c7"), move => Text(move, "to") == "ST_004" && Instant(move, "dueAt") >= fourth);
        Assert.Equal("usual_rhythm", Text(await host.Get("/api/customers/c7/evaluation"), "held"));
    }

    [Fact]
    public async Task Case_7_a_master_who_slipped_and_comes_back_active_returns_to_active()
    {
        await using var host = await LStepHost.Start(Begin);
        await host.Post(Identify("m7", Begin, new { enrolledAt = Begin.AddDays(-60) }),
            Track("m7", "Module Completed", Begin.AddHours(-3)), Track("m7", "Module Completed", Begin.AddHours(-2)),
            Track("m7", "Quiz Completed", Begin.AddHours(-1), new { score = 95, final = true }));
        await host.MoveClock(Begin.AddDays(2));
        await host.Post(Track("m7", "Course Completed", host.Now), Track("m7", "Answer Given", host.Now, messageId: "a1"), Track(
            "m7", "Answer Given", host.Now, messageId: "a2"));
        Assert.Equal("ST_003", Text(await host.Get("/api/customers/m7"), "tag"));
        await host.MoveClock(Begin.AddDays(2 + 14));
        Assert.Equal("ST_004", Text(await host.Get("/api/customers/m7"), "tag"));

        for (var day = 0; day < 3; day++)
        {
            await host.MoveClock(Begin.AddDays(18 + day));
            await host.Post(Track("m7", "Logged In", host.Now));
        }

        // Back at the first, and a day later on: the modules are still there, and a progress is no rapid change.
        Assert.Equal(["ST_002", "ST_003", "ST_004", "ST_001", "ST_002"], (await Moves(host, "m7")).Select(move => Text(move, "to")));
    }

    /// <summary>The ledger rows of a customer, oldest first, the first assignment apart.</summary>
    private static async Task<List<JsonElement>> Moves(LStepHost host, string customer) =>
        [.. Items(await host.Get("/api/transitions?limit=500")).Where(
            row => Text(row, "customerId") == customer && Text(row, "from") is not null)];

    private static List<JsonElement> Items(JsonElement page) => [.. page.GetProperty("items").EnumerateArray()];

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

    private static decimal Number(JsonElement json, string name) => json.GetProperty(name).GetDecimal();

    private static bool Flag(JsonElement json, string name) => json.GetProperty(name).GetBoolean();

    private static DateTimeOffset Instant(JsonElement json, string name) => json.GetProperty(name).GetDateTimeOffset();

    private static IEnumerable<string?> Texts(JsonElement json, string name) =>
        json.GetProperty(name).EnumerateArray().Select(item => item.GetString());
}
