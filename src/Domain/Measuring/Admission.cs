using System.Collections.Immutable;

namespace LStep.Domain.Measuring;

/// <param name="State">The very same state when nothing was accepted.</param>
/// <param name="Accepted">New entries for the log, in the order of the call.</param>
/// <param name="Receipt">One item for each activity of the call, in its order.</param>
public sealed record Admitted(CustomerState State, ImmutableArray<Activity> Accepted, ImmutableArray<ReceiptItem> Receipt);

/// <summary>The first step of every turn: takes each activity exactly once and keeps windows, totals and profile.</summary>
public static class Admission
{
    /// <summary>
    /// True when the state alone cannot tell a repeat from a new activity: Admit then needs the ids of the call that the log knows.
    /// An import and a webhook are known for ever, a live activity for 48 h; one that was held up since its receipt needs more than the
    /// 48 h before now.
    /// </summary>
    public static bool NeedsKnownIds(CustomerState? state, IReadOnlyList<Activity> activities, DateTimeOffset now)
    {
        if (state is null) return false;
        if (now < state.EvaluatedAt) now = state.EvaluatedAt;
        if (state.Recent.IsOverflowing(now)) return true;
        for (var i = 0; i < activities.Count; i++)
            if (activities[i].Origin != ActivityOrigin.Live || RecentMessages.HasForgottenSome(activities[i].ReceivedAt, now))
                return true;
        return false;
    }

    /// <param name="known">Message ids of the call that the log knows already; see <see cref="NeedsKnownIds"/>.</param>
    /// <param name="lessons">Lessons that the log has of days before the window; see <see cref="CompletedLessons.DaysAsked"/>.</param>
    public static Admitted Admit(
        CustomerState state, IReadOnlyList<Activity> activities, BusinessCalendar calendar, DateTimeOffset now,
        IReadOnlySet<string>? known = null, CompletedLessons? lessons = null)
    {
        var receipt = ImmutableArray.CreateBuilder<ReceiptItem>(activities.Count);
        var accepted = ImmutableArray.CreateBuilder<Activity>(activities.Count);
        var taken = new HashSet<ulong>(activities.Count);
        var days = new OpenDays(state.Days, calendar, Windows.FirstDay(calendar.DayOf(now)), lessons);
        var (life, profile, importedAt, firstImportAt) = (state.Lifetime, state.Profile, state.ImportedAt, state.FirstImportAt);
        for (var i = 0; i < activities.Count; i++)
        {
            var activity = AsLogged(activities[i]);
            var hash = Hashes.Of(activity.MessageId);
            if (taken.Contains(hash) || state.Recent.Contains(hash, now) || known?.Contains(activity.MessageId) == true)
            {
                receipt.Add(new ReceiptItem(RecordOutcome.Duplicate));
                continue;
            }
            taken.Add(hash);
            var item = new ReceiptItem(RecordOutcome.Accepted);
            if (activity.Type == ActivityType.Identify) item = Identify.Merge(ref profile, ref life, activity);
            else if (activity.Type == ActivityType.Unsubscribed) profile = Identify.Withdrawn(profile, activity);
            life = Totals.Add(life, activity, calendar);
            if (Windows.Counts(activity.Type)) life = days.Add(life, activity);
            if (activity.Origin == ActivityOrigin.Import) (importedAt, firstImportAt) = (now, firstImportAt ?? now);
            receipt.Add(item);
            accepted.Add(activity);
        }
        if (accepted.Count == 0) return new Admitted(state, [], receipt.MoveToImmutable());
        var closed = days.Close();
        var after = state with
        {
            Days = closed,
            Lifetime = days.Share(life),
            Kept = BehaviorTags.Kept(state, closed, calendar, now),
            Profile = profile,
            Recent = state.Recent.With(taken, now),
            ImportedAt = importedAt,
            FirstImportAt = firstImportAt,
        };
        return new Admitted(after, accepted.DrainToImmutable(), receipt.MoveToImmutable());
    }

    /// <summary>
    /// As the columns of the log give it back: instants in whole milliseconds of UTC, numbers in their one form. What the state is made of
    /// must be what the log holds, or recounting would find them different.
    /// </summary>
    static Activity AsLogged(Activity activity)
    {
        if (!IsWhole(activity.OccurredAt) || !IsWhole(activity.ReceivedAt))
            activity = activity with { OccurredAt = Whole(activity.OccurredAt), ReceivedAt = Whole(activity.ReceivedAt) };
        return IsNormal(activity.Score) && IsNormal(activity.CurriculumCompletion) ? activity : activity with
        {
            Score = activity.Score is { } score ? Numbers.Score(score) : null,
            CurriculumCompletion = activity.CurriculumCompletion is { } completion ? Numbers.Score(completion) : null,
        };
    }

    static bool IsNormal(decimal? number) => number is not { } value || Numbers.IsScore(value);

    static bool IsWhole(DateTimeOffset instant) => instant.Offset == TimeSpan.Zero && instant.Ticks % TimeSpan.TicksPerMillisecond == 0;

    static DateTimeOffset Whole(DateTimeOffset instant) => DateTimeOffset.FromUnixTimeMilliseconds(instant.ToUnixTimeMilliseconds());
}
