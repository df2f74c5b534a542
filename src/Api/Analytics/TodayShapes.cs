using LStep.Domain.Analysing;
using LStep.Grains.Analytics;

namespace LStep.Api.Analytics;

/// <param name="Date">The business day of now.</param>
/// <param name="Owner">Whose customers at risk are counted; null for everybody's.</param>
/// <param name="Moves">Of today up to now, beside those of the whole day before.</param>
/// <param name="AtRisk">ST_004 and ST_005, where anybody is there.</param>
/// <param name="Valuable">The most valuable customers at risk, of known value.</param>
/// <param name="Reviews">Open ones: mine are those assigned to the caller, late ones wait for more than a day.</param>
/// <param name="Tasks">Open ones: mine are those assigned to the caller, late ones were due before now.</param>
public sealed record Today(
    DateOnly Date, DateTimeOffset AsOf, long Through, string? Owner, IReadOnlyList<FlowItem> Moves, long Moved, long MovedBefore,
    IReadOnlyList<TodayAtRisk> AtRisk, IReadOnlyList<TodayCustomer> Valuable, TodayWaiting Reviews, DateTimeOffset? OldestReview,
    TodayWaiting Tasks, long TasksDueToday, TodayAutomation Automation)
{
    public static Today Of(TodayFigures today, FlowFigures flow, AutomationFigures automation, string? owner)
    {
        var moves = Flow.Of(flow);
        return new Today(
            today.Frame.Today, today.Frame.AsOf, today.Frame.Through, owner, moves.Items, moves.Total, moves.PreviousTotal,
            [.. today.AtRisk.Select(one => new TodayAtRisk(one.Tag, one.Customers, one.Value, one.Since, one.SinceValue))],
            [
                .. today.Valuable.Select(one => new TodayCustomer(
                    one.Id, one.Name, one.Tag, one.TagSince, one.Value, one.Owner.Length == 0 ? null : one.Owner)),
            ],
            TodayWaiting.Of(today.Reviews), today.OldestReview, TodayWaiting.Of(today.Tasks), today.TasksDueToday,
            TodayAutomation.Of(automation));
    }
}


/// <param name="Value">The sum of what is known of their lifetime values.</param>
/// <param name="SinceToday">Of them those who came to this tag today.</param>
public sealed record TodayAtRisk(StatusTag Tag, long Customers, decimal Value, long SinceToday, decimal SinceTodayValue);


/// <param name="Owner">The trait of that name.</param>
public sealed record TodayCustomer(string Id, string? Name, StatusTag Tag, DateTimeOffset TagSince, decimal LtvValue, string? Owner);


public sealed record TodayWaiting(long Open, long Mine, long Late)
{
    internal static TodayWaiting Of(Waiting waiting) => new(waiting.Open, waiting.Mine, waiting.Late);
}


/// <summary>Since the business day began.</summary>
/// <param name="Automatic">Moves applied by themselves; the others were moved by people or because nobody decided.</param>
/// <param name="Sent">Messages of campaigns that started today; so are failed and suppressed.</param>
public sealed record TodayAutomation(
    long Automatic, long Approved, long Overridden, long Expired, long Undone, long ReviewsOpened, long Sent, long Failed, long Suppressed)
{
    internal static TodayAutomation Of(AutomationFigures figures)
    {
        var day = figures.Frame.Range;
        return new TodayAutomation(
            figures.Of(TransitionKind.Automatic, day), figures.Of(TransitionKind.Approved, day), figures.Of(TransitionKind.Override, day),
            figures.Of(TransitionKind.ReviewExpired, day), figures.Of(Measure.Undone, day), figures.Of(Measure.ReviewOpened, day),
            figures.Campaigns.Sum(one => one.Sent), figures.Campaigns.Sum(one => one.Failed),
            figures.Campaigns.Sum(one => one.Suppressed));
    }
}
