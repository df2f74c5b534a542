using System.Collections.Immutable;
using LStep.Grains.Feeds;

namespace LStep.Api.Hub;

/// <summary>Customers per tag, every tag named.</summary>
public sealed record CountsNow(DateTimeOffset At, ImmutableSortedDictionary<StatusTag, long> Counts)
{
    public static CountsNow Of(TagCounts counts, DateTimeOffset at) => new(at, counts.Counts);
}
