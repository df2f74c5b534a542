using System.Collections.Immutable;
using System.Text.Json;
using LStep.Domain.Campaigning;

namespace LStep.Domain.Tests.Campaigning;

public class DefaultCampaignTests
{
    static readonly DateTimeOffset Due = Given.At("2026-01-03T10:00Z");

    [Fact]
    public void The_twenty_four_campaigns_are_those_of_the_contract()
    {
        Assert.Equal(
            Contract.Lines.Select(line =>
                $"{line.Campaign} on {line.On} from [{line.From}] first {line.FirstTime} {line.Channel} after {line.After} "
                + $"marketing {line.IsMarketing} holdout {line.Holdout} once {line.OnceInDays} when '{line.AtSending}'"),
            DefaultCampaigns.Campaigns.Select(one =>
                $"{one.Name} on {one.On.Code()[3..]} from [{string.Join(' ', one.From.Select(tag => tag.Code()[3..]))}] first "
                    + $"{one.FirstTime} "
                + $"{one.Steps[0].Channel} after {one.Steps[0].After.TotalMinutes} marketing {one.Kind == CampaignKind.Marketing} "
                + $"holdout {one.HoldoutPercent} once {one.OnceInDays} when '{AtSending(one)}'"));
        Assert.Equal(Enumerable.Range(1, 24), Contract.Lines.Select(line => line.Number));

        static string AtSending(Campaign campaign) => campaign.WhenSending switch
        {
            null => "",
            Condition.Clause { Operator: Operator.AtLeast, Trait: null } clause => $"{clause.Metric} {clause.Threshold.Numbers.Single()}",
            _ => "something else",
        };
    }

    [Fact]
    public void Sequences_have_several_messages_ever_later_and_within_ninety_days_and_the_others_one()
    {
        foreach (var (line, campaign) in Contract.Lines.Zip(DefaultCampaigns.Campaigns))
        {
            Assert.True(campaign.Active);
            Assert.Empty(campaign.Variants);
            Assert.Equal(line.IsSequence, campaign.Steps.Length > 1);
            Assert.Equal(Enumerable.Range(1, campaign.Steps.Length), campaign.Steps.Select(step => step.Number));
            Assert.All(campaign.Steps, step => Assert.Equal(line.Channel, step.Channel));
            Assert.Equal(campaign.Steps.Select(step => step.After).Distinct().Order(), campaign.Steps.Select(step => step.After));
            Assert.InRange(campaign.Steps[^1].After, TimeSpan.Zero, TimeSpan.FromDays(90));
        }
    }

    [Fact]
    public void Each_transition_starts_the_campaigns_of_its_line_and_no_others()
    {
        string?[] before = [null, "001", "002", "003", "004", "005", "006"];
        foreach (var kind in "FPETN")
            foreach (var from in before)
                foreach (var to in before.OfType<string>())
                    foreach (var first in new[] { true, false })
                    {
                        var cause = new CampaignCause(
                            CauseKind.Transition, 1, from is null ? null : StatusTags.Parse("ST_" + from), StatusTags.Parse("ST_" + to),
                            Due, first);
                        var expected = Contract.Lines.Where(line => line.On == to && line.For.Contains(kind) && (first || !line.FirstTime)
                            && (line.From.Length == 0 || (from is not null && line.From.Contains(from))));
                        Assert.Equal(expected.Select(line => line.Campaign), Started(cause, kind));
                    }
    }

    /// <summary>Also where it is the move to churned that people are asked about.</summary>
    [Theory]
    [InlineData(StatusTag.Declining)]
    [InlineData(StatusTag.Churned)]
    public void A_review_of_a_high_value_customer_raises_alert_and_task_at_once(StatusTag to)
    {
        var cause = new CampaignCause(CauseKind.HighValueReview, 1, null, to, Due, FirstTime: false);
        foreach (var kind in "PE") Assert.Equal(["cs_alert", "immediate_csm_intervention"], Started(cause, kind));
        foreach (var kind in "FTN") Assert.Equal(["cs_alert"], Started(cause, kind)); // the task is one for who pays
        Assert.All(Planned(cause, 'E'), action => Assert.Equal(Due, action.ScheduledFor));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_review_that_waits_raises_one_alert(int alert)
    {
        var action = Assert.Single(Planned(new CampaignCause(CauseKind.ReviewAlert, 9, null, StatusTag.Churned, Due, false, alert), 'E'));
        Assert.Equal(
            ("review_waiting", alert, Channel.Alert, CampaignKind.Service, Due),
            (action.Campaign, action.Step, action.Channel, action.Kind, action.ScheduledFor));
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("\"yes\"", true)]
    [InlineData("\"TRUE\"", true)]
    [InlineData("\"on\"", true)]
    [InlineData("1", true)]
    [InlineData("\"1\"", true)]
    [InlineData("false", false)]
    [InlineData("\"no\"", false)]
    [InlineData("0", false)]
    [InlineData("null", false)]
    public void Who_is_on_trial_is_read_as_people_write_it(string trait, bool onTrial)
    {
        var customer = Given.Customer().With(
            "2026-01-02T00:00Z", Given.Identify("2026-01-02T00:00Z", $$"""{"tier":"Pro","trial":{{trait}}}"""));
        var cause = new CampaignCause(CauseKind.Transition, 1, StatusTag.Active, StatusTag.Declining, Due, FirstTime: true);
        Assert.Equal(
            onTrial, CampaignMatching.Of(Contract.Set, cause, customer, BusinessCalendar.Utc, Due)
                .Any(action => action.Campaign == "trial_extension"));
    }

    [Fact]
    public void What_the_contract_says_of_an_action_stands_in_its_payload()
    {
        var payload = DefaultCampaigns.Campaigns.ToDictionary(one => one.Name, one => JsonElement.Parse(one.Payload));
        Assert.Equal(["advanced_modules", "expert_interviews"], Texts("unlock_advanced_modules", "content"));
        Assert.Equal(["mentor_program", "beta_testing", "speaking_opportunities"], Texts("expert_opportunities", "opportunities"));
        Assert.Equal(["retention", "product"], Texts("churn_notice", "to"));
        Assert.True(payload["ppal_expert_badge"].GetProperty("announce").GetBoolean());
        Assert.Equal("account_team", Text("expansion_and_advocacy", "assignee"));
        Assert.Equal(("customer_success", "high"), (Text("cs_alert", "to"), Text("cs_alert", "priority")));
        Assert.Equal(14, Number("trial_extension", "days"));
        Assert.Equal(
            ("urgent", 24), (Text("immediate_csm_intervention", "priority"), Number("immediate_csm_intervention", "due_in_hours")));
        Assert.Equal(
            ("retention_specialist", "urgent", 24),
            (Text("schedule_personal_call", "assignee"), Text("schedule_personal_call", "priority"),
                Number("schedule_personal_call", "due_in_hours")));
        Assert.Equal((30, 7), (Number("course_discount", "percent"), Number("course_discount", "valid_days")));

        string[] Texts(string campaign, string name) =>
            [.. payload[campaign].GetProperty(name).EnumerateArray().Select(one => one.GetString()!)];
        string? Text(string campaign, string name) => payload[campaign].GetProperty(name).GetString();
        int Number(string campaign, string name) => payload[campaign].GetProperty(name).GetInt32();
    }

    static ImmutableArray<PlannedAction> Planned(CampaignCause cause, char kind) =>
        CampaignMatching.Of(Contract.Set, cause, Contract.Customer(kind), BusinessCalendar.Utc, Due);

    static IEnumerable<string> Started(CampaignCause cause, char kind) => Planned(cause, kind).Select(action => action.Campaign).Distinct();
}
