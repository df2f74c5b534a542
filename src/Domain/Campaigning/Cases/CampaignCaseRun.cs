using System.Collections.Immutable;
using System.Globalization;
using LStep.Domain.Deciding;
using LStep.Domain.Measuring;
using LStep.Domain.Rules;

namespace LStep.Domain.Campaigning.Cases;

/// <summary>
/// Plays a case through the real domain: the campaigns are matched as a transition's are, and each message is looked at when it is due, and
/// again when what held it ends.
/// </summary>
public sealed class CampaignCaseRun
{
    /// <summary>Nobody meets one of none.</summary>
    static readonly Condition Never = new Condition.Any([]);

    readonly GivenTransition given;
    readonly CustomerState state;
    readonly CampaignSet set;
    readonly List<DateTimeOffset> sent;
    readonly TimeZoneInfo zone;

    CampaignCaseRun(GivenTransition given, ImmutableArray<Campaign> campaigns)
    {
        this.given = given;
        set = new CampaignSet(1, given.Id, given.At, [.. campaigns.Select(Drawn)]);
        state = RuleCaseRun.StateOf(
            given.Customer, new Rulebook(new RuleSet(1, given.Id, given.At, []), new Policy(), BusinessCalendar.Utc))
            with { CustomerId = given.Id };
        sent = [.. given.Sent];
        zone = LocalTimes.ZoneOf(state.Profile, BusinessCalendar.Utc);
    }

    public static CampaignCaseOutcome Run(CampaignCase one, ImmutableArray<Campaign> campaigns)
    {
        var found = new CampaignCaseRun(one.Given, campaigns).Play();
        return new CampaignCaseOutcome(one, found, Differences(one, found));
    }

    /// <summary>Who is held out is said by the case, not by the lot.</summary>
    Campaign Drawn(Campaign campaign) => campaign with { HoldoutPercent = given.HeldOut && campaign.HoldoutPercent > 0 ? 100 : 0 };

    ImmutableArray<FoundMessage> Play()
    {
        var applied = given.At + given.Late;
        var cause = given.Review ? new CampaignCause(CauseKind.HighValueReview, 1, null, given.To, given.At, FirstTime: false)
            : new CampaignCause(CauseKind.Transition, 1, given.From, given.To, given.At, given.FirstTime);
        var fitting = set with { Campaigns = [.. set.Campaigns.Select(one => AsSupposed(one, applied, atSending: false))] };
        var waiting = CampaignMatching.Of(fitting, cause, state, BusinessCalendar.Utc, applied)
            .Select(action => new Waiting(action, action.ScheduledFor > applied ? action.ScheduledFor : applied)).ToList();
        var found = ImmutableArray.CreateBuilder<FoundMessage>();
        while (waiting.MinBy(one => one.DueAt) is { } next)
        {
            waiting.Remove(next);
            if (Look(next) is { } end) found.Add(end);
            else waiting.Add(next);
        }
        return found.ToImmutable();
    }

    /// <summary>Null where it is held.</summary>
    FoundMessage? Look(Waiting one)
    {
        var (action, now) = (one.Action, one.DueAt);
        var moved = given.MovedOn is { } later && later.At <= now ? later.To : (StatusTag?)null;
        var campaign = set.Named(action.Campaign)!;
        var due = new DueAction(
            action.Campaign, AsSupposed(campaign, now, atSending: true), action.Channel, action.Kind, given.Review ? null : given.To,
            action.ScheduledFor, given.At, given.At + given.Late, given.UndoneAt <= now,
            given.StartedDaysAgo.TryGetValue(action.Campaign, out var days) && days < campaign.OnceInDays, action.Step);
        var customer = moved is { } tag ? state with { Tag = tag } : state;
        switch (SendCheck.Of(due, customer, sent, SendingLimits.Default, zone, BusinessCalendar.Utc, now))
        {
            case SendVerdict.Hold hold:
                (one.Held, one.HeldUntil) = (one.Held ?? hold.Reason, one.HeldUntil ?? hold.Until);
                one.DueAt = hold.Until;
                return null;
            case SendVerdict.Suppress suppress:
                return Found(one, FoundMessage.Suppressed, suppress.Reason);
            case SendVerdict.Cancel cancel:
                return Found(one, FoundMessage.Cancelled, cancel.Reason);
            default:
                if (action.Kind == CampaignKind.Marketing && action.Channel is Channel.Email or Channel.Push or Channel.InApp)
                    sent.Add(now);
                return Found(one, FoundMessage.Sent, null);
        }
    }

    static FoundMessage Found(Waiting one, string fate, string? reason) => new(
        one.Action.Campaign, one.Action.Step, one.Action.Channel, one.Action.Variant, one.Action.ScheduledFor, one.Held, one.HeldUntil,
        fate, one.DueAt, reason);

    /// <summary>Its conditions are met or not as the case supposes the customer to be, measured as of an instant.</summary>
    Campaign AsSupposed(Campaign campaign, DateTimeOffset at, bool atSending)
    {
        if (given.Customer.Metrics.IsEmpty) return campaign;
        var seen = new Supposed(new Measured(Measures.Of(state, BusinessCalendar.Utc, at)), given.Customer.Metrics);
        return campaign with
        {
            Audience = Decided(campaign.Audience), WhenSending = atSending ? Decided(campaign.WhenSending) : campaign.WhenSending,
        };

        Condition? Decided(Condition? condition) => condition is null || Conditions.IsMet(condition, seen) ? null : Never;
    }

    static ImmutableArray<CaseDifference> Differences(CampaignCase whole, ImmutableArray<FoundMessage> found)
    {
        var (expected, differences) = (whole.Expect, ImmutableArray.CreateBuilder<CaseDifference>());
        if (expected.Starts is { } starts)
        {
            var started = found.Select(one => one.Campaign).Distinct().Order(StringComparer.Ordinal).ToArray();
            if (!started.SequenceEqual(starts.Distinct().Order(StringComparer.Ordinal)))
                differences.Add(new CaseDifference(
                    "starts", string.Join(", ", starts.Distinct().Order(StringComparer.Ordinal)), string.Join(", ", started)));
        }
        foreach (var one in expected.Messages)
        {
            var name = $"{one.Campaign} {one.Step}";
            if (found.FirstOrDefault(message => message.Campaign == one.Campaign && message.Step == one.Step) is not { } message)
                differences.Add(new CaseDifference(name, "a message", "none"));
            else
                foreach (var (member, wanted, seen) in Pairs(one, message, message.ScheduledFor - whole.Given.At))
                    if (wanted is not null && wanted != seen)
                        differences.Add(new CaseDifference($"{name} {member}", Shown(wanted), Shown(seen)));
        }
        return differences.ToImmutable();
    }

    static IEnumerable<(string Member, string? Wanted, string? Found)> Pairs(
        ExpectedMessage one, FoundMessage found, TimeSpan after) =>
    [
        ("channel", one.Channel, found.Channel.Name()), ("variant", one.Variant, found.Variant),
        ("afterMinutes", Text(one.AfterMinutes), Text((int)after.TotalMinutes)),
        ("held", one.Held, found.Held ?? ""), ("heldUntil", Text(one.HeldUntil), Text(found.HeldUntil)),
        ("fate", one.Fate, found.Fate), ("at", Text(one.At), Text(found.At)), ("reason", one.Reason, found.Reason),
    ];

    static string? Text(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    static string? Text(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    static string Shown(string? text) => string.IsNullOrEmpty(text) ? "nothing" : text;

    sealed class Waiting(PlannedAction action, DateTimeOffset dueAt)
    {
        public PlannedAction Action => action;
        public DateTimeOffset DueAt { get; set; } = dueAt;
        public string? Held { get; set; }
        public DateTimeOffset? HeldUntil { get; set; }
    }
}
