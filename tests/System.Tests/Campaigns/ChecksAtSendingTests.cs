using LStep.Grains.Campaigns.Channels.Sink;
using Microsoft.Extensions.DependencyInjection;
using static LStep.System.Tests.Campaigns.ActionLines;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Campaigns;

/// <summary>What becomes of actions when their time has come.</summary>
public sealed class ChecksAtSendingTests
{
    private const string Repeat = "suppressed The campaign had started for this customer not long before.";
    private const string Late = "suppressed The transition was applied more than 24 hours late.";

    [Fact]
    public async Task A_new_tag_cancels_what_is_pending_of_the_one_before_also_where_it_is_planned_only_afterwards()
    {
        await using var host = await Start();
        await host.Come("ada", new { tier = "Pro", email = "ada@example.org" });
        await host.Put("ada", "ST_004");
        await host.Put("ada", "ST_002");
        Assert.Equal(["personal_check_in 1 cancelled status_changed"], await host.Lines("ada", "personal_check_in"));
        // Both moves of one commit: the second may be planned first.
        for (var n = 0; n < 6; n++)
            await host.Post(
                Identify($"bo-{n}", Begin, new { tier = "Pro", email = "bo@example.org" }),
                Track($"bo-{n}", "Module Completed", Begin, new { moduleId = "a" }, $"a{n}"),
                Track($"bo-{n}", "Module Completed", Begin, new { moduleId = "b" }, $"b{n}"),
                Track($"bo-{n}", "Assessment Taken", Begin, new { score = 90 }, $"c{n}"));
        await host.MoveClock(host.Now);
        Assert.Equal(
            [],
            await host.Sql(
                "SELECT customer_id, campaign FROM campaign_actions WHERE tag = 'ST_001' AND status IN (0, 1) AND customer_id LIKE "
                    + "'bo-%'"));
    }

    [Fact]
    public async Task Who_opted_out_gets_no_marketing_and_what_is_no_marketing_all_the_same()
    {
        await using var host = await Start();
        await host.Come("ada", new { email = "ada@example.org", consent = new { email = false } });
        await host.MoveClock(Begin.AddDays(6));
        Assert.Equal(
            [
                "welcome_active_learner 1 suppressed opted_out", "welcome_active_learner 2 suppressed opted_out",
                "welcome_active_learner 3 suppressed opted_out", "add_to_beginner_group 1 sent",
            ],
            await host.Lines("ada"));
        await host.Put("ada", "ST_002");
        Assert.Equal(["progression_milestone 1 sent"], await host.Lines("ada", "progression_milestone"));
    }

    /// <summary>
    /// Worked out by hand: three in 168 hours, one a day, and what finds no room waits for the minute in which the oldest is over. From the
    /// second day on a message that waited for the morning is before one that is due in the evening.
    /// </summary>
    [Theory]
    [InlineData(10.0, 20 * 24, "0.11 2.11 7.11", "3.10 9.11 14.10")] // w3 is scheduled for the fifth day, n2 for the seventh
    [InlineData(10.0, 7, "0.11 2.11 7.11", "3.10 9.11 14.10")]
    [InlineData(20.5, 20 * 24, "1.8 3.8 8.8", "4.8 10.8 14.20")]
    [InlineData(20.5, 7, "1.8 3.8 8.8", "4.8 10.8 14.20")]
    public async Task Cap_and_night_hold_a_message_until_the_first_minute_with_room_in_a_leap_as_in_steps(
        double hour, int hoursAStep, string welcome, string nurturing)
    {
        var midnight = Begin.AddHours(-10);
        await using var host = await Start(midnight.AddHours(hour));
        var ada = Drawn("ada", "standard_nurturing", heldOut: false);
        await host.Come(ada, new { tier = "Pro", email = "ada@example.org" });
        for (var at = host.Now; at < midnight.AddDays(21); await host.MoveClock(at)) at = at.AddHours(hoursAStep);

        var actions = await host.Actions(ada);
        Assert.Equal((welcome, nurturing), (Sent("welcome_active_learner"), Sent("standard_nurturing")));

        string Sent(string campaign) => string.Join(' ', actions.Where(one => one.Text("campaign") == campaign)
            .Select(one => one.Instant("sentAt") - midnight).Select(after => $"{after?.Days}.{after?.Hours}"));
    }

    [Fact]
    public async Task At_night_in_Tokyo_a_message_waits_for_eight_in_the_morning_there()
    {
        await using var host = await Start(Begin.AddHours(1.5)); // 20:30 there
        await host.Come("ada", new { email = "ada@example.org", timezone = "Asia/Tokyo" });
        await host.MoveClock(Begin.AddHours(3));
        var held = await host.Action("ada", "welcome_active_learner");
        Assert.Equal(
            ("held", "quiet_hours", (DateTimeOffset?)Begin.AddHours(13)),
            (held.Text("status"), held.Text("reason"), held.Instant("dueAt")));
        await host.MoveClock(Begin.AddHours(13).AddMilliseconds(-1));
        Assert.Equal("held", (await host.Action("ada", "welcome_active_learner")).Text("status"));
        await host.MoveClock(Begin.AddHours(13));
        var sent = await host.Action("ada", "welcome_active_learner");
        Assert.Equal(("sent", (DateTimeOffset?)Begin.AddHours(13)), (sent.Text("status"), sent.Instant("sentAt")));
    }

    [Fact]
    public async Task Who_is_held_out_of_a_campaign_gets_nothing_of_it_and_everything_else()
    {
        await using var host = await Start();
        var ada = Drawn("ada", "standard_nurturing", heldOut: true);
        await host.Come(ada, new { tier = "Pro", email = "ada@example.org" });
        await host.MoveClock(Begin.AddDays(15));
        Assert.Equal(
            Enumerable.Range(1, 3).Select(step => $"standard_nurturing {step} suppressed holdout"),
            await host.Lines(ada, "standard_nurturing"));
        Assert.Contains("welcome_active_learner 1 sent", await host.Lines(ada));
    }

    [Fact]
    public async Task A_winback_goes_to_who_is_silent_at_the_moment_of_sending()
    {
        await using var host = await Start();
        var (silent, back) = (Drawn("silent", "quarterly_winback", heldOut: false), Drawn("back", "quarterly_winback", heldOut: false));
        foreach (var id in new[] { silent, back })
        {
            await host.Come(id, new { tier = "Pro", email = $"{id}@example.org" });
            await host.Put(id, "ST_006");
        }
        await host.MoveClock(Begin.AddDays(20));
        await host.Post(Track(back, "Logged In", host.Now));
        await host.MoveClock(Begin.AddDays(61));
        Assert.Equal(
            ["quarterly_winback 1 sent", "quarterly_winback 2 sent", "quarterly_winback 3 scheduled"],
            await host.Lines(silent, "quarterly_winback"));
        Assert.Equal(
            ["quarterly_winback 1 suppressed condition", "quarterly_winback 2 sent", "quarterly_winback 3 scheduled"],
            await host.Lines(back, "quarterly_winback"));
    }

    [Fact]
    public async Task A_campaign_starts_once_in_thirty_days_and_a_trial_is_extended_once_in_180()
    {
        await using var host = await Start();
        await host.Come("ada", new { tier = "Freemium", email = "ada@example.org" });
        foreach (var day in new[] { 0, 29, 30, 181 })
        {
            await host.MoveClock(Begin.AddDays(day));
            await host.Put("ada", "ST_004");
            await host.Put("ada", "ST_001");
        }
        Assert.Equal(
            ["cs_alert 1 sent", $"cs_alert 1 {Repeat}", "cs_alert 1 sent", "cs_alert 1 sent"], await host.Lines("ada", "cs_alert"));
        Assert.Equal(
            ["trial_extension 1 sent", $"trial_extension 1 {Repeat}", $"trial_extension 1 {Repeat}", "trial_extension 1 sent"],
            await host.Lines("ada", "trial_extension"));
    }

    [Fact]
    public async Task Of_a_transition_that_is_made_up_more_than_a_day_late_people_are_told_and_nobody_else()
    {
        await using var host = await Start();
        await host.Post(
            Identify("ada", Begin, new { tier = "Pro", email = "ada@example.org", trial = true }),
            Track("ada", "Lesson Completed", Begin, new { lessonId = "a" }));
        await host.MoveClock(Begin.AddDays(1));
        await host.Flag("status_tags_enabled", false);
        await host.MoveClock(Begin.AddDays(8));
        await host.Flag("status_tags_enabled", true);
        await host.MoveClock(Begin.AddDays(8).AddHours(6));

        var row = (await host.Get("/api/customers/ada")).GetProperty("recentTransitions")[0];
        Assert.Equal("ST_004", row.Text("to"));
        Assert.True(row.Instant("at") - row.Instant("dueAt") > TimeSpan.FromDays(1));
        Assert.Equal(
            ["cs_alert 1 sent", $"personal_check_in 1 {Late}", $"trial_extension 1 {Late}", "immediate_csm_intervention 1 sent"],
            (await host.Lines("ada")).Where(line => !line.StartsWith("welcome", StringComparison.Ordinal)
                && !line.StartsWith("standard", StringComparison.Ordinal) && !line.StartsWith("add_", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task While_campaigns_are_off_nothing_goes_out_and_afterwards_what_waited_does()
    {
        await using var host = await Start();
        await host.Flag("campaigns_enabled", false);
        await host.Come("ada", new { email = "ada@example.org" });
        await host.Put("ada", "ST_002");
        await host.MoveClock(Begin.AddHours(2));
        Assert.Equal(["progression_milestone 1 scheduled"], await host.Lines("ada", "progression_milestone"));
        Assert.Empty(host.Services.GetRequiredService<SinkMailbox>().Messages);

        await host.Flag("campaigns_enabled", true);
        await host.MoveClock(Begin.AddHours(2).AddMinutes(1));
        Assert.Equal(["progression_milestone 1 sent"], await host.Lines("ada", "progression_milestone"));
        Assert.Equal(["unlock_advanced_modules 1 sent"], await host.Lines("ada", "unlock_advanced_modules"));
    }
}
