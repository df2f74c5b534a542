using System.Collections.Immutable;
using LStep.Domain.Deciding;
using LStep.Domain.Measuring;
using LStep.Domain.Predicting;

namespace LStep.Domain.Campaigning;

/// <summary>What campaigns follow from.</summary>
/// <param name="Number">Of the customer's ledger row, or of its review; with the kind and the customer the key.</param>
/// <param name="To">The tag that began, or that the review recommends.</param>
/// <param name="DueAt">Delays count from it.</param>
/// <param name="FirstTime">The customer has never had the tag before.</param>
/// <param name="Alert">Of a review's alert: 1 after 24 h, 2 after 72 h.</param>
public sealed record CampaignCause(
    CauseKind Kind, int Number, StatusTag? From, StatusTag To, DateTimeOffset DueAt, bool FirstTime, int Alert = 0);

/// <summary>An action that has to come; what becomes of it is decided when it is due.</summary>
public sealed record PlannedAction(
    string Campaign, int Step, string? Variant, Channel Channel, CampaignKind Kind, DateTimeOffset ScheduledFor);

/// <summary>Which campaigns a cause starts.</summary>
public static class CampaignMatching
{
    /// <summary>Raised by an open review that nobody decides; no campaign of the set.</summary>
    public const string ReviewWaiting = "review_waiting";

    /// <summary>In the order of the set, then of the steps.</summary>
    /// <param name="state">The customer as known when the cause is looked at.</param>
    /// <param name="given">The variants that the customer was given before, by campaign; null for none.</param>
    /// <param name="model">What conditions on churn_probability are looked at with.</param>
    public static ImmutableArray<PlannedAction> Of(
        CampaignSet set, CampaignCause cause, CustomerState state, BusinessCalendar calendar, DateTimeOffset now,
        IReadOnlyDictionary<string, string>? given = null, LiveModel? model = null)
    {
        if (cause.Kind == CauseKind.ReviewAlert)
            return [new PlannedAction(ReviewWaiting, cause.Alert, null, Channel.Alert, CampaignKind.Service, cause.DueAt)];
        var measures = Measures.Of(state, calendar, now, model);
        var planned = ImmutableArray.CreateBuilder<PlannedAction>();
        foreach (var campaign in set.Campaigns)
        {
            if (!Starts(campaign, cause) || !IsFor(campaign, measures)) continue;
            var variant = CampaignDraws.VariantOf(campaign, state.CustomerId, given?.GetValueOrDefault(campaign.Name));
            foreach (var step in campaign.Steps)
                planned.Add(new PlannedAction(
                    campaign.Name, step.Number, variant, step.Channel, campaign.Kind, cause.DueAt + step.After));
        }
        return planned.ToImmutable();
    }

    /// <summary>Whether it had started too short a time before what would start it now.</summary>
    /// <param name="last">When it last started; null for never.</param>
    public static bool IsRepeat(Campaign campaign, DateTimeOffset? last, DateTimeOffset dueAt) =>
        dueAt - last < TimeSpan.FromDays(campaign.OnceInDays);

    internal static bool IsFor(Campaign campaign, Measures measures) =>
        campaign.Audience is null || Conditions.IsMet(campaign.Audience, new Measured(measures));

    /// <summary>A review starts what is for it whatever tag it recommends: the customer is at risk, and keeps its tag meanwhile.</summary>
    static bool Starts(Campaign campaign, CampaignCause cause) => campaign.Active && cause.Kind switch
    {
        CauseKind.HighValueReview => campaign.OnHighValueReview,
        CauseKind.Transition =>
            campaign.On == cause.To && (campaign.From.IsEmpty || (cause.From is { } from && campaign.From.Contains(from)))
            && (!campaign.FirstTime || cause.FirstTime),
        _ => false,
    };
}
