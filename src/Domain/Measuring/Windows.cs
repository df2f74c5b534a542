using System.Collections.Immutable;

namespace LStep.Domain.Measuring;

/// <summary>What each business day of a customer comes to.</summary>
public static class Windows
{
    /// <summary>The first day of the 30-day window that ends with a day.</summary>
    public static DateOnly FirstDay(DateOnly today) => today.AddDays(1 - Limits.WindowDays);

    /// <summary>Forgets the days that have left the 30-day window of today.</summary>
    public static CustomerState Prune(CustomerState state, DateOnly today)
    {
        var first = FirstDay(today);
        var old = 0;
        while (old < state.Days.Length && state.Days[old].Date < first) old++;
        return old == 0 ? state : state with { Days = state.Days.RemoveRange(0, old) };
    }

    /// <summary>
    /// Days rebuilt from their part of the log, in any order, ascending; a day of which nothing counts is left out. Each day needs all of
    /// its activities; which completion of a module counts, the customer's totals know.
    /// </summary>
    public static DayWindow[] OfLog(
        IEnumerable<Activity> activities, BusinessCalendar calendar, ImmutableArray<CompletedModule> modules)
    {
        var days = new SortedDictionary<DateOnly, DayWindow>();
        foreach (var activity in activities)
            if (Counts(activity.Type) && calendar.DayOf(activity.OccurredAt) is var date)
                days[date] = Add(days.GetValueOrDefault(date) ?? new DayWindow { Date = date }, activity);
        foreach (var module in modules)
            if (calendar.DayOf(module.At) is var date && days.TryGetValue(date, out var day))
                days[date] = day with { Modules = day.Modules + 1 };
        return [.. days.Values];
    }

    /// <summary>What leaves a trace in a day: learner activities, and support tickets, which make no day active.</summary>
    internal static bool Counts(ActivityType type) => type.IsLearnerActivity() || type == ActivityType.SupportTicket;

    /// <summary>Without an id each completion of a lesson or module counts.</summary>
    internal static bool IsNamed(Activity completion) => !string.IsNullOrWhiteSpace(completion.Subject);

    /// <summary>Modules with an id are left to the caller: which of their completions counts, the day alone does not know.</summary>
    internal static DayWindow Add(DayWindow day, Activity activity)
    {
        var type = activity.Type;
        if (!type.IsLearnerActivity()) return day with { SupportTickets = day.SupportTickets + 1 };
        var scored = type == ActivityType.AssessmentTaken && activity.Score is not null;
        if (type == ActivityType.LessonCompleted) day = WithLesson(day, activity);
        return day with
        {
            Sessions = Sessions.Add(day.Sessions, activity.OccurredAt),
            Features = type == ActivityType.FeatureUse && !string.IsNullOrEmpty(activity.Subject)
                ? With(day.Features, Hashes.Of(activity.Subject), Limits.FeaturesPerDayMax) : day.Features,
            // A sum of many large counts stops at the largest number; so does any other order of them.
            PageViews = type == ActivityType.PageView ? (int)Math.Min(int.MaxValue, day.PageViews + (long)Math.Max(0, activity.Count))
                : day.PageViews,
            Assessments = day.Assessments + One(type == ActivityType.AssessmentTaken),
            ScoredAssessments = day.ScoredAssessments + One(scored),
            ScoreSum = scored ? day.ScoreSum + activity.Score!.Value : day.ScoreSum,
            FinalAssessments = day.FinalAssessments + One(type == ActivityType.AssessmentTaken && activity.Final),
            Modules = day.Modules + One(type == ActivityType.ModuleCompleted && !IsNamed(activity)),
            Posts = day.Posts + One(type == ActivityType.ForumPost),
            Comments = day.Comments + One(type == ActivityType.Comment),
            Questions = day.Questions + One(type == ActivityType.Question),
            Answers = day.Answers + One(type == ActivityType.Answer),
            Activities = day.Activities + 1,
            MobileActivities = day.MobileActivities + One(activity.Mobile),
            VideoActivities = day.VideoActivities + One(type == ActivityType.VideoPlay),
        };
    }

    static int One(bool counts) => counts ? 1 : 0;

    /// <summary>A lesson counts once a day by its id.</summary>
    static DayWindow WithLesson(DayWindow day, Activity completion)
    {
        if (!IsNamed(completion)) return day with { Lessons = day.Lessons + 1 };
        var lessons = With(day.LessonIds, Hashes.Of(completion.Subject!), Limits.LessonsPerDayMax);
        return day with { Lessons = day.Lessons + lessons.Length - day.LessonIds.Length, LessonIds = lessons };
    }

    static ImmutableArray<ulong> With(ImmutableArray<ulong> hashes, ulong hash, int max)
    {
        var at = hashes.AsSpan().BinarySearch(hash);
        if (at >= 0) return hashes;
        // The smallest are kept: the only choice that does not depend on the order of arrival.
        if (hashes.Length == max) return ~at == hashes.Length ? hashes : hashes.RemoveAt(hashes.Length - 1).Insert(~at, hash);
        return hashes.Insert(~at, hash);
    }
}
