using System.Collections.Immutable;

namespace LStep.Api.Analytics;

/// <param name="Value">Null where nothing was counted on the day.</param>
public sealed record DayValue(DateOnly Date, double? Value);

/// <param name="Count">Null where the day's count was not taken.</param>
public sealed record DayCount(DateOnly Date, long? Count);

/// <summary>Customers per tag at the end of a business day, every tag named.</summary>
public sealed record DayCounts(DateOnly Date, ImmutableSortedDictionary<StatusTag, long> Counts);
