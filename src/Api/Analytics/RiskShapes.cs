using LStep.Domain.Analysing;
using LStep.Domain.Measuring;
using LStep.Grains.Analytics;

namespace LStep.Api.Analytics;

/// <param name="Through">The ledger id up to which everything is counted.</param>
/// <param name="Customers">As of now.</param>
/// <param name="Flagged">Customers who bear at least one indicator.</param>
/// <param name="Items">In the order of section 6 of the contract.</param>
public sealed record Risks(
    DateOnly From, DateOnly To, DateOnly PreviousFrom, DateOnly PreviousTo, DateTimeOffset AsOf, long Through, long Customers,
    long Flagged, IReadOnlyList<RiskItem> Items)
{
    public static Risks Of(RiskFigures figures)
    {
        var frame = figures.Frame;
        return new Risks(
            frame.Range.From, frame.Range.To, frame.Range.Previous.From, frame.Range.Previous.To, frame.AsOf, frame.Through,
            figures.Customers,
            figures.Flagged, [.. Indicators.All.Select(indicator => RiskItem.Of(indicator, figures))]);
    }
}


/// <param name="Customers">Who bear it now.</param>
/// <param name="Share">In percent of all customers; null without any.</param>
/// <param name="Previous">The count of the last day before the range; null where it was not taken.</param>
/// <param name="Days">Taken at the business-day change.</param>
public sealed record RiskItem(
    string Type, string Severity, long Customers, double? Share, long? Previous, IReadOnlyList<DayCount> Days)
{
    internal static RiskItem Of(RiskIndicators indicator, RiskFigures figures) => new(
        Indicators.Name(indicator), Indicators.Name(Indicators.SeverityOf(indicator)), figures.Of(indicator),
        Rounded.Percent(figures.Of(indicator), figures.Customers), figures.On(figures.Frame.Range.Previous.To, indicator),
        [.. figures.Frame.Begun.Each.Select(day => new DayCount(day, figures.On(day, indicator)))]);
}

