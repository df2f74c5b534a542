namespace LStep.Api.Analytics;

/// <param name="Through">The ledger id up to which everything is counted.</param>
/// <param name="Customers">At the end of the range.</param>
public sealed record Overview(
    DateOnly From, DateOnly To, DateOnly PreviousFrom, DateOnly PreviousTo, DateTimeOffset AsOf, long Through, long Customers,
    IReadOnlyList<OverviewCard> Cards);

/// <param name="Value">At the end of the range, in the unit; a recovery rate is of the whole range. Null where nothing was counted.</param>
/// <param name="Previous">The same of the range of equal length before.</param>
/// <param name="Change">The value less the previous one: customers, or percentage points.</param>
public sealed record OverviewCard(
    string Name, double? Value, double? Previous, double? Change, string Unit, IReadOnlyList<DayValue> Days);
