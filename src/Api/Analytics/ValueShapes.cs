using System.Collections.Immutable;
using LStep.Domain.Analysing;
using LStep.Domain.Campaigning;
using LStep.Domain.Valuing;
using LStep.Grains.Analytics;
using LStep.Grains.Analytics.Value;

namespace LStep.Api.Analytics;

/// <param name="Low">With High the 95% interval.</param>
public sealed record BoundedFigure(double Value, double Low, double High)
{
    internal static BoundedFigure Of(double value, Interval interval, int decimals = 2) => new(
        Round(value, decimals), Round(interval.Low, decimals), Round(interval.High, decimals));

    internal static double Round(double value, int decimals) => Math.Round(value, decimals, MidpointRounding.AwayFromZero);
}


/// <param name="Through">The ledger id up to which everything is counted.</param>
/// <param name="RevenueKept">Payments in the range by customers within 90 days of a recovery: the same as in the weekly figures.</param>
/// <param name="Campaigns">Of those that started in the range for somebody whose 90 days are over, by name.</param>
/// <param name="People">Who decided reviews or completed tasks in the range, the most first.</param>
public sealed record CustomerValue(
    DateOnly From, DateOnly To, DateOnly PreviousFrom, DateOnly PreviousTo, DateTimeOffset AsOf, long Through, ProjectedRevenue Projected,
    MonthlyRevenue Monthly, decimal RevenueKept, decimal PreviousRevenueKept, IReadOnlyList<CampaignPayback> Campaigns,
    SupportFigures Support, IReadOnlyList<PersonWork> People)
{
    private const decimal Hundredths = 100;

    public static CustomerValue Of(ValueAnswer answer)
    {
        var (frame, range) = (answer.Frame, answer.Frame.Range);
        return new CustomerValue(
            range.From, range.To, range.Previous.From, range.Previous.To, frame.AsOf, frame.Through, ProjectedRevenue.Of(answer),
            MonthlyRevenue.Of(answer), Kept(range), Kept(range.Previous),
            [
                .. answer.Campaigns.GroupBy(side => side.Campaign).OrderBy(one => one.Key, StringComparer.Ordinal)
                    .Select(one => CampaignPayback.Of(one.Key, [.. one], answer.Costs)),
            ],
            SupportFigures.Of(answer), [.. answer.People.Select(PersonWork.Of)]);

        decimal Kept(DayRange days) => answer.Paid.Where(one => one.Measure == "revenue_kept" && days.Has(one.Day))
            .Sum(one => one.Hundredths) / Hundredths;
    }
}


/// <param name="HorizonDays">How far the projection looks ahead.</param>
/// <param name="ProjectedOn">The business day whose begin it is as of; null while too few customers have paid.</param>
/// <param name="Payers">On how many customers' payments the model was fitted.</param>
/// <param name="Customers">Of whom a projection is told: those who have ever paid.</param>
/// <param name="Rows">By status and tier; tier is null for customers without one.</param>
public sealed record ProjectedRevenue(
    int HorizonDays, DateOnly? ProjectedOn, long Payers, long Customers, BoundedFigure? Sum, BoundedFigure? Mean,
    IReadOnlyList<ProjectedRow> Rows)
{
    internal static ProjectedRevenue Of(ValueAnswer answer)
    {
        var cells = answer.Projected;
        var all = ProjectedRow.Of(default, "", cells);
        return new ProjectedRevenue(
            Projection.HorizonDays, cells.Count > 0 ? cells[0].Day : null, answer.Model?.Model.Payers ?? 0, all.Customers,
            cells.Count > 0 ? all.Sum : null, cells.Count > 0 ? all.Mean : null,
            [
                .. cells.OrderBy(cell => cell.Tag).ThenBy(cell => cell.Tier, StringComparer.Ordinal)
                    .Select(cell => ProjectedRow.Of(cell.Tag, cell.Tier, [cell])),
            ]);
    }
}


/// <param name="Mean">Of a customer; its interval is that of the mean, not of one customer.</param>
public sealed record ProjectedRow(StatusTag Tag, string? Tier, long Customers, BoundedFigure Sum, BoundedFigure Mean)
{
    internal static ProjectedRow Of(StatusTag tag, string tier, IReadOnlyList<ProjectedCell> cells)
    {
        var (customers, value) = (cells.Sum(cell => cell.Customers), cells.Sum(cell => cell.Value));
        var (low, high) = ValueSum.IntervalOf(value, cells.Sum(cell => cell.Variance), cells.Sum(cell => cell.Together));
        var many = Math.Max(1, customers);
        return new ProjectedRow(
            tag, tier.Length > 0 ? tier : null, customers, BoundedFigure.Of(value, new Interval(low, high)),
            BoundedFigure.Of(value / many, new Interval(low / many, high / many)));
    }
}


/// <summary>Payments of the 30 days that end with a day, as of a month of 365/12 days, by the status that the payer had then.</summary>
/// <param name="Now">At the range's last day that has begun.</param>
/// <param name="Previous">At the day before the range.</param>
public sealed record MonthlyRevenue(
    int Days, decimal Now, decimal Previous, ImmutableSortedDictionary<StatusTag, decimal> Tags, IReadOnlyList<RevenueOfDay> Each)
{
    private const decimal MonthDays = 365m / 12;

    internal static MonthlyRevenue Of(ValueAnswer answer)
    {
        var frame = answer.Frame;
        var paid = answer.Paid.Where(one => one is { Measure: "paid", Tag: not null }).ToLookup(one => one.Tag!.Value);
        var (first, last) = (frame.Range.From.AddDays(-1), frame.Range.UpTo(frame.Today).To);
        var series = StatusTags.All.ToDictionary(tag => tag, tag => Running(paid[tag], first, last));
        return new MonthlyRevenue(
            ValueReads.RevenueDays, Sum(last), Sum(first), At(last),
            [.. frame.Begun.Each.Select(day => new RevenueOfDay(day, Sum(day), At(day)))]);

        decimal Sum(DateOnly day) => Rounded(StatusTags.All.Sum(tag => series[tag].GetValueOrDefault(day)));

        ImmutableSortedDictionary<StatusTag, decimal> At(DateOnly day) =>
            StatusTags.All.ToImmutableSortedDictionary(tag => tag, tag => Rounded(series[tag].GetValueOrDefault(day)));
    }

    private static Dictionary<DateOnly, long> Running(IEnumerable<PaidOnDay> paid, DateOnly first, DateOnly last)
    {
        var days = paid.GroupBy(one => one.Day).ToDictionary(one => one.Key, one => one.Sum(each => each.Hundredths));
        var running = new Dictionary<DateOnly, long>();
        var (sum, begin) = (0L, first.AddDays(1 - ValueReads.RevenueDays));
        for (var day = begin; day <= last; day = day.AddDays(1))
        {
            sum += days.GetValueOrDefault(day);
            if (day.AddDays(-ValueReads.RevenueDays) is var left && left >= begin) sum -= days.GetValueOrDefault(left);
            if (day >= first) running[day] = sum;
        }
        return running;
    }

    private static decimal Rounded(long hundredths) =>
        Math.Round(hundredths / 100m * MonthDays / ValueReads.RevenueDays, 2, MidpointRounding.AwayFromZero);
}

public sealed record RevenueOfDay(DateOnly Date, decimal Sum, ImmutableSortedDictionary<StatusTag, decimal> Tags);
