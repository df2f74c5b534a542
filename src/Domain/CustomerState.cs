using System.Collections.Immutable;

namespace LStep.Domain;

/// <summary>
/// Everything a decision about one customer depends on. A value: Lifecycle makes the next one, the journal makes it durable.
/// All instants are UTC and whole milliseconds.
/// </summary>
public sealed record CustomerState
{
    public required string CustomerId { get; init; }

    /// <summary>Commits so far; the fence of the next one. 0 before the first.</summary>
    public long Version { get; init; }

    public required StatusTag Tag { get; init; }

    /// <summary>dueAt of the transition that set the tag.</summary>
    public required DateTimeOffset TagSince { get; init; }

    public StatusTag? PreviousTag { get; init; }

    /// <summary>Everything that became due up to here has been decided.</summary>
    public required DateTimeOffset EvaluatedAt { get; init; }

    public required Profile Profile { get; init; }

    /// <summary>Active days only, ascending, none older than the 30-day window of EvaluatedAt.</summary>
    public ImmutableArray<DayWindow> Days { get; init; } = [];

    public Lifetime Lifetime { get; init; } = Lifetime.Empty;

    public required Governance Governance { get; init; }

    /// <summary>Null where the version that wrote the state kept none.</summary>
    public KeptTags? Kept { get; init; }

    /// <summary>Message ids received within 48 h.</summary>
    public RecentMessages Recent { get; init; } = RecentMessages.Empty;

    /// <summary>When the last import came that has not been decided yet, or null.</summary>
    public DateTimeOffset? ImportedAt { get; init; }

    /// <summary>When the first of the imports came that have not been decided yet; null exactly when ImportedAt is.</summary>
    public DateTimeOffset? FirstImportAt { get; init; }

    /// <summary>The trait, else the earliest event time seen.</summary>
    public DateTimeOffset EnrolledAt => Profile.EnrolledAtTrait ?? Lifetime.FirstEventAt ?? TagSince;

    /// <summary>When the learner can begin.</summary>
    public DateTimeOffset StartsAt => Profile.StartsAtTrait ?? EnrolledAt;

    /// <summary>The later of enrolled_at and starts_at.</summary>
    public DateTimeOffset AvailableAt => EnrolledAt > StartsAt ? EnrolledAt : StartsAt;

    /// <summary>
    /// Silence is counted from here at the earliest: one whose first event comes today was not observed before, however long enrolled.
    /// </summary>
    public DateTimeOffset ObservedFrom => Lifetime.FirstEventAt > AvailableAt ? Lifetime.FirstEventAt.Value : AvailableAt;

    /// <summary>The start of section 4: ObservedFrom, or the first learner activity when that is earlier.</summary>
    public DateTimeOffset Start => Lifetime.FirstLearnerActivityAt is { } first && first < ObservedFrom ? first : ObservedFrom;
}
