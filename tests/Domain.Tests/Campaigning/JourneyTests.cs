using System.Collections.Immutable;
using LStep.Domain.Campaigning;
using LStep.Domain.Deciding;

namespace LStep.Domain.Tests.Campaigning;

/// <summary>The path of somebody who does nothing more.</summary>
public class JourneyTests
{
    static JourneyRules Rules(SendingLimits? limits = null, Policy? policy = null, bool sends = true) => new(
        new Rulebook(DefaultRules.Version1(Given.At("2026-01-01T00:00Z")), policy ?? new Policy(), BusinessCalendar.Utc),
        DefaultCampaigns.Version1(DateTimeOffset.UnixEpoch), limits ?? SendingLimits.Default, sends,
        ImmutableDictionary<Channel, string>.Empty, (_, _) => null);

    static Journey Invented(string at, string traits, StatusTag? tag, int days = 120, JourneyRules? rules = null)
    {
        var journey = Journey.OfInvented(rules ?? Rules(), [Given.Identify(at, traits)], tag, Given.At(at));
        journey.Walk(Given.At(at).AddDays(days));
        return journey;
    }

    static IEnumerable<string> Lines(Journey journey, string? campaign = null) => journey.Items.Select(item => item switch
    {
        JourneyItem.Moved { Transition: var move } => $"{item.At:MM-dd HH:mm} {move.From?.Code() ?? "none"} to {move.To.Code()}",
        JourneyItem.Reviewed { Review: var review } => $"{item.At:MM-dd HH:mm} review {review.To.Code()} {review.Status}",
        JourneyItem.Looked one => $"{item.At:MM-dd HH:mm} {one.Action.Campaign} {one.Action.Step} {one.Became} {one.Reason}".TrimEnd(),
        _ => "?",
    }).Where(line => campaign is null || line.Contains(campaign, StringComparison.Ordinal));

    [Fact]
    public void A_newcomer_who_never_comes_back_falls_tag_by_tag_and_each_tag_cancels_what_the_one_before_left()
    {
        var lines = Lines(Invented("2026-03-03T10:00Z", """{"tier":"Freemium"}""", null)).ToList();
        Assert.Equal(
            ["none to ST_001", "ST_001 to ST_004", "ST_004 to ST_006"],
            lines.Where(line => line.Contains(" to ST_", StringComparison.Ordinal)).Select(line => line[12..]));
        Assert.Contains("03-03 11:00 welcome_active_learner 1 Sent", lines);
        Assert.Contains(lines, line => line.EndsWith("welcome_active_learner 3 Cancelled status_changed", StringComparison.Ordinal));
        Assert.Equal(lines.Select(line => line[..11]).Order(StringComparer.Ordinal), lines.Select(line => line[..11]));
    }

    /// <summary>Berlin's clocks go from 02:00 to 03:00 in the night to 29 March 2026: 08:00 is 06:00 UTC on it, and 07:00 before.</summary>
    [Theory]
    [InlineData("Europe/Berlin", "2026-03-27T20:30Z", "03-28 07:00")]
    [InlineData("Europe/Berlin", "2026-03-28T20:30Z", "03-29 06:00")]
    [InlineData("Europe/Berlin", "2026-10-24T20:30Z", "10-25 07:00")]
    [InlineData("Pacific/Kiritimati", "2026-03-03T10:00Z", "03-03 18:00")]
    [InlineData("Pacific/Kiritimati", "2026-03-03T06:30Z", "03-03 18:00")]
    public void Quiet_hours_are_those_of_the_customers_own_clock(string zone, string at, string sent)
    {
        var lines = Lines(
            Invented(at, $$"""{"tier":"Pro","timezone":"{{zone}}"}""", StatusTag.Declining, days: 2), "personal_check_in").ToList();
        Assert.Equal(2, lines.Count);
        Assert.EndsWith("personal_check_in 1 Held quiet_hours", lines[0], StringComparison.Ordinal);
        Assert.Equal($"{sent} personal_check_in 1 Sent", lines[1]);
    }

    [Fact]
    public void The_cap_counts_the_messages_of_the_path_and_what_was_sent_before_it()
    {
        var state = Given.Customer().With("2026-03-01T00:00Z", Given.Identify("2026-03-01T00:00Z", """{"tier":"Pro"}"""));
        var past = JourneyPast.None with { Sent = [.. Enumerable.Range(0, 3).Select(n => Given.At("2026-03-01T12:00Z").AddHours(n))] };
        var now = Given.At("2026-03-03T10:00Z");
        var policy = new Policy { Enabled = false };
        var waiting = new JourneyAction(
            CauseKind.Transition, 1, "welcome_active_learner", 1, null, Channel.Email, CampaignKind.Marketing, StatusTag.Active, now, now,
            now, now, IsRepeat: false);

        var held = Journey.Of(Rules(policy: policy), state, past with { Waiting = [waiting] }, now);
        held.Walk(now.AddDays(10));
        Assert.Equal(
            ["03-03 10:00 welcome_active_learner 1 Held frequency_cap", "03-06 10:00 welcome_active_learner 1 Suppressed frequency_cap"],
            Lines(held));

        var two = Journey.Of(Rules(policy: policy), state, JourneyPast.None with { Waiting = [waiting, waiting with { Step = 2 }] }, now);
        two.Walk(now.AddDays(10));
        Assert.Equal(
            [
                "03-03 10:00 welcome_active_learner 1 Sent", "03-03 10:00 welcome_active_learner 2 Held frequency_cap",
                "03-04 08:00 welcome_active_learner 2 Sent",
            ],
            Lines(two));
    }

    [Fact]
    public void A_campaign_that_started_lately_does_not_start_again()
    {
        var state = Given.Customer().With("2026-03-01T00:00Z", Given.Identify("2026-03-01T00:00Z", """{"tier":"Pro"}"""));
        var now = Given.At("2026-03-03T10:00Z");
        var past = JourneyPast.None with { Started = new Dictionary<string, DateTimeOffset> { ["cs_alert"] = now.AddDays(-29) }
            .ToImmutableDictionary() };
        var journey = Journey.Of(Rules(), state, past, now);
        Assert.True(journey.Begin(StatusTag.Declining));
        Assert.False(journey.Begin(StatusTag.Declining));
        journey.Walk(now.AddHours(1));
        Assert.Equal(
            ["03-03 10:00 cs_alert 1 Suppressed The campaign had started for this customer not long before."], Lines(journey, "cs_alert"));
    }

    [Fact]
    public void Nothing_is_looked_at_while_campaigns_are_off_and_nothing_moves_while_tags_are()
    {
        var off = Invented("2026-03-03T10:00Z", "{}", null, rules: Rules(sends: false));
        Assert.All(
            off.Items.OfType<JourneyItem.Looked>(), one => Assert.True(one.Became is ActionStatus.Scheduled or ActionStatus.Cancelled));
        var still = Invented("2026-03-03T10:00Z", "{}", null, rules: Rules(policy: new Policy { Enabled = false }));
        Assert.Single(still.Items.OfType<JourneyItem.Moved>());
    }

    [Theory]
    [InlineData(StatusTag.Progressing)]
    [InlineData(StatusTag.Mastery)]
    [InlineData(StatusTag.Churned)]
    public void Step_by_step_the_rules_decide_what_they_decide_at_once(StatusTag tag)
    {
        var (rules, at) = (Rules(), Given.At("2026-03-03T10:00Z"));
        var journey = Journey.OfInvented(rules, [Given.Identify("2026-03-03T10:00Z", """{"tier":"Enterprise"}""")], tag, at);
        var begun = journey.State;
        journey.Forget();
        journey.Walk(at.AddDays(200));
        var whole = Lifecycle.CatchUp(begun, rules.Book, at.AddDays(200), at.AddDays(200));
        Assert.Equal(
            whole.Transitions.Select(row => (row.DueAt, row.To, row.Rule, row.Confidence)),
            journey.Items.OfType<JourneyItem.Moved>().Select(one => one.Transition)
                .Select(row => (row.DueAt, row.To, row.Rule, row.Confidence)));
    }
}
