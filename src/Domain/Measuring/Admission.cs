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
    /// An import is known for ever, a live activity for 48 h; one that was held up since its receipt needs more than the 48 h before now.
    /// </summary>
    public static bool NeedsKnownIds(CustomerState? state, IReadOnlyList<Activity> activities, DateTimeOffset now)
    {
        if (state is null) return false;
        if (now < state.EvaluatedAt) now = state.EvaluatedAt;
        if (state.Recent.IsOverflowing(now)) return true;
        for (var i = 0; i < activities.Count; i++)
            if (activities[i].Origin == ActivityOrigin.Import || RecentMessages.HasForgottenSome(activities[i].ReceivedAt, now))
                return true;
        return false;
    }

    /// <param name="known">Message ids of the call that the log knows already; see <see cref="NeedsKnownIds"/>.</param>
    public static Admitted Admit(
        CustomerState state, IReadOnlyList<Activity> activities, BusinessCalendar calendar, DateTimeOffset now,
        IReadOnlySet<string>? known = null)
    {
        var receipt = ImmutableArray.CreateBuilder<ReceiptItem>(activities.Count);
        var accepted = ImmutableArray.CreateBuilder<Activity>(activities.Count);
        var taken = new HashSet<ulong>(activities.Count);
        var days = new OpenDays(state.Days, Windows.FirstDay(calendar.DayOf(now)));
        var (life, profile, importedAt) = (state.Lifetime, state.Profile, state.ImportedAt);
        for (var i = 0; i < activities.Count; i++)
        {
            var activity = activities[i];
            var hash = Hashes.Of(activity.MessageId);
            if (taken.Contains(hash) || state.Recent.Contains(hash, now) || known?.Contains(activity.MessageId) == true)
            {
                receipt.Add(new ReceiptItem(RecordOutcome.Duplicate));
                continue;
            }
            if (activity.Type == ActivityType.Identify && !Identify.TryMerge(ref profile, ref life, activity))
            {
                receipt.Add(new ReceiptItem(RecordOutcome.Refused, "too_many_traits",
                    $"A customer has at most {Limits.TraitsPerCustomerMax} traits; nothing of this identify was taken."));
                continue;
            }
            if (activity.Type == ActivityType.Unsubscribed) Identify.TryMerge(ref profile, ref life, Withdrawals.AsIdentify(activity));
            taken.Add(hash);
            life = Totals.Add(life, activity, calendar);
            if (Windows.Counts(activity.Type)) days.Add(activity, calendar.DayOf(activity.OccurredAt));
            if (activity.Origin == ActivityOrigin.Import) importedAt = now;
            receipt.Add(new ReceiptItem(RecordOutcome.Accepted));
            accepted.Add(activity);
        }
        if (accepted.Count == 0) return new Admitted(state, [], receipt.MoveToImmutable());
        var after = state with
        {
            Days = days.Close(),
            Lifetime = days.Share(life),
            Profile = profile,
            Recent = state.Recent.With(taken, now),
            ImportedAt = importedAt,
        };
        return new Admitted(after, accepted.DrainToImmutable(), receipt.MoveToImmutable());
    }

    /// <summary>The days of the window while a call is being taken.</summary>
    struct OpenDays(ImmutableArray<DayWindow> days, DateOnly first)
    {
        ImmutableArray<DayWindow> days = days;

        public void Add(Activity activity, DateOnly date)
        {
            if (date < first) return;
            var at = days.Length;
            while (at > 0 && days[at - 1].Date > date) at--;
            days = at > 0 && days[at - 1].Date == date
                ? days.SetItem(at - 1, Windows.Add(days[at - 1], activity))
                : days.Insert(at, Windows.Add(new DayWindow { Date = date }, activity));
        }

        public ImmutableArray<DayWindow> Close()
        {
            var old = 0;
            while (old < days.Length && days[old].Date < first) old++;
            return days = days.RemoveRange(0, old);
        }

        /// <summary>Lets the totals hold the last day's own sessions instead of an equal copy: a million customers stay resident.</summary>
        public readonly Lifetime Share(Lifetime life)
        {
            for (var at = days.Length - 1; at >= 0; at--)
                if (!days[at].Sessions.IsEmpty)
                    return !life.LastDaySessions.IsEmpty && days[at].Sessions[^1] == life.LastDaySessions[^1]
                        ? life with { LastDaySessions = days[at].Sessions } : life;
            return life;
        }
    }
}
