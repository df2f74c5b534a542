using LStep.Domain.Analysing;
using LStep.Grains.Analytics;

namespace LStep.Api.Analytics;

/// <param name="Through">The ledger id up to which everything is counted.</param>
/// <param name="Transitions">The same total as that of the flow.</param>
/// <param name="Approved">Moved by a review that a person approved.</param>
/// <param name="Overridden">Set by a person.</param>
/// <param name="Expired">Moved by a review that nobody decided in time.</param>
/// <param name="Share">Automatic in percent of all transitions.</param>
/// <param name="PreviousShare">The same in the range of equal length before.</param>
/// <param name="Undone">Moves taken back in the range.</param>
/// <param name="UndoRate">In percent of the transitions and those taken back together.</param>
/// <param name="Wrong">Automatic moves undone or overridden within 14 days.</param>
/// <param name="Accuracy">In percent of automatic moves, those taken back among them: the others.</param>
/// <param name="RejectionRate">Rejected in percent of the reviews that people decided.</param>
/// <param name="Campaigns">Of every campaign that started for somebody in the range, by name.</param>
public sealed record Automation(
    DateOnly From, DateOnly To, DateOnly PreviousFrom, DateOnly PreviousTo, DateTimeOffset AsOf, long Through, long Transitions,
    long Automatic, long Approved, long Overridden, long Expired, double? Share, double? PreviousShare, long Undone, double? UndoRate,
    long Wrong, double? Accuracy, double? RejectionRate, ReviewFigures Reviews, IReadOnlyList<AutomationDay> Days,
    IReadOnlyList<CampaignFigures> Campaigns)
{
    public static Automation Of(AutomationFigures figures)
    {
        var (frame, range) = (figures.Frame, figures.Frame.Range);
        var moves = figures.AllMoves(range);
        var automatic = figures.Of(TransitionKind.Automatic, range);
        var (undone, wrong) = (figures.Of(Measure.Undone, range), figures.Of(Measure.AutomaticWrong, range));
        var (made, rejected) = (figures.Of(Measure.Automatic, range), figures.Of(Measure.ReviewRejected, range));
        return new Automation(
            range.From, range.To, range.Previous.From, range.Previous.To, frame.AsOf, frame.Through, moves, automatic,
            figures.Of(TransitionKind.Approved, range), figures.Of(TransitionKind.Override, range),
            figures.Of(TransitionKind.ReviewExpired, range), Rounded.Percent(automatic, moves),
            Rounded.Percent(figures.Of(TransitionKind.Automatic, range.Previous), figures.AllMoves(range.Previous)), undone,
            Rounded.Percent(undone, moves + undone), wrong, Rounded.Percent(made - wrong, made),
            Rounded.Percent(rejected, rejected + figures.Of(Measure.ReviewApproved, range)), ReviewFigures.Of(figures),
            [.. frame.Begun.Each.Select(day => AutomationDay.Of(figures, day))],
            [.. figures.Campaigns.Select(one => new CampaignFigures(one.Campaign, one.Actions, one.Sent, one.Failed, one.Suppressed))]);
    }
}


/// <param name="Superseded">Closed by a newer one, or by an override.</param>
/// <param name="Withdrawn">Closed because its rule no longer asked for it.</param>
/// <param name="Open">As of now.</param>
/// <param name="OldestOpenHours">Null where none is open.</param>
/// <param name="MedianHours">From opening to decision, of those approved or rejected in the range.</param>
/// <param name="Ages">Of those open now.</param>
public sealed record ReviewFigures(
    long Opened, long Approved, long Rejected, long Expired, long Superseded, long Withdrawn, long Open, double? OldestOpenHours,
    double? MedianHours, IReadOnlyList<ReviewAge> Ages)
{
    internal static ReviewFigures Of(AutomationFigures figures)
    {
        var (frame, range, open) = (figures.Frame, figures.Frame.Range, figures.Reviews);
        return new ReviewFigures(
            figures.Of(Measure.ReviewOpened, range), figures.Of(Measure.ReviewApproved, range), figures.Of(Measure.ReviewRejected, range),
            figures.Of(Measure.ReviewExpired, range), figures.Of(Measure.ReviewSuperseded, range),
            figures.Of(Measure.ReviewWithdrawn, range), open.Open, Rounded.Of((frame.AsOf - open.Oldest)?.TotalHours, KpiUnit.Hours),
            figures.DecidedMinutes is var (lower, upper) ? Rounded.Of((lower + (double)upper) / 120, KpiUnit.Hours) : null,
            ReviewAge.Of(open));
    }
}


/// <param name="UpToHours">The age that these have not passed, those of the rows before left out; null for all older ones.</param>
public sealed record ReviewAge(int? UpToHours, long Count)
{
    internal static IReadOnlyList<ReviewAge> Of(OpenReviews open) =>
    [
        .. OpenReviews.AgeHours.Select((hours, i) => new ReviewAge(hours, open.OpenSince[i] - (i == 0 ? 0 : open.OpenSince[i - 1]))),
        new ReviewAge(null, open.Open - open.OpenSince[^1]),
    ];
}


/// <param name="ReviewsDecided">Approved or rejected.</param>
public sealed record AutomationDay(
    DateOnly Date, long Automatic, long Approved, long Overridden, long Expired, long ReviewsOpened, long ReviewsDecided)
{
    internal static AutomationDay Of(AutomationFigures figures, DateOnly date)
    {
        var day = new DayRange(date, date);
        return new AutomationDay(
            date, figures.Of(TransitionKind.Automatic, day), figures.Of(TransitionKind.Approved, day),
            figures.Of(TransitionKind.Override, day), figures.Of(TransitionKind.ReviewExpired, day), figures.Of(Measure.ReviewOpened, day),
            figures.Of(Measure.ReviewApproved, day) + figures.Of(Measure.ReviewRejected, day));
    }
}


/// <param name="Actions">All that the campaign planned for customers for whom it started in the range, held-out ones too.</param>
public sealed record CampaignFigures(string Name, long Actions, long Sent, long Failed, long Suppressed);
