using LStep.Domain.Campaigning;
using static LStep.System.Tests.Campaigns.ActionLines;

namespace LStep.System.Tests.Campaigns;

/// <summary>
/// What each tag starts for each kind of customer, as the API answers it, against the contract's table written out by hand.
/// </summary>
public sealed class AllCampaignsTests
{
    private const int Hour = 60, Day = 24 * Hour;

    /// <summary>Tag, tiers (F, P, E), campaign, channel, minutes until the first message, and whether there are several.</summary>
    private static readonly (string Tag, string Tiers, string Campaign, string Channel, int After, bool IsSequence)[] Table =
    [
        ("ST_001", "FPE", "welcome_active_learner", "email", 1 * Hour, true),
        ("ST_001", "FPE", "add_to_beginner_group", "webhook", 2 * Hour, false),
        ("ST_001", "P", "standard_nurturing", "email", 3 * Day, true),
        ("ST_002", "FPE", "progression_milestone", "email", 0, false),
        ("ST_002", "FPE", "unlock_advanced_modules", "webhook", 1 * Hour, false),
        ("ST_002", "FPE", "advanced_features_push", "push", 24 * Hour, false),
        ("ST_002", "F", "upgrade_nurturing", "email", 2 * Day, true),
        ("ST_003", "FPE", "mastery_achievement", "email", 0, false),
        ("ST_003", "FPE", "ppal_expert_badge", "webhook", 0, false),
        ("ST_003", "FPE", "expert_opportunities", "email", 0, false),
        ("ST_003", "E", "expansion_and_advocacy", "task", 24 * Hour, false),
        ("ST_003", "FPE", "expert_advocacy_program", "email", 7 * Day, false),
        ("ST_004", "FPE", "cs_alert", "alert", 0, false),
        ("ST_004", "FPE", "personal_check_in", "email", 2 * Hour, false),
        ("ST_004", "F", "trial_extension", "webhook", 0, false),
        ("ST_004", "PE", "immediate_csm_intervention", "task", 0, false),
        ("ST_005", "PE", "schedule_personal_call", "task", 0, false),
        ("ST_005", "FPE", "custom_learning_path", "webhook", 0, false),
        ("ST_005", "FPE", "course_discount", "webhook", 0, false),
        ("ST_005", "FPE", "comeback_checklist", "in_app", 24 * Hour, false),
        ("ST_006", "FPE", "churn_notice", "alert", 0, false),
        ("ST_006", "FPE", "quarterly_winback", "email", 30 * Day, true),
        ("ST_006", "F", "value_demonstration", "email", 14 * Day, false),
    ];

    [Theory]
    [InlineData("Freemium")]
    [InlineData("Pro")]
    [InlineData("Enterprise")]
    public async Task Each_tag_starts_its_campaigns_at_their_times_over_their_channels(string tier)
    {
        await using var host = await Start();
        foreach (var tag in Table.Select(line => line.Tag).Distinct())
        {
            await host.Come(tag, new { tier, email = $"{tag}@example.org", name = "Ada Lovelace" });
            if (tag != "ST_001") await host.Put(tag, tag);
            var started = await StartedBy(host, tag, await Latest(host, tag));
            Assert.Equal(Expected(tag, tier), started.Where(one => one.Step == 1).Select(one => (one.Campaign, one.Channel, one.After)));
            Assert.Equal(
                Table.Where(line => line.Tag == tag && line.Tiers.Contains(tier[0]) && line.IsSequence).Select(line => line.Campaign),
                started.Where(one => one.Step == 2).Select(one => one.Campaign));
            foreach (var sequence in started.GroupBy(one => one.Campaign))
            {
                Assert.Equal(Enumerable.Range(1, sequence.Count()), sequence.Select(one => one.Step));
                Assert.Equal(sequence.Select(one => one.After).Distinct().Order(), sequence.Select(one => one.After));
                Assert.InRange(sequence.Max(one => one.After), 0, 90 * Day);
            }
        }
    }

    /// <summary>From each of the three, and at no first time of it but of the second one.</summary>
    [Theory]
    [InlineData("ST_004")]
    [InlineData("ST_005")]
    [InlineData("ST_006")]
    public async Task Who_comes_back_is_welcomed_in_the_product_and_not_as_a_beginner(string from)
    {
        await using var host = await Start();
        await host.Come("ada", new { tier = "Pro", email = "ada@example.org" });
        await host.Put("ada", from);
        await host.Put("ada", "ST_001");
        Assert.Equal(
            [("welcome_back", "in_app", 0)],
            (await StartedBy(host, "ada", await Latest(host, "ada"))).Select(one => (one.Campaign, one.Channel, one.After)));
        Assert.Equal(["welcome_back 1 sent"], await host.Lines("ada", "welcome_back"));
        Assert.Equal(["1"], await host.Sql("SELECT count(*) FROM inbox_messages WHERE customer_id = 'ada' AND title <> '' AND body <> ''"));

        await host.Put("ada", "ST_002");
        await host.Put("ada", "ST_001");
        Assert.Empty(await StartedBy(host, "ada", await Latest(host, "ada")));
    }

    [Fact]
    public async Task What_an_import_comes_to_starts_nothing()
    {
        await using var host = await Start();
        await host.Ingest.PostAsync("/v1/import", global::System.Net.Http.Json.JsonContent.Create(new
        {
            batch = new object[]
            {
                Messages.Identify("ada", Begin.AddDays(-90), new { tier = "Enterprise", email = "ada@example.org" }),
                Messages.Track("ada", "Lesson Completed", Begin.AddDays(-80), new { lessonId = "a" }),
            },
        }));
        await host.MoveClock(Begin.AddHours(1));
        var rows = (await host.Get("/api/transitions?limit=100")).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal("import", rows[^1].Text("assignedBy"));
        Assert.Empty(await host.Actions("ada"));
        Assert.Equal(["0"], await host.Sql("SELECT count(*) FROM campaign_causes WHERE planned_at IS NULL"));
    }

    private static IEnumerable<(string, string, int)> Expected(string tag, string tier) =>
        Table.Where(line => line.Tag == tag && line.Tiers.Contains(tier[0])).Select(line => (line.Campaign, line.Channel, line.After));

    private static async Task<(string Id, DateTimeOffset DueAt)> Latest(LStepHost host, string customer)
    {
        var row = (await host.Get($"/api/customers/{customer}")).GetProperty("recentTransitions")[0];
        return (row.Text("id"), row.Instant("dueAt")!.Value);
    }

    /// <summary>By the order of the set; minutes from the transition's dueAt.</summary>
    private static async Task<List<(string Campaign, string Channel, int After, int Step)>> StartedBy(
        LStepHost host, string customer, (string Id, DateTimeOffset DueAt) transition) =>
    [
        .. (await host.Actions(customer)).Where(one => one.Text("transitionId") == transition.Id).Select(one => (
            one.Text("campaign"), one.Text("channel"), (int)(one.Instant("scheduledFor")!.Value - transition.DueAt).TotalMinutes,
            one.GetProperty("step").GetInt32())),
    ];
}
