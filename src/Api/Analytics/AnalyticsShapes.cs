using System.Collections.Immutable;
using LStep.Grains.Feeds;

namespace LStep.Api.Analytics;

/// <summary>Customers per tag, every tag named.</summary>
public sealed record Distribution(DateTimeOffset At, ImmutableSortedDictionary<StatusTag, long> Counts)
{
    public static Distribution Of(TagCounts counts, DateTimeOffset at) => new(at, counts.Counts);
}
