using System.Collections.Immutable;

namespace LStep.Domain;

public enum Tier : byte { Freemium = 1, Pro = 2, Enterprise = 3 }

/// <summary>Which identify last wrote a trait: last write by event time wins, of equal times the greater messageId.</summary>
public readonly record struct Stamp(DateTimeOffset At, string MessageId)
{
    public int CompareTo(Stamp other) =>
        At.CompareTo(other.At) is var byTime && byTime != 0 ? byTime : string.CompareOrdinal(MessageId, other.MessageId);
}

/// <summary>Who the customer is. Columns and free traits both follow <see cref="Stamps"/>, keyed by the normalised trait name.</summary>
public sealed record Profile
{
    public static Profile Empty { get; } = new();

    public string? Email { get; init; }
    public string? Name { get; init; }
    public Tier? Tier { get; init; }
    public decimal? LtvValue { get; init; }

    /// <summary>From the trait createdAt/enrolledAt; null without one.</summary>
    public DateTimeOffset? EnrolledAtTrait { get; init; }

    /// <summary>From the trait startsAt; null without one.</summary>
    public DateTimeOffset? StartsAtTrait { get; init; }

    /// <summary>IANA name.</summary>
    public string? Timezone { get; init; }

    public string? Locale { get; init; }
    public bool ConsentEmail { get; init; } = true;
    public bool ConsentPush { get; init; } = true;
    public bool ConsentInApp { get; init; } = true;

    /// <summary>Free traits by their name as sent; the value is JSON text.</summary>
    public ImmutableSortedDictionary<string, string> Traits { get; init; } = ImmutableSortedDictionary.Create<string, string>(
        StringComparer.Ordinal);

    /// <summary>By normalised trait name.</summary>
    public ImmutableSortedDictionary<string, Stamp> Stamps { get; init; } = ImmutableSortedDictionary.Create<string, Stamp>(
        StringComparer.Ordinal);
}
