using System.Collections.Immutable;

namespace LStep.Domain;

/// <summary>The message ids of one hour of receipt, as ascending 64-bit hashes.</summary>
public sealed record MessageHour(long Hour, ImmutableArray<ulong> Hashes);

/// <summary>The message ids received within 48 h, so that a repeat changes nothing. Hours since the Unix epoch, ascending.</summary>
public sealed record RecentMessages(ImmutableArray<MessageHour> Hours)
{
    public static RecentMessages Empty { get; } = new(ImmutableArray<MessageHour>.Empty);
}
