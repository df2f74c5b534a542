namespace LStep.Api.Analytics;

/// <param name="Through">The ledger id up to which everything is counted.</param>
/// <param name="Items">In the order of the tags; what moved nobody in either range has none.</param>
public sealed record Flow(
    DateOnly From, DateOnly To, DateOnly PreviousFrom, DateOnly PreviousTo, DateTimeOffset AsOf, long Through,
    IReadOnlyList<FlowItem> Items, long Total, long PreviousTotal);

/// <param name="Count">Moves that became due in the range and stand; imports and first tags are none.</param>
/// <param name="Previous">In the range of equal length before.</param>
public sealed record FlowItem(StatusTag From, StatusTag To, long Count, long Previous);
