using LStep.Domain.Deciding;
using LStep.Domain.Measuring;
using LStep.Domain.Predicting;

namespace LStep.Domain.Campaigning;

/// <summary>What happens to an action that is due; a closed set.</summary>
public abstract record SendVerdict
{
    private SendVerdict() { }

    public sealed record Send : SendVerdict
    {
        public static Send It { get; } = new();
    }

    /// <summary>It is looked at again then.</summary>
    public sealed record Hold(DateTimeOffset Until, string Reason) : SendVerdict;

    public sealed record Suppress(string Reason) : SendVerdict;

    public sealed record Cancel(string Reason) : SendVerdict;
}

/// <summary>An action that is due, and what is known of why it exists.</summary>
/// <param name="Campaign">As it is defined now; null where it has been taken out, and for the alerts of reviews.</param>
/// <param name="Tag">The tag that the customer has to have; null where any will do.</param>
/// <param name="CauseAt">When the transition was applied; with its DueAt it says how late it was.</param>
/// <param name="Undone">The transition has been taken back.</param>
/// <param name="IsRepeat">The campaign had started for this customer too short a time before.</param>
/// <param name="Step">Of the campaign, from 1.</param>
public sealed record DueAction(
    string Name, Campaign? Campaign, Channel Channel, CampaignKind Kind, StatusTag? Tag, DateTimeOffset ScheduledFor,
    DateTimeOffset CauseDueAt, DateTimeOffset CauseAt, bool Undone, bool IsRepeat, int Step = 1)
{
    /// <summary>Why nothing comes of it now that another set of campaigns is in force; null where it still stands in it.</summary>
    public string? WhyGone => Name == CampaignMatching.ReviewWaiting ? null
        : Campaign is null ? "The campaign is not among those in force any more."
        : !Campaign.Active ? "The campaign has been switched off."
        : Step > Campaign.Steps.Length ? "The campaign does not have this step any more."
        : null;
}

/// <summary>
/// Every check of an action at the moment of sending: a pure function of the action, the customer and what it was sent before.
/// </summary>
public static class SendCheck
{
    /// <summary>
    /// Of a transition that is applied later than this after it was due, people are told, and the customer is not bothered.
    /// </summary>
    static readonly TimeSpan LateAfter = TimeSpan.FromHours(24);

    /// <param name="sent">Marketing messages of the last 168 h over email, push and in-app.</param>
    /// <param name="zone">The customer's, or the business zone where it has none.</param>
    /// <param name="model">What conditions on churn_probability are looked at with.</param>
    public static SendVerdict Of(
        DueAction action, CustomerState state, IReadOnlyCollection<DateTimeOffset> sent, SendingLimits limits, TimeZoneInfo zone,
        BusinessCalendar calendar, DateTimeOffset now, LiveModel? model = null)
    {
        if (action.Undone) return new SendVerdict.Cancel(SuppressionReasons.Undone);
        if (action.Tag is { } tag && tag != state.Tag) return new SendVerdict.Cancel(SuppressionReasons.StatusChanged);
        if (action.WhyGone is { } gone) return new SendVerdict.Cancel(gone);
        if (action.IsRepeat) return new SendVerdict.Suppress("The campaign had started for this customer not long before.");
        if (action.CauseAt - action.CauseDueAt > LateAfter && action.Channel is not (Channel.Alert or Channel.Task))
            return new SendVerdict.Suppress(SuppressionReasons.Late);
        if (action.Campaign is { } campaign)
        {
            var measures = Measures.Of(state, calendar, now, model);
            if (!CampaignMatching.IsFor(campaign, measures)
                || (campaign.WhenSending is { } condition && !Conditions.IsMet(condition, new Measured(measures))))
                return new SendVerdict.Suppress(SuppressionReasons.Condition);
        }
        return action.Kind == CampaignKind.Service ? SendVerdict.Send.It : OfMarketing(action, state, sent, limits, zone, now);
    }

    static SendVerdict OfMarketing(
        DueAction action, CustomerState state, IReadOnlyCollection<DateTimeOffset> sent, SendingLimits limits, TimeZoneInfo zone,
        DateTimeOffset now)
    {
        if (!Consents(state.Profile, action.Channel)) return new SendVerdict.Suppress(SuppressionReasons.OptedOut);
        if (action.Campaign is { } campaign && CampaignDraws.IsHeldOut(campaign, state.CustomerId))
            return new SendVerdict.Suppress(SuppressionReasons.Holdout);
        var (at, why) = limits.Allowed(now, sent, zone);
        if (at <= now) return SendVerdict.Send.It;
        // Room may come before it is expected: what was counted as sent may turn out not to have been.
        var last = action.ScheduledFor + SendingLimits.HeldMax;
        return now >= last ? new SendVerdict.Suppress(why!) : new SendVerdict.Hold(at < last ? at : last, why!);
    }

    /// <summary>LINE is pushed to a phone; an incentive, which the platform announces, goes by the consent to mail.</summary>
    static bool Consents(Profile profile, Channel channel) => channel switch
    {
        Channel.Push or Channel.Line => profile.ConsentPush,
        Channel.InApp => profile.ConsentInApp,
        _ => profile.ConsentEmail,
    };
}
