using LStep.Domain.Campaigning;
using LStep.Domain.Deciding;

namespace LStep.Domain.Tests.Campaigning;

/// <summary>What becomes of an action that is due.</summary>
public class SendCheckTests
{
    static readonly DateTimeOffset Noon = Given.At("2026-01-20T12:00Z");
    static readonly DateTimeOffset Night = Given.At("2026-01-20T22:00Z");
    const string Everybody = """{"tier":"Enterprise","email":"a@example.org"}""";

    static Campaign Named(string name) => DefaultCampaigns.Campaigns.Single(one => one.Name == name);

    static CustomerState Declining(string traits = Everybody) =>
        Given.Customer().With("2026-01-02T00:00Z", Given.Identify("2026-01-02T00:00Z", traits)) with { Tag = StatusTag.Declining };

    static DueAction Due(string campaign, DateTimeOffset? scheduled = null)
    {
        var (one, at) = (Named(campaign), scheduled ?? Noon);
        return new(
            one.Name, one, one.Steps[0].Channel, one.Kind, one.On, at, at - one.Steps[0].After, at - one.Steps[0].After, false, false);
    }

    static string Verdict(
        DueAction action, CustomerState customer, DateTimeOffset now, IReadOnlyCollection<DateTimeOffset>? sent = null,
        SendingLimits? limits = null) =>
        SendCheck.Of(action, customer, sent ?? [], limits ?? SendingLimits.Default, TimeZoneInfo.Utc, BusinessCalendar.Utc, now) switch
        {
            SendVerdict.Send => "send",
            SendVerdict.Hold hold => $"hold {hold.Reason} until {hold.Until:yyyy-MM-dd HH:mm}",
            SendVerdict.Suppress suppress => $"suppress {suppress.Reason}",
            SendVerdict.Cancel cancel => $"cancel {cancel.Reason}",
            _ => "?",
        };

    /// <summary>A customer whom the campaign does, or does not, hold out.</summary>
    static CustomerState Drawn(CustomerState customer, string campaign, bool held) => customer with
    {
        CustomerId = Enumerable.Range(0, 1_000).Select(n => $"c-{n}").First(id => CampaignDraws.IsHeldOut(Named(campaign), id) == held),
    };

    [Fact]
    public void What_another_set_of_campaigns_does_not_know_any_more_is_cancelled_in_words()
    {
        var action = Due("personal_check_in") with { IsRepeat = true };
        Assert.Equal(
            "cancel The campaign is not among those in force any more.", Verdict(action with { Campaign = null }, Declining(), Noon));
        Assert.Equal(
            "cancel The campaign has been switched off.",
            Verdict(action with { Campaign = action.Campaign! with { Active = false } }, Declining(), Noon));
        Assert.Equal("cancel The campaign does not have this step any more.", Verdict(action with { Step = 2 }, Declining(), Noon));
        // The alerts of an open review belong to no set.
        var alert = action with { Name = "review_waiting", Campaign = null, Kind = CampaignKind.Service, IsRepeat = false, Step = 2 };
        Assert.Equal("send", Verdict(alert, Declining(), Noon));
    }

    [Fact]
    public void Of_everything_that_is_against_it_the_first_in_order_is_the_reason()
    {
        var campaign = Named("personal_check_in") with
        {
            Audience = new Condition.Clause(Metric.ProductTag, null, Operator.In, new Threshold([], ["PT_001"])),
        };
        var worst = Due("personal_check_in", Night) with
        {
            Campaign = campaign, Undone = true, IsRepeat = true, CauseAt = Night, CauseDueAt = Night.AddHours(-25),
        };
        var customer = Drawn(
            Declining("""{"tier":"Enterprise","consent":{"email":false}}"""), "personal_check_in", held: true)
            with { Tag = StatusTag.Churned };
        DateTimeOffset[] sent = [Night.AddHours(-1)];

        Is("cancel undone");
        worst = worst with { Undone = false };
        Is("cancel status_changed");
        customer = customer with { Tag = StatusTag.Declining };
        Is("suppress The campaign had started for this customer not long before.");
        worst = worst with { IsRepeat = false };
        Is("suppress The transition was applied more than 24 hours late.");
        worst = worst with { CauseDueAt = Night.AddHours(-24) };
        Is("suppress condition");
        worst = worst with { Campaign = Named("personal_check_in") };
        Is("suppress opted_out");
        customer = Drawn(Declining(), "personal_check_in", held: true);
        Is("suppress holdout");
        customer = Drawn(Declining(), "personal_check_in", held: false);
        Is("hold frequency_cap until 2026-01-21 08:00");
        sent = [];
        Is("hold quiet_hours until 2026-01-21 08:00");
        Assert.Equal("send", Verdict(worst, customer, Night.AddHours(10)));

        void Is(string expected) => Assert.Equal(expected, Verdict(worst, customer, Night, sent));
    }

    [Fact]
    public void Nothing_but_tag_audience_repeat_and_undo_stops_what_is_no_marketing()
    {
        var customer = Declining("""{"tier":"Enterprise","consent":{"email":false,"push":false,"in_app":false}}""");
        var none = new SendingLimits(0, 0, new QuietHours(new TimeOnly(0, 0), new TimeOnly(23, 59)));
        foreach (var name in new[] { "cs_alert", "immediate_csm_intervention" })
            Assert.Equal("send", Verdict(Due(name, Night), Drawn(customer, "personal_check_in", held: true), Night, [Night], none));
        var master = customer with { Tag = StatusTag.Mastery };
        foreach (var name in new[] { "mastery_achievement", "ppal_expert_badge", "expansion_and_advocacy" })
            Assert.Equal("send", Verdict(Due(name, Night), master, Night, [Night], none));
    }

    /// <summary>Each message goes by the consent of its channel, and an incentive by that to mails.</summary>
    [Theory]
    [InlineData("personal_check_in", "email")]
    [InlineData("course_discount", "email")]
    [InlineData("advanced_features_push", "push")]
    [InlineData("comeback_checklist", "in_app")]
    [InlineData("welcome_back", "in_app")]
    public void Who_opted_out_of_a_channel_is_sent_no_marketing_over_it(string campaign, string channel)
    {
        foreach (var refused in new[] { "email", "push", "in_app" })
        {
            var traits = """{"tier":"Pro","consent":{"CHANNEL":false}}""".Replace("CHANNEL", refused, StringComparison.Ordinal);
            var customer = Drawn(Declining(traits), campaign, held: false) with { Tag = Named(campaign).On };
            Assert.Equal(refused == channel ? "suppress opted_out" : "send", Verdict(Due(campaign), customer, Noon));
        }
    }

    [Fact]
    public void A_transition_that_is_late_still_tells_people_and_bothers_no_customer()
    {
        foreach (var (campaign, tag) in new[]
            {
                ("cs_alert", "send"), ("immediate_csm_intervention", "send"), ("trial_extension", "suppress"),
                ("personal_check_in", "suppress"),
            })
        {
            var late = Due(campaign) with { CauseDueAt = Noon.AddHours(-24).AddTicks(-1), CauseAt = Noon };
            var customer = Drawn(Declining("""{"tier":"Pro","trial":true}"""), "personal_check_in", held: false);
            Assert.StartsWith(tag, Verdict(late, customer, Noon));
            Assert.Equal("send", Verdict(late with { CauseDueAt = Noon.AddHours(-24) }, customer, Noon));
        }
        var churn = Due("churn_notice") with { CauseDueAt = Noon.AddDays(-9), CauseAt = Noon };
        Assert.Equal("send", Verdict(churn, Declining() with { Tag = StatusTag.Churned }, Noon));
    }

    /// <summary>Fourteen whole days, and the forty points of community work that a master may have or not.</summary>
    [Fact]
    public void What_is_looked_at_only_when_it_is_sent_is_looked_at_then()
    {
        var back = Drawn(
            Given.Customer().With("2026-01-06T12:00Z", Given.An(ActivityType.Login, "2026-01-06T12:00Z")), "quarterly_winback", held: false)
            with { Tag = StatusTag.Churned };
        Assert.Equal("send", Verdict(Due("quarterly_winback"), back, Noon));
        Assert.Equal("suppress condition", Verdict(Due("quarterly_winback"), back, Noon.AddMinutes(-1)));

        var master = Drawn(Declining(), "expert_advocacy_program", held: false) with { Tag = StatusTag.Mastery };
        Assert.Equal("suppress condition", Verdict(Due("expert_advocacy_program"), master, Noon));
        var helped = master.With(
            "2026-01-20T11:00Z",
            [.. Enumerable.Range(0, 60).Select(n => Given.An(ActivityType.Answer, "2026-01-20T10:00Z", $"answer-{n}"))]);
        Assert.True(helped.As("2026-01-20T12:00Z").Number(Metric.CommunityContribution) >= 70);
        Assert.Equal("send", Verdict(Due("expert_advocacy_program"), helped, Noon));
    }

    [Fact]
    public void What_follows_from_a_review_needs_no_tag()
    {
        var action = Due("cs_alert") with { Tag = null };
        foreach (var tag in Enum.GetValues<StatusTag>()) Assert.Equal("send", Verdict(action, Declining() with { Tag = tag }, Noon));
    }

    [Fact]
    public void What_finds_no_room_is_held_for_72_hours_and_then_suppressed_with_the_reason()
    {
        var customer = Drawn(Declining(), "personal_check_in", held: false);
        var limits = SendingLimits.Default with { PerWeek = 1, Quiet = new QuietHours(default, default) };
        DateTimeOffset[] sent = [Noon.AddHours(-24)];
        Assert.Equal("hold frequency_cap until 2026-01-23 12:00", Verdict(Due("personal_check_in"), customer, Noon, sent, limits));
        Assert.Equal("suppress frequency_cap", Verdict(Due("personal_check_in"), customer, Noon.AddHours(72), sent, limits));
        // Whoever finds room within that time is sent.
        DateTimeOffset[] longAgo = [Noon.AddHours(-96)];
        Assert.Equal("hold frequency_cap until 2026-01-23 12:00", Verdict(Due("personal_check_in"), customer, Noon, longAgo, limits));
        Assert.Equal("send", Verdict(Due("personal_check_in"), customer, Noon.AddHours(72), longAgo, limits));
        Assert.Equal(
            "suppress frequency_cap", Verdict(Due("personal_check_in"), customer, Noon.AddHours(72), [], limits with { PerDay = 0 }));
    }
}
