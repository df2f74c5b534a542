namespace LStep.Domain.Deciding;

/// <summary>Everything but the customer's own figures that a decision depends on, as of one instant.</summary>
/// <param name="Settling">An import is being settled: no dwell, no reviews.</param>
/// <param name="RapidHoldsEveryMove">Of a record from when rapid_changes still held moves inside a category too.</param>
readonly record struct Situation(
    string CustomerId, StatusTag Tag, Governance Governance, Rule[] Rules, Policy Policy, Calibration? Calibration, DateTimeOffset Now,
    bool Settling = false, bool RapidHoldsEveryMove = false)
{
    public static Situation Of(CustomerState state, Rulebook book, DateTimeOffset now, bool settling = false) => new(
        state.CustomerId, state.Tag, state.Governance, RulesByTag.Of(book.Rules).From(state.Tag), book.Policy, book.Calibration, now,
        settling);

    public bool InDwell => !Settling && Governance.DwellFrom is { } from && Now < from + Spans.Dwell;

    public bool IsManual => Now < Governance.ManualUntil;

    public bool IsLocked => Now < Governance.LockedUntil;

    public bool IsSilent(StatusTag to)
    {
        foreach (var silence in Governance.Silences)
            if (silence.From == Tag && silence.To == to && Now < silence.Until) return true;
        return false;
    }

    /// <summary>When what was imported is decided: 60 s after the last import, 10 minutes after the first at most.</summary>
    public static DateTimeOffset? SettlesAt(CustomerState state)
    {
        if (state.ImportedAt is not { } last) return null;
        var (quiet, most) = (last + Spans.ImportQuiet, (state.FirstImportAt ?? last) + Spans.ImportMax);
        return quiet < most ? quiet : most;
    }

    /// <summary>The instant a review nobody decides is applied at, or null when it waits for ever.</summary>
    public static DateTimeOffset? Deadline(OpenReview review, Governance governance)
    {
        DateTimeOffset? deadline = (review.From, review.To) switch
        {
            (_, StatusTag.Churned) => review.OpenedAt + Spans.ReviewOfChurn,
            (_, StatusTag.Declining) or (StatusTag.Churned, StatusTag.Active) => review.OpenedAt + Spans.Review,
            _ => null,
        };
        return deadline < governance.ManualUntil ? governance.ManualUntil : deadline;
    }

    /// <summary>When an open review calls for attention the next time; null when it has done so as often as it does.</summary>
    public static DateTimeOffset? NextAlert(OpenReview review) =>
        review.Alerts < Spans.ReviewAlerts.Length ? review.OpenedAt + Spans.ReviewAlerts[review.Alerts] : null;
}
