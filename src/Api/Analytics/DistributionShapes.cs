using System.Collections.Immutable;

namespace LStep.Api.Analytics;

/// <param name="At">The instant of the counts, which is now.</param>
/// <param name="Counts">Customers per tag as of now, every tag named.</param>
/// <param name="Days">At the end of each day of the range that has begun; that of today is now.</param>
/// <param name="Through">The ledger id up to which everything is counted.</param>
public sealed record Distribution(
    DateTimeOffset At, ImmutableSortedDictionary<StatusTag, long> Counts, DateOnly From, DateOnly To, DateOnly PreviousFrom,
    DateOnly PreviousTo, DateTimeOffset AsOf, long Through, IReadOnlyList<DayCounts> Days);
