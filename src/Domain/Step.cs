using System.Collections.Immutable;
using LStep.Domain.Deciding;

namespace LStep.Domain;

public enum ReviewStatus : byte { Open, Approved, Rejected, Superseded, Withdrawn }

/// <summary>A review opened, updated or closed. Upserted by Id.</summary>
public sealed record ReviewChange
{
    public required Guid Id { get; init; }
    public required string CustomerId { get; init; }
    public required StatusTag From { get; init; }
    public required StatusTag To { get; init; }
    public required int RuleId { get; init; }
    public required string Rule { get; init; }
    public required decimal Confidence { get; init; }
    public required ImmutableArray<string> Reasons { get; init; }
    public required ReviewStatus Status { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>USER of a person's decision; null when the grain closed it.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>What the person said; null leaves the review's note as it is.</summary>
    public string? Note { get; init; }

    /// <summary>
    /// Why the grain closed it: "tag_changed", "recommendation_changed", "no_longer_holds", "applied", "review_expired" …
    /// </summary>
    public string? CloseReason { get; init; }

    /// <summary>The customer's transition that closed it, or null.</summary>
    public int? TransitionNumber { get; init; }

    public required int DecisionNumber { get; init; }

    /// <summary>How often it has called for attention.</summary>
    public int Alerts { get; init; }
}

/// <summary>A stored decision: number within the customer and the self-contained record as JSON.</summary>
public sealed record StoredDecision(int Number, DateTimeOffset At, string Json);

/// <summary>What a person changed of the customer, for the audit log.</summary>
/// <param name="Action">The kind of thing and what was done to it, such as review.approved.</param>
/// <param name="Target">The review, the ledger row or the customer.</param>
public sealed record StepAudit(Person By, string Action, string Target, AuditedTag Before, AuditedTag After, string? Reason);

/// <summary>What of a customer people may change.</summary>
public sealed record AuditedTag(string CustomerId, StatusTag Tag, DateTimeOffset TagSince, DateTimeOffset? LockedUntil);

/// <summary>What one turn of a customer came to: committed whole or not at all.</summary>
public sealed record Step
{
    /// <summary>Null for a customer that did not exist.</summary>
    public required CustomerState? Before { get; init; }

    /// <summary>Version is Before's plus one when anything has to be written.</summary>
    public required CustomerState After { get; init; }

    /// <summary>When the turn was taken.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>New entries for the log, in the order of the call.</summary>
    public ImmutableArray<Activity> Accepted { get; init; } = [];

    /// <summary>What became of each activity of the call, in its order.</summary>
    public ImmutableArray<ReceiptItem> Receipt { get; init; } = [];

    public ImmutableArray<Transition> Transitions { get; init; } = [];
    public ImmutableArray<StoredDecision> Decisions { get; init; } = [];

    /// <summary>In order; a later one of the same Id replaces an earlier.</summary>
    public ImmutableArray<ReviewChange> Reviews { get; init; } = [];

    /// <summary>What campaigns may follow from, in order.</summary>
    public ImmutableArray<StepCause> Causes { get; init; } = [];

    /// <summary>Set where a person acted.</summary>
    public StepAudit? Audit { get; init; }

    /// <summary>What the set that runs in shadow asked for; null while none does. It is counted, and no part of the commit.</summary>
    public ShadowComparison? Shadow { get; init; }

    /// <summary>
    /// The earliest instant after At at which time alone could change the answer, business midnights apart; null for never.
    /// </summary>
    public DateTimeOffset? NextCheckAt { get; init; }

    /// <summary>False when nothing at all changed: there is nothing to commit, and a customer that did not exist still does not.</summary>
    public bool HasChanges => After.Version != (Before?.Version ?? 0);

    /// <summary>Reviews that were not open before, in the order of their opening; one that only changed is not among them.</summary>
    public IEnumerable<ReviewChange> OpenedReviews => Reviews
        .Where(change => change.Status == ReviewStatus.Open && change.Id != Before?.Governance.Review?.Id)
        .DistinctBy(change => change.Id);

    public bool ProfileChanged => Before is null || !ReferenceEquals(Before.Profile, After.Profile)
        || Before.Lifetime.FirstEventAt != After.Lifetime.FirstEventAt;
}

/// <summary>What became of a person's act.</summary>
/// <param name="MovedOn">Of a refusal as not the latest: the number of a later row that stands.</param>
public sealed record Acted(Step Step, ActRefusal Refusal, int MovedOn);
