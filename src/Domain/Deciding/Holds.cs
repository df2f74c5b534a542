namespace LStep.Domain.Deciding;

/// <summary>What keeps a recommendation from being carried out, as evaluations show it.</summary>
static class Holds
{
    public const string Dwell = "dwell";
    public const string Manual = "manual";
    public const string Locked = "locked";
    public const string Rejected = "rejected";
    public const string UsualRhythm = "usual_rhythm";
    public const string Shadow = "shadow";

    /// <summary>Not a hold that is shown at the top: nothing moves to ST_006 with fewer than 30 days observed.</summary>
    public const string TooEarly = "observed_too_short";

    /// <summary>A learner who is usually away as long is not falling silent.</summary>
    public static bool KeepsRhythm<T>(Rule rule, T seen) where T : struct, IObserved =>
        rule.UsualRhythm && seen.UsualGapDays is { } gap
        && seen.TryNumber(Metric.DaysSinceLogin, out var silent) && silent <= gap + Spans.RhythmDays;

    /// <summary>The hold that silences one rule, or null. Rules to ST_006 know no dwell.</summary>
    public static string? Of<T>(Rule rule, in Situation situation, T seen) where T : struct, IObserved =>
        KeepsRhythm(rule, seen) ? UsualRhythm
        : rule.To == StatusTag.Churned && seen.DaysObserved < Spans.ObservedDaysForChurn ? TooEarly
        : rule.To != StatusTag.Churned && situation.InDwell ? Dwell
        : situation.IsSilent(rule.To) ? Rejected
        : null;
}
