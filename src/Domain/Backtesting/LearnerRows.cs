using LStep.Domain.Measuring;
using LStep.Domain.Predicting;

namespace LStep.Domain.Backtesting;

/// <summary>Which days of a learner become rows, and what counts as being active.</summary>
/// <param name="Every">A row each so many days.</param>
/// <param name="Origin">Day 0 that rows are counted from; null: the learner's own start.</param>
/// <param name="Active">What breaks a silence; null: every learner activity.</param>
public sealed record RowChoice(int Every = 7, DateOnly? Origin = null, Func<Activity, bool>? Active = null)
{
    public static RowChoice Weekly { get; } = new();
}

/// <summary>One learner's whole log, played through the windows as it came in: rows from the 14th day on, while enrolled.</summary>
public static class LearnerRows
{
    /// <param name="activities">In order of receipt.</param>
    /// <param name="until">The end of what is known.</param>
    public static List<TrainingRow> Of(
        string customerId, IReadOnlyList<Activity> activities, BusinessCalendar calendar, DateTimeOffset until, RowChoice? choice = null)
    {
        var rows = new List<TrainingRow>();
        if (activities.Count == 0) return rows;
        choice ??= RowChoice.Weekly;
        var outcomes = Outcomes.Of(activities, calendar, choice.Active);
        var lastDay = calendar.DayOf(until);
        var lessons = new CompletedLessons();
        var state = Unborn(customerId, activities[0].ReceivedAt);
        var taken = 0;
        for (var day = calendar.DayOf(activities[0].ReceivedAt); day < lastDay; day = day.AddDays(1))
        {
            // A day ends with the next midnight, when its batch runs.
            var end = calendar.StartOf(day.AddDays(1));
            var from = taken;
            while (taken < activities.Count && activities[taken].ReceivedAt < end) taken++;
            if (taken > from) state = Take(state, activities, from, taken, calendar, lessons);
            if (state.Version == 0 || outcomes.Cancelled <= day) continue;
            var start = calendar.DayOf(state.ObservedFrom);
            var age = day.DayNumber - (choice.Origin ?? start).DayNumber;
            if (age < Churn.FirstDay || age % choice.Every != 0) continue;
            rows.Add(Row(state, calendar, end, day, start, outcomes, lastDay));
        }
        return rows;
    }

    /// <summary>The state that a log makes, with the days that the window of an instant holds.</summary>
    /// <param name="activities">In order of receipt, all received before the instant.</param>
    public static CustomerState StateAt(
        string customerId, IReadOnlyList<Activity> activities, BusinessCalendar calendar, DateTimeOffset at)
    {
        var state = Take(
            Unborn(customerId, activities[0].ReceivedAt), activities, 0, activities.Count, calendar, new CompletedLessons());
        return Windows.Prune(state, calendar.DayOf(at));
    }

    static TrainingRow Row(
        CustomerState state, BusinessCalendar calendar, DateTimeOffset end, DateOnly day, DateOnly start, Outcomes outcomes,
        DateOnly lastDay)
    {
        var features = new float[Features.Count];
        Features.Of(state, calendar, end, features);
        // The day of the end itself is not over.
        var known = lastDay.DayNumber - 1 - day.DayNumber;
        return new TrainingRow(
            state.CustomerId, day, Math.Max(0, day.DayNumber - start.DayNumber) / 7, state.Profile.Tier, features,
            known >= 14 ? outcomes.IsSilent(day, 1, 14) : null, !outcomes.IsSilent(day, -6, 0),
            known >= 28 ? outcomes.IsSilent(day, 15, 28) : null,
            known >= 14 ? outcomes.Cancelled <= day.AddDays(14) : null, outcomes.SilentDays(day, start));
    }

    static CustomerState Take(
        CustomerState state, IReadOnlyList<Activity> activities, int from, int to, BusinessCalendar calendar, CompletedLessons lessons)
    {
        while (from < to)
        {
            // One turn: what was received at one instant.
            var turn = new List<Activity> { activities[from] };
            var at = activities[from].ReceivedAt;
            for (from++; from < to && activities[from].ReceivedAt == at; from++) turn.Add(activities[from]);
            var admitted = Admission.Admit(Windows.Prune(state, calendar.DayOf(at)), turn, calendar, at, lessons: lessons);
            lessons.Add(admitted.Accepted, calendar);
            state = admitted.State with { Version = state.Version + 1, EvaluatedAt = at };
        }
        return state;
    }

    static CustomerState Unborn(string customerId, DateTimeOffset at) => new()
    {
        CustomerId = customerId, Tag = StatusTag.Active, TagSince = at, EvaluatedAt = at,
        Profile = Profile.Empty, Governance = Governance.Empty,
    };

    /// <summary>What a learner did in the end: read only for labels, never for features.</summary>
    sealed record Outcomes(List<DateOnly> Active, DateOnly? Cancelled)
    {
        public static Outcomes Of(IReadOnlyList<Activity> activities, BusinessCalendar calendar, Func<Activity, bool>? active)
        {
            var days = new SortedSet<DateOnly>();
            DateOnly? cancelled = null;
            foreach (var activity in activities)
            {
                if (activity.Type.IsLearnerActivity() && active?.Invoke(activity) != false) days.Add(calendar.DayOf(activity.OccurredAt));
                if (Cancellations.Of(activity) is { } at && !(cancelled <= calendar.DayOf(at))) cancelled = calendar.DayOf(at);
            }
            return new Outcomes([.. days], cancelled);
        }

        public bool IsSilent(DateOnly day, int from, int to)
        {
            var at = Active.BinarySearch(day.AddDays(from));
            if (at >= 0) return false;
            return ~at == Active.Count || Active[~at] > day.AddDays(to);
        }

        public int SilentDays(DateOnly day, DateOnly start)
        {
            var at = Active.BinarySearch(day);
            if (at >= 0) return 0;
            var last = ~at == 0 ? start : Active[~at - 1];
            return Math.Max(0, day.DayNumber - last.DayNumber);
        }
    }
}
