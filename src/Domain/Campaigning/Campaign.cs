using System.Collections.Immutable;

namespace LStep.Domain.Campaigning;

/// <summary>Whether consent, frequency cap, quiet hours and holdout apply.</summary>
public enum CampaignKind : byte
{
    /// <summary>
    /// Alerts, tasks, internal notices, unlocks, badges, account actions and transactional mail: never held out, capped or held.
    /// </summary>
    Service = 0,
    Marketing = 1,
}

/// <summary>One message of a campaign.</summary>
/// <param name="Number">1, 2, 3 …</param>
/// <param name="After">From the transition's dueAt; at most 90 days.</param>
public sealed record CampaignStep(int Number, TimeSpan After, Channel Channel);

/// <summary>One of the contents that a test compares.</summary>
/// <param name="Weight">Of all weights' sum, how many customers get it.</param>
public sealed record CampaignVariant(string Name, int Weight);

/// <summary>What follows a transition to a tag.</summary>
public sealed record Campaign
{
    /// <summary>snake_case; the key by which actions, templates and reports know it.</summary>
    public required string Name { get; init; }

    /// <summary>The tag whose beginning starts it.</summary>
    public required StatusTag On { get; init; }

    /// <summary>Only where the customer comes from one of these; empty for any.</summary>
    public ImmutableArray<StatusTag> From { get; init; } = [];

    /// <summary>Only where the customer has never had the tag before.</summary>
    public bool FirstTime { get; init; }

    /// <summary>Whom it is for: looked at with the transition, and again at sending. Null for everybody.</summary>
    public Condition? Audience { get; init; }

    /// <summary>Looked at only at the moment of sending. Null for none.</summary>
    public Condition? WhenSending { get; init; }

    public required CampaignKind Kind { get; init; }

    /// <summary>Percent of customers, 0-100, who get nothing, so that its effect can be told.</summary>
    public int HoldoutPercent { get; init; }

    /// <summary>It starts once in so many days for a customer.</summary>
    public int OnceInDays { get; init; } = 30;

    /// <summary>Opening a review with high_value_at_risk starts it, too, at once.</summary>
    public bool OnHighValueReview { get; init; }

    /// <summary>At least one; numbered from 1.</summary>
    public required ImmutableArray<CampaignStep> Steps { get; init; }

    /// <summary>None, or two to five.</summary>
    public ImmutableArray<CampaignVariant> Variants { get; init; } = [];

    /// <summary>The variant that has won a comparison: everybody gets its texts. Null where none has; never beside variants.</summary>
    public string? Promoted { get; init; }

    /// <summary>What templates and receivers are given beside the customer, as a JSON object.</summary>
    public string Payload { get; init; } = "{}";

    public bool Active { get; init; } = true;
}

/// <summary>A published, numbered set of campaigns. Version 1 is the contract's twenty-four.</summary>
public sealed record CampaignSet(int Version, string Author, DateTimeOffset PublishedAt, ImmutableArray<Campaign> Campaigns)
{
    public Campaign? Named(string name)
    {
        foreach (var campaign in Campaigns)
            if (campaign.Name == name) return campaign;
        return null;
    }
}
