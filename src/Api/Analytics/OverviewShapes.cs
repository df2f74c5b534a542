using LStep.Api.Http;
using LStep.Domain.Analysing;
using LStep.Grains.Analytics;

namespace LStep.Api.Analytics;

/// <param name="Through">The ledger id up to which everything is counted.</param>
/// <param name="Customers">At the end of the range.</param>
public sealed record Overview(
    DateOnly From, DateOnly To, DateOnly PreviousFrom, DateOnly PreviousTo, DateTimeOffset AsOf, long Through, long Customers,
    IReadOnlyList<OverviewCard> Cards)
{
    private static readonly StatusTag[] Learning = [StatusTag.Active, StatusTag.Progressing];

    public static Overview Of(OverviewFigures figures)
    {
        var (frame, tags) = (figures.Frame, figures.Tags);
        return new Overview(
            frame.Range.From, frame.Range.To, frame.Range.Previous.From, frame.Range.Previous.To, frame.AsOf, frame.Through,
            tags.All(frame.Begun.To),
            [
                OverviewCard.AtEnd("active_learners", frame, KpiUnit.Customers, day => tags.At(day, Learning)),
                OverviewCard.AtEnd(
                    "mastery_rate", frame, KpiUnit.Percent, day => Rounded.Percent(tags.At(day, StatusTag.Mastery), tags.All(day))),
                OverviewCard.AtEnd("at_risk", frame, KpiUnit.Customers, day => tags.At(day, StatusTag.Declining)),
                OverviewCard.Of("recovery_rate", frame, KpiUnit.Percent, days => figures.Recovery.Of(days).Percent),
            ]);
    }
}


/// <param name="Value">At the end of the range, in the unit; a recovery rate is of the whole range. Null where nothing was counted.</param>
/// <param name="Previous">The same of the range of equal length before.</param>
/// <param name="Change">The value less the previous one: customers, or percentage points.</param>
public sealed record OverviewCard(
    string Name, double? Value, double? Previous, double? Change, string Unit, IReadOnlyList<DayValue> Days)
{
    internal static OverviewCard AtEnd(string name, AnalyticsFrame frame, KpiUnit unit, Func<DateOnly, double?> on) =>
        Of(name, frame, unit, days => on(days.To));

    internal static OverviewCard Of(string name, AnalyticsFrame frame, KpiUnit unit, Func<DayRange, double?> of)
    {
        var (value, previous) = (of(frame.Begun), of(frame.Range.Previous.UpTo(frame.Today)));
        return new OverviewCard(
            name, value, previous, Rounded.Difference(value, previous, unit), SnakeCase.Of(unit),
            [.. frame.Begun.Each.Select(day => new DayValue(day, of(new DayRange(day, day))))]);
    }
}

