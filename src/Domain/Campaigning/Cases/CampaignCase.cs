using System.Collections.Immutable;
using LStep.Domain.Rules;

namespace LStep.Domain.Campaigning.Cases;

/// <summary>One transition as a case supposes it, and what has to follow from it.</summary>
public sealed record CampaignCase(string Name, GivenTransition Given, ExpectedMessages Expect);

/// <summary>A customer, a transition or the opening of a review, and what happens until everything is sent.</summary>
public sealed record GivenTransition
{
    /// <summary>Everything told of the customer before. Metrics that are given stand in place of those that would be measured.</summary>
    public required GivenCustomer Customer { get; init; }

    /// <summary>When it is due; delays count from it.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Null for a new customer.</summary>
    public StatusTag? From { get; init; }

    public required StatusTag To { get; init; }

    /// <summary>The customer has never had the tag before.</summary>
    public bool FirstTime { get; init; } = true;

    /// <summary>A review of a high-value customer opens in place of the transition.</summary>
    public bool Review { get; init; }

    /// <summary>Draws of variants go by it.</summary>
    public string Id { get; init; } = "case";

    /// <summary>Every campaign with a holdout holds this customer out; else none does.</summary>
    public bool HeldOut { get; init; }

    /// <summary>How much later than due the transition was applied.</summary>
    public TimeSpan Late { get; init; }

    /// <summary>Marketing messages by email, push and in-app that went out before.</summary>
    public ImmutableArray<DateTimeOffset> Sent { get; init; } = [];

    /// <summary>How many days before campaigns had started for this customer.</summary>
    public ImmutableDictionary<string, decimal> StartedDaysAgo { get; init; } = ImmutableDictionary<string, decimal>.Empty;

    /// <summary>The tag that the customer has after a while, and since when.</summary>
    public (StatusTag To, DateTimeOffset At)? MovedOn { get; init; }

    public DateTimeOffset? UndoneAt { get; init; }
}

/// <summary>What has to be found; what is null is not looked at.</summary>
/// <param name="Starts">The campaigns that start, in any order, and no others.</param>
public sealed record ExpectedMessages(ImmutableArray<string>? Starts, ImmutableArray<ExpectedMessage> Messages);

/// <param name="Held">What held it; an empty text where nothing may have.</param>
/// <param name="Fate">sent, suppressed or cancelled.</param>
/// <param name="At">When it came to that.</param>
public sealed record ExpectedMessage(
    string Campaign, int Step, string? Channel, string? Variant, int? AfterMinutes, string? Held, DateTimeOffset? HeldUntil, string? Fate,
    DateTimeOffset? At, string? Reason);

/// <summary>What became of one message.</summary>
/// <param name="Held">What held it first; null where nothing did.</param>
/// <param name="HeldUntil">Until when, as it was known then.</param>
/// <param name="At">When it was sent, suppressed or cancelled.</param>
/// <param name="Reason">Why it was not sent.</param>
public sealed record FoundMessage(
    string Campaign, int Step, Channel Channel, string? Variant, DateTimeOffset ScheduledFor, string? Held, DateTimeOffset? HeldUntil,
    string Fate, DateTimeOffset At, string? Reason)
{
    public const string Sent = "sent", Suppressed = "suppressed", Cancelled = "cancelled";
}

/// <summary>What a case came to; without differences it holds.</summary>
public sealed record CampaignCaseOutcome(
    CampaignCase Case, ImmutableArray<FoundMessage> Messages, ImmutableArray<CaseDifference> Differences)
{
    public bool Holds => Differences.IsEmpty;
}
