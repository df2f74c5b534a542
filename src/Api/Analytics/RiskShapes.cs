namespace LStep.Api.Analytics;

/// <param name="Through">The ledger id up to which everything is counted.</param>
/// <param name="Customers">As of now.</param>
/// <param name="Flagged">Customers who bear at least one indicator.</param>
/// <param name="Items">In the order of section 6 of the contract.</param>
public sealed record Risks(
    DateOnly From, DateOnly To, DateOnly PreviousFrom, DateOnly PreviousTo, DateTimeOffset AsOf, long Through, long Customers,
    long Flagged, IReadOnlyList<RiskItem> Items);

/// <param name="Customers">Who bear it now.</param>
/// <param name="Share">In percent of all customers; null without any.</param>
/// <param name="Previous">The count of the last day before the range; null where it was not taken.</param>
/// <param name="Days">Taken at the business-day change.</param>
public sealed record RiskItem(
    string Type, string Severity, long Customers, double? Share, long? Previous, IReadOnlyList<DayCount> Days);
