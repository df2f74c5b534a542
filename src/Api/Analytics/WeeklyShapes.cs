using LStep.Domain.Analysing;
using LStep.Grains.Analytics;

namespace LStep.Api.Analytics;

/// <param name="Through">The ledger id up to which everything is counted.</param>
/// <param name="Weeks">Every business week of the range, the first first.</param>
public sealed record Weekly(
    DateOnly From, DateOnly To, DateOnly PreviousFrom, DateOnly PreviousTo, DateTimeOffset AsOf, long Through,
    IReadOnlyList<WeekFigures> Weeks)
{
    private const int DaysOfWeek = 7;

    public static Weekly Of(WeeklyFigures figures)
    {
        var (frame, range) = (figures.Frame, figures.Frame.Range);
        var weeks = figures.Rows.ToLookup(row => row.Week);
        var mondays = Enumerable.Range(0, (MondayOf(range.To).DayNumber - MondayOf(range.From).DayNumber) / DaysOfWeek + 1)
            .Select(at => MondayOf(range.From).AddDays(DaysOfWeek * at));
        return new Weekly(
            range.From, range.To, range.Previous.From, range.Previous.To, frame.AsOf, frame.Through,
            [.. mondays.Select(monday => WeekFigures.Of(monday, [.. weeks[monday]], IsPartial(monday, range, frame.Today)))]);
    }

    internal static DateOnly MondayOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + DaysOfWeek - 1) % DaysOfWeek));

    /// <summary>The last week of all ends after the last day that there is.</summary>
    private static bool IsPartial(DateOnly monday, DayRange range, DateOnly today) =>
        monday.DayNumber + DaysOfWeek - 1 is var sunday
        && (monday < range.From || sunday > range.To.DayNumber || sunday >= today.DayNumber);
}


/// <param name="Week">The business week's Monday.</param>
/// <param name="Partial">Not all of its days are over, or within the range.</param>
/// <param name="Tags">One of each tag, in their order.</param>
/// <param name="RevenueKept">Payments by customers within 90 days of a recovery.</param>
public sealed record WeekFigures(DateOnly Week, bool Partial, IReadOnlyList<WeekOfTag> Tags, decimal RevenueKept)
{
    private const decimal Hundredths = 100;

    internal static WeekFigures Of(DateOnly week, IReadOnlyList<WeeklyRow> rows, bool isPartial) => new(
        week, isPartial, [.. StatusTags.All.Select(tag => WeekOfTag.Of(tag, rows))],
        rows.Where(row => row.Measure == "revenue_kept").Sum(row => row.Sum) / Hundredths);
}


/// <summary>Messages by the tag they were sent for, the rest by the customer's tag at that instant.</summary>
/// <param name="Opens">Messages opened for the first time by a person; so are clicks and conversions.</param>
/// <param name="Nps">Promoters less detractors in percent of the answers, -100 to 100; null without answers.</param>
/// <param name="Tickets">Support tickets opened.</param>
public sealed record WeekOfTag(StatusTag Tag, long Opens, long Clicks, long Conversions, double? Nps, long NpsAnswers, long Tickets)
{
    internal static WeekOfTag Of(StatusTag tag, IReadOnlyList<WeeklyRow> rows)
    {
        var answers = Measured("nps").Sum(row => row.Count);
        return new WeekOfTag(
            tag, Count("opened"), Count("clicked"), Count("converted"),
            answers == 0 ? null : Math.Round(100.0 * Measured("nps").Sum(row => row.Sum) / answers, 1, MidpointRounding.AwayFromZero),
            answers, Count("tickets"));

        IEnumerable<WeeklyRow> Measured(string measure) => rows.Where(row => row.Tag == tag && row.Measure == measure);

        long Count(string measure) => Measured(measure).Sum(row => row.Count);
    }
}
