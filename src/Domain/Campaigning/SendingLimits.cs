using System.Collections.Immutable;

namespace LStep.Domain.Campaigning;

/// <summary>What an installation allows its marketing messages.</summary>
/// <param name="PerWeek">In a rolling 168 h, over email, push and in-app together; 0 for none at all.</param>
/// <param name="PerDay">On one day of the customer's own calendar.</param>
public sealed record SendingLimits(int PerWeek, int PerDay, QuietHours Quiet)
{
    public static SendingLimits Default { get; } = new(PerWeek: 3, PerDay: 1, QuietHours.Default);

    /// <summary>An action that is held longer is suppressed, with the reason that held it.</summary>
    public static readonly TimeSpan HeldMax = TimeSpan.FromHours(72);

    /// <summary>What was sent before this long counts no more.</summary>
    public static readonly TimeSpan CapWindow = TimeSpan.FromHours(168);

    /// <summary>
    /// The first instant from this one on that quiet hours and the cap allow, and what forbids those before it; null for nothing.
    /// </summary>
    /// <param name="sent">Marketing messages of the last 168 h over the three channels.</param>
    public (DateTimeOffset At, string? Why) Allowed(DateTimeOffset instant, IReadOnlyCollection<DateTimeOffset> sent, TimeZoneInfo zone)
    {
        var latest = sent.OrderDescending().ToImmutableArray();
        var (at, why) = (instant, (string?)null);
        // Each turn moves on, and days and messages are few: it ends at the latest when all of the messages have left the window.
        while (true)
        {
            var next = UnderCap(at, latest, zone);
            if (next == DateTimeOffset.MaxValue) return (next, SuppressionReasons.FrequencyCap);
            if (next > at) why = SuppressionReasons.FrequencyCap;
            var awake = Quiet.Allowed(next, zone);
            if (awake > next) why ??= SuppressionReasons.QuietHours;
            if (awake == at) return (at, why);
            at = awake;
        }
    }

    DateTimeOffset UnderCap(DateTimeOffset at, ImmutableArray<DateTimeOffset> latest, TimeZoneInfo zone)
    {
        if (PerWeek == 0 || PerDay == 0) return DateTimeOffset.MaxValue;
        var within = latest.Count(one => one > at - CapWindow);
        if (within >= PerWeek) return latest[PerWeek - 1] + CapWindow;
        var day = LocalTimes.DayOf(at, zone);
        return latest.Count(one => LocalTimes.DayOf(one, zone) == day) >= PerDay
            ? LocalTimes.StartOf(day.AddDays(1), zone) : at;
    }
}

/// <summary>Why an action is held, was suppressed or cancelled; others say a text.</summary>
public static class SuppressionReasons
{
    public const string Holdout = "holdout", OptedOut = "opted_out", FrequencyCap = "frequency_cap", QuietHours = "quiet_hours",
        StatusChanged = "status_changed", Condition = "condition", Undone = "undone";

    public const string Late = "The transition was applied more than 24 hours late.";

    /// <summary>
    /// Of what is looked at before the holdout is drawn: it is the same for whoever is held out and whoever is not, so that leaving out
    /// both leaves arms that can be compared; so are repeats, which have a mark of their own. Every other reason of a suppression comes
    /// after the draw.
    /// </summary>
    public static ImmutableArray<string> BeforeDraw { get; } = [Late, Condition, OptedOut];
}
