using LStep.Domain.Campaigning;

namespace LStep.Domain.Tests.Campaigning;

using static Channel;

/// <summary>One line of the contract's table of campaigns, written down from the contract and from nothing else.</summary>
/// <param name="After">Minutes from the transition to the first message.</param>
/// <param name="IsSequence">The contract says so: several messages.</param>
/// <param name="From">Codes of the tags that it has to come from; empty for any.</param>
/// <param name="For">Kinds of customers: F, P, E for the tiers, T for one without a tier that is on trial, N for one with neither.</param>
/// <param name="Holdout">Percent.</param>
sealed record ContractLine(
    int Number, string On, string Campaign, Channel Channel, int After, bool IsMarketing = false, bool IsSequence = false,
    string From = "", bool FirstTime = false, string For = "FPETN", int Holdout = 0, int OnceInDays = 30, string AtSending = "");

static class Contract
{
    const int Hour = 60, Day = 24 * 60;

    public static readonly ContractLine[] Lines =
    [
        new(1, "001", "welcome_active_learner", Email, 1 * Hour, IsMarketing: true, IsSequence: true, FirstTime: true),
        new(2, "001", "add_to_beginner_group", Webhook, 2 * Hour, FirstTime: true),
        new(3, "001", "standard_nurturing", Email, 3 * Day, IsMarketing: true, IsSequence: true, FirstTime: true, For: "P", Holdout: 10),
        new(4, "001", "welcome_back", InApp, 0, IsMarketing: true, From: "004 005 006"),
        new(5, "002", "progression_milestone", Email, 0, FirstTime: true),
        new(6, "002", "unlock_advanced_modules", Webhook, 1 * Hour, FirstTime: true),
        new(7, "002", "advanced_features_push", Push, 24 * Hour, IsMarketing: true, FirstTime: true),
        new(8, "002", "upgrade_nurturing", Email, 2 * Day, IsMarketing: true, IsSequence: true, FirstTime: true, For: "F", Holdout: 10),
        new(9, "003", "mastery_achievement", Email, 0, FirstTime: true),
        new(10, "003", "ppal_expert_badge", Webhook, 0, FirstTime: true),
        new(11, "003", "expert_opportunities", Email, 0, IsMarketing: true, FirstTime: true),
        new(12, "003", "expansion_and_advocacy", Channel.Task, 24 * Hour, For: "E"),
        new(13, "003", "expert_advocacy_program", Email, 7 * Day, IsMarketing: true, Holdout: 10, AtSending: "CommunityContribution 70"),
        new(14, "004", "cs_alert", Alert, 0),
        new(15, "004", "personal_check_in", Email, 2 * Hour, IsMarketing: true, Holdout: 10),
        new(16, "004", "trial_extension", Webhook, 0, For: "FT", OnceInDays: 180),
        new(17, "004", "immediate_csm_intervention", Channel.Task, 0, For: "PE"),
        new(18, "005", "schedule_personal_call", Channel.Task, 0, For: "PE"),
        new(19, "005", "custom_learning_path", Webhook, 0),
        new(20, "005", "course_discount", Webhook, 0, IsMarketing: true, Holdout: 10, OnceInDays: 180),
        new(21, "005", "comeback_checklist", InApp, 24 * Hour, IsMarketing: true, Holdout: 10),
        new(22, "006", "churn_notice", Alert, 0),
        new(23, "006", "quarterly_winback", Email, 30 * Day, IsMarketing: true, IsSequence: true, Holdout: 10,
            AtSending: "DaysSinceActivity 14"),
        new(24, "006", "value_demonstration", Email, 14 * Day, IsMarketing: true, For: "F", Holdout: 10,
            AtSending: "DaysSinceActivity 14"),
    ];

    public static readonly CampaignSet Set = DefaultCampaigns.Version1(Given.At("2026-01-01T00:00Z"));

    /// <summary>A customer of one of the kinds that <see cref="ContractLine.For"/> names.</summary>
    public static CustomerState Customer(char kind)
    {
        var traits = kind switch
        {
            'F' => """{"tier":"Freemium"}""", 'P' => """{"tier":"Pro"}""", 'E' => """{"tier":"Enterprise"}""", 'T' => """{"trial":true}""",
            _ => """{"favoriteColor":"blue"}""",
        };
        return Given.Customer().With("2026-01-02T00:00Z", Given.Identify("2026-01-02T00:00Z", traits));
    }
}
