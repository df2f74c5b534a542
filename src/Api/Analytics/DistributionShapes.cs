using System.Collections.Immutable;
using LStep.Grains.Analytics;

namespace LStep.Api.Analytics;

/// <param name="At">The instant of the counts, which is now.</param>
/// <param name="Counts">Customers per tag as of now, every tag named.</param>
/// <param name="Days">At the end of each day of the range that has begun; that of today is now.</param>
/// <param name="Through">The ledger id up to which everything is counted.</param>
public sealed record Distribution(
    DateTimeOffset At, ImmutableSortedDictionary<StatusTag, long> Counts, DateOnly From, DateOnly To, DateOnly PreviousFrom,
    DateOnly PreviousTo, DateTimeOffset AsOf, long Through, IReadOnlyList<DayCounts> Days)
{
    public static Distribution Of(DistributionFigures figures)
    {
        var frame = figures.Frame;
        return new Distribution(
            frame.AsOf, figures.Tags.At(frame.Today), frame.Range.From, frame.Range.To, frame.Range.Previous.From, frame.Range.Previous.To,
            frame.AsOf, frame.Through,
            [.. frame.Begun.Each.Select(day => new DayCounts(day, figures.Tags.At(day)))]);
    }
}

