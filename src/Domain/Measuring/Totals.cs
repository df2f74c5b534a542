namespace LStep.Domain.Measuring;

/// <summary>
/// Adds one activity to the totals of a customer's life. Sums, maxima and latest-of, so that no order matters. Lessons and modules, which
/// count once a day and once a life, are <see cref="OpenDays"/>'s.
/// </summary>
static class Totals
{
    public static Lifetime Add(Lifetime life, Activity activity, BusinessCalendar calendar)
    {
        var at = activity.OccurredAt;
        life = activity.Type switch
        {
            ActivityType.Login => life with { LastLoginEventAt = Later(life.LastLoginEventAt, at) },
            ActivityType.AssessmentTaken => Assessment(life, activity),
            ActivityType.NpsResponse when activity.Score is { } score => life with { Nps = Latest(life.Nps, activity, score) },
            ActivityType.Payment => life with { LastPaymentAt = Later(life.LastPaymentAt, at) },
            ActivityType.PaymentFailed => life with { LastPaymentFailedAt = Later(life.LastPaymentFailedAt, at) },
            _ => life,
        };
        if (Completion(activity) is { } completion) life = WithCompletion(life, activity, completion);
        if (activity.Type.IsLearnerActivity()) life = Learned(life, at, calendar);
        return life.FirstEventAt <= at ? life : life with { FirstEventAt = at };
    }

    public static Lifetime WithCompletion(Lifetime life, Activity activity, decimal completion) =>
        life with { CurriculumCompletion = Latest(life.CurriculumCompletion, activity, completion) };

    static decimal? Completion(Activity activity) => activity.Type switch
    {
        ActivityType.ModuleCompleted => activity.CurriculumCompletion,
        ActivityType.CourseCompleted => activity.CurriculumCompletion ?? 100,
        _ => null,
    };

    static Lifetime Assessment(Lifetime life, Activity activity) => activity.Score is not { } score
        ? life with { Assessments = life.Assessments + 1 }
        : life with
        {
            Assessments = life.Assessments + 1,
            ScoredAssessments = life.ScoredAssessments + 1,
            ScoreSum = life.ScoreSum + score,
            BestFinal = activity.Final && !(life.BestFinal >= score) ? score : life.BestFinal,
        };

    static Lifetime Learned(Lifetime life, DateTimeOffset at, BusinessCalendar calendar)
    {
        var sessions = life.LastDaySessions;
        var day = calendar.DayOf(at);
        var lastDay = life.LastActivityAt is { } last ? calendar.DayOf(last) : DateOnly.MinValue;
        if (day > lastDay) sessions = [new SessionRun(at, at)];
        else if (day == lastDay) sessions = Sessions.Add(sessions, at);
        return life with
        {
            Activities = life.Activities + 1,
            FirstLearnerActivityAt = life.FirstLearnerActivityAt <= at ? life.FirstLearnerActivityAt : at,
            LastActivityAt = Later(life.LastActivityAt, at),
            LastDaySessions = sessions,
        };
    }

    static DateTimeOffset Later(DateTimeOffset? known, DateTimeOffset at) => known > at ? known.Value : at;

    static Latest<decimal> Latest(Latest<decimal>? known, Activity activity, decimal value)
    {
        var stamp = new Stamp(activity.OccurredAt, activity.MessageId);
        return known is { } latest && new Stamp(latest.At, latest.MessageId).CompareTo(stamp) > 0
            ? latest
            : new Latest<decimal>(stamp.At, stamp.MessageId, value);
    }
}
