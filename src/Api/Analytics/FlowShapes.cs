using LStep.Grains.Analytics;

namespace LStep.Api.Analytics;

/// <param name="Through">The ledger id up to which everything is counted.</param>
/// <param name="Items">In the order of the tags; what moved nobody in either range has none.</param>
public sealed record Flow(
    DateOnly From, DateOnly To, DateOnly PreviousFrom, DateOnly PreviousTo, DateTimeOffset AsOf, long Through,
    IReadOnlyList<FlowItem> Items, long Total, long PreviousTotal)
{
    public static Flow Of(FlowFigures figures)
    {
        var (frame, rows) = (figures.Frame, figures.Rows);
        return new Flow(
            frame.Range.From, frame.Range.To, frame.Range.Previous.From, frame.Range.Previous.To, frame.AsOf, frame.Through,
            [.. rows.Where(row => row.Count > 0 || row.Previous > 0).Select(
                row => new FlowItem(row.From, row.To, row.Count, row.Previous))],
            rows.Sum(row => row.Count), rows.Sum(row => row.Previous));
    }
}


/// <param name="Count">Moves that became due in the range and stand; imports and first tags are none.</param>
/// <param name="Previous">In the range of equal length before.</param>
public sealed record FlowItem(StatusTag From, StatusTag To, long Count, long Previous);
