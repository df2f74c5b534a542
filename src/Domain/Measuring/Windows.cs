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
    /// One day rebuilt from its part of the log, in any order; activities of other days are passed over. Null when nothing of it counts.
    /// </summary>
    public static DayWindow? OfDay(IEnumerable<Activity> activities, DateOnly date, BusinessCalendar calendar)
    {
        DayWindow? day = null;
        foreach (var activity in activities)
            if (Counts(activity.Type) && calendar.DayOf(activity.OccurredAt) == date)
                day = Add(day ?? new DayWindow { Date = date }, activity);
        return day;
    }

    /// <summary>What leaves a trace in a day: learner activities, and support tickets, which make no day active.</summary>
    internal static bool Counts(ActivityType type) => type.IsLearnerActivity() || type == ActivityType.SupportTicket;

    internal static DayWindow Add(DayWindow day, Activity activity)
    {
        var type = activity.Type;
        if (!type.IsLearnerActivity()) return day with { SupportTickets = day.SupportTickets + 1 };
        var scored = type == ActivityType.AssessmentTaken && activity.Score is not null;
        return day with
        {
            Sessions = Sessions.Add(day.Sessions, activity.OccurredAt),
            Features = type == ActivityType.FeatureUse && !string.IsNullOrEmpty(activity.Subject)
                ? WithFeature(day.Features, Hashes.Of(activity.Subject)) : day.Features,
            // A sum of many large counts stops at the largest number; so does any other order of them.
            PageViews = type == ActivityType.PageView ? (int)Math.Min(int.MaxValue, day.PageViews + (long)Math.Max(0, activity.Count))
                : day.PageViews,
            Lessons = day.Lessons + One(type == ActivityType.LessonCompleted),
            Assessments = day.Assessments + One(type == ActivityType.AssessmentTaken),
            ScoredAssessments = day.ScoredAssessments + One(scored),
            ScoreSum = scored ? day.ScoreSum + activity.Score!.Value : day.ScoreSum,
            FinalAssessments = day.FinalAssessments + One(type == ActivityType.AssessmentTaken && activity.Final),
            Modules = day.Modules + One(type == ActivityType.ModuleCompleted),
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

    static ImmutableArray<ulong> WithFeature(ImmutableArray<ulong> features, ulong feature)
    {
        var at = features.AsSpan().BinarySearch(feature);
        if (at >= 0) return features;
        // The smallest are kept: the only choice that does not depend on the order of arrival.
        if (features.Length == Limits.FeaturesPerDayMax)
            return ~at == features.Length ? features : features.RemoveAt(features.Length - 1).Insert(~at, feature);
        return features.Insert(~at, feature);
    }
}
