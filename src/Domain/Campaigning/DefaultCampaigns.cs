using System.Collections.Immutable;

namespace LStep.Domain.Campaigning;

using static Campaigning.CampaignKind;
using static Channel;
using static Condition;
using static StatusTag;

/// <summary>Version 1: the twenty-four campaigns every installation starts with, as a table.</summary>
public static class DefaultCampaigns
{
    const int Hour = 60, Day = 24 * Hour;

    static readonly Condition Pro = Product("PT_001"), Enterprise = Product("PT_002"), Freemium = Product("PT_003"),
        Paying = Product("PT_001", "PT_002"), OnTrial = new Any(
            [Freemium, Trait("trial", "true", "yes", "on", "y"), new Clause(default, "trial", Operator.Equal, new Threshold([1], []))]);

    static readonly Condition SilentForTwoWeeks = Is(Metric.DaysSinceActivity, 14);

    public static ImmutableArray<Campaign> Campaigns { get; } =
    [
        Of("welcome_active_learner", Active, Marketing, Email, 1 * Hour, 1 * Hour + 2 * Day, 1 * Hour + 5 * Day) with { FirstTime = true },
        Of("add_to_beginner_group", Active, Service, Webhook, 2 * Hour) with { FirstTime = true },
        Of("standard_nurturing", Active, Marketing, Email, 3 * Day, 7 * Day, 14 * Day) with
        {
            FirstTime = true, Audience = Pro, HoldoutPercent = 10,
        },
        Of("welcome_back", Active, Marketing, InApp, 0) with { From = [Declining, ReEngagement, Churned] },

        Of("progression_milestone", Progressing, Service, Email, 0) with { FirstTime = true },
        Of("unlock_advanced_modules", Progressing, Service, Webhook, 1 * Hour) with
        {
            FirstTime = true, Payload = """{"content":["advanced_modules","expert_interviews"]}""",
        },
        Of("advanced_features_push", Progressing, Marketing, Push, 24 * Hour) with { FirstTime = true },
        Of("upgrade_nurturing", Progressing, Marketing, Email, 2 * Day, 5 * Day, 9 * Day) with
        {
            FirstTime = true, Audience = Freemium, HoldoutPercent = 10,
        },

        Of("mastery_achievement", Mastery, Service, Email, 0) with { FirstTime = true },
        Of("ppal_expert_badge", Mastery, Service, Webhook, 0) with
        {
            FirstTime = true, Payload = """{"badge":"ppal_expert","announce":true}""",
        },
        Of("expert_opportunities", Mastery, Marketing, Email, 0) with
        {
            FirstTime = true, Payload = """{"opportunities":["mentor_program","beta_testing","speaking_opportunities"]}""",
        },
        Of("expansion_and_advocacy", Mastery, Service, Channel.Task, 24 * Hour) with
        {
            Audience = Enterprise, Payload = """{"assignee":"account_team","priority":"normal"}""",
        },
        Of("expert_advocacy_program", Mastery, Marketing, Email, 7 * Day) with
        {
            WhenSending = Is(Metric.CommunityContribution, 70), HoldoutPercent = 10,
        },

        Of("cs_alert", Declining, Service, Alert, 0) with
        {
            OnHighValueReview = true, Payload = """{"to":"customer_success","priority":"high"}""",
        },
        Of("personal_check_in", Declining, Marketing, Email, 2 * Hour) with { HoldoutPercent = 10 },
        Of("trial_extension", Declining, Service, Webhook, 0) with
        {
            Audience = OnTrial, OnceInDays = 180, Payload = """{"days":14}""",
        },
        Of("immediate_csm_intervention", Declining, Service, Channel.Task, 0) with
        {
            Audience = Paying, OnHighValueReview = true,
            Payload = """{"assignee":"customer_success","priority":"urgent","due_in_hours":24}""",
        },

        Of("schedule_personal_call", ReEngagement, Service, Channel.Task, 0) with
        {
            Audience = Paying, Payload = """{"assignee":"retention_specialist","priority":"urgent","due_in_hours":24}""",
        },
        Of("custom_learning_path", ReEngagement, Service, Webhook, 0),
        Of("course_discount", ReEngagement, Marketing, Webhook, 0) with
        {
            HoldoutPercent = 10, OnceInDays = 180, Payload = """{"percent":30,"valid_days":7}""",
        },
        Of("comeback_checklist", ReEngagement, Marketing, InApp, 24 * Hour) with { HoldoutPercent = 10 },

        Of("churn_notice", Churned, Service, Alert, 0) with { Payload = """{"to":["retention","product"]}""" },
        Of("quarterly_winback", Churned, Marketing, Email, 30 * Day, 60 * Day, 90 * Day) with
        {
            WhenSending = SilentForTwoWeeks, HoldoutPercent = 10,
        },
        Of("value_demonstration", Churned, Marketing, Email, 14 * Day) with
        {
            Audience = Freemium, WhenSending = SilentForTwoWeeks, HoldoutPercent = 10,
        },
    ];

    public static CampaignSet Version1(DateTimeOffset publishedAt) => new(1, "system", publishedAt, Campaigns);

    /// <param name="afterMinutes">Of each step.</param>
    static Campaign Of(string name, StatusTag on, CampaignKind kind, Channel channel, params ReadOnlySpan<int> afterMinutes)
    {
        var steps = ImmutableArray.CreateBuilder<CampaignStep>();
        foreach (var minutes in afterMinutes) steps.Add(new CampaignStep(steps.Count + 1, TimeSpan.FromMinutes(minutes), channel));
        return new Campaign { Name = name, On = on, Kind = kind, Steps = steps.ToImmutable() };
    }

    static Clause Product(params ImmutableArray<string> tags) => new(Metric.ProductTag, null, Operator.In, new Threshold([], tags));

    static Clause Trait(string name, params ImmutableArray<string> texts) => new(default, name, Operator.In, new Threshold([], texts));

    static Clause Is(Metric metric, decimal atLeast) => new(metric, null, Operator.AtLeast, new Threshold([atLeast], []));
}
