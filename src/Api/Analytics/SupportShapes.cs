using LStep.Domain.Analysing;
using LStep.Domain.Campaigning;
using LStep.Domain.Valuing;
using LStep.Grains.Analytics.Value;

namespace LStep.Api.Analytics;

/// <summary>What customers say, by the status they had then, beside how they are.</summary>
/// <param name="IsSample">Health was compared of some 20,000 customers, not of all.</param>
/// <param name="All">Over all statuses.</param>
/// <param name="Tags">One of each status, in their order.</param>
public sealed record SupportFigures(bool IsSample, SupportOfTag All, IReadOnlyList<SupportOfTag> Tags)
{
    internal static SupportFigures Of(ValueAnswer answer) => new(
        answer.IsSample, SupportOfTag.Of(null, answer), [.. StatusTags.All.Select(tag => SupportOfTag.Of(tag, answer))]);
}


/// <param name="Tag">Null for all together.</param>
/// <param name="CustomerMonths">Days that customers had the status in the range, by 365/12.</param>
/// <param name="TicketsPerCustomerMonth">Null where nobody had the status.</param>
/// <param name="Nps">Promoters less detractors in percent of the answers; null without answers.</param>
/// <param name="TicketsWithHealth">
/// Rank correlation of a customer's tickets in the range and its health score, of those who have the status now; null with too few.
/// </param>
/// <param name="NpsWithHealth">The same of the mean of its answers.</param>
public sealed record SupportOfTag(
    StatusTag? Tag, double CustomerMonths, long Tickets, BoundedFigure? TicketsPerCustomerMonth, BoundedFigure? Nps, long NpsAnswers,
    Correlation? TicketsWithHealth, Correlation? NpsWithHealth)
{
    private const double MonthDays = 365.0 / 12;

    internal static SupportOfTag Of(StatusTag? tag, ValueAnswer answer)
    {
        StatusTag[] tags = tag is { } one ? [one] : [.. StatusTags.All];
        var days = answer.Frame.Begun.Each.Sum(day => answer.Tags.At(day, tags));
        var said = answer.Said.Where(each => tag is null || each.Tag == tag).ToList();
        var tickets = said.Where(each => each.Measure == "tickets").Sum(each => each.Count);
        var health = answer.Health.Where(each => tag is null || each.Tag == tag).ToList();
        var rate = RateFigure.Of(tickets, days / MonthDays);
        var nps = NpsFigure.Of(Answers(1), Answers(0), Answers(-1));
        return new SupportOfTag(
            tag, BoundedFigure.Round(days / MonthDays, 1), tickets,
            rate is { } often ? BoundedFigure.Of(often.Value, often.Interval, 4) : null,
            nps is { } score ? BoundedFigure.Of(score.Value, score.Interval, 1) : null, nps?.Answers ?? 0,
            Correlation.Of([.. health.Select(each => ((double)each.Tickets, each.Health))]),
            Correlation.Of([.. health.Where(each => each.Nps is not null).Select(each => (each.Nps!.Value, each.Health))]));

        long Answers(int value) => said.Where(each => each.Measure == "nps" && each.Value == value).Sum(each => each.Count);
    }
}


/// <param name="Value">From -1 to 1.</param>
/// <param name="Customers">Of how many.</param>
public sealed record Correlation(double Value, double Low, double High, int Customers)
{
    private const int Decimals = 3;

    internal static Correlation? Of(IReadOnlyList<(double, double)> pairs) => RankCorrelation.Of(pairs) is { } figure
        ? new Correlation(
            BoundedFigure.Round(figure.Value, Decimals), BoundedFigure.Round(figure.Interval.Low, Decimals),
            BoundedFigure.Round(figure.Interval.High, Decimals), figure.Pairs)
        : null;
}


/// <param name="Name">Of the key or the account that decided.</param>
/// <param name="ReviewsDecided">Approved or rejected.</param>
/// <param name="MedianHours">From opening to decision.</param>
/// <param name="ApprovedShare">In percent.</param>
/// <param name="AtRisk">Tasks completed for customers in ST_004 or ST_005 whose 30 days after it are over.</param>
/// <param name="Recovered">Of them those who were back in ST_001 or ST_002 within these days.</param>
/// <param name="RecoveryRate">In percent; null while none is known.</param>
public sealed record PersonWork(
    string Name, long ReviewsDecided, double? MedianHours, double? ApprovedShare, long TasksCompleted, long AtRisk, long Recovered,
    double? RecoveryRate)
{
    private const int MinutesPerHour = 60;

    internal static PersonWork Of(PersonFigures one) => new(
        one.Person, one.Decided, Rounded.Of(one.MedianMinutes / MinutesPerHour, KpiUnit.Hours), Rounded.Percent(one.Approved, one.Decided),
        one.Tasks, one.Known, one.Recovered, Rounded.Percent(one.Recovered, one.Known));
}
