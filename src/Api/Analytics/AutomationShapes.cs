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
    IReadOnlyList<CampaignFigures> Campaigns);

/// <param name="Superseded">Closed by a newer one, or by an override.</param>
/// <param name="Withdrawn">Closed because its rule no longer asked for it.</param>
/// <param name="Open">As of now.</param>
/// <param name="OldestOpenHours">Null where none is open.</param>
/// <param name="MedianHours">From opening to decision, of those approved or rejected in the range.</param>
/// <param name="Ages">Of those open now.</param>
public sealed record ReviewFigures(
    long Opened, long Approved, long Rejected, long Expired, long Superseded, long Withdrawn, long Open, double? OldestOpenHours,
    double? MedianHours, IReadOnlyList<ReviewAge> Ages);

/// <param name="UpToHours">The age that these have not passed, those of the rows before left out; null for all older ones.</param>
public sealed record ReviewAge(int? UpToHours, long Count);

/// <param name="ReviewsDecided">Approved or rejected.</param>
public sealed record AutomationDay(
    DateOnly Date, long Automatic, long Approved, long Overridden, long Expired, long ReviewsOpened, long ReviewsDecided);

/// <param name="Actions">All that the campaign planned for customers for whom it started in the range, held-out ones too.</param>
public sealed record CampaignFigures(string Name, long Actions, long Sent, long Failed, long Suppressed);
