namespace LStep.Domain.Predicting;

/// <summary>The part of the vector that no window forgets: scores, the rhythm of modules, and rates over the customer's life.</summary>
static class LifeFeatures
{
    const int SinceModuleMax = 120;

    public static void Write(
        ref FeatureVector vector, CustomerState state, BusinessCalendar calendar, int last, scoped ReadOnlySpan<int> activities,
        in WindowFeatures.Sums sums)
    {
        var life = state.Lifetime;
        vector.Add(life.ScoredAssessments > 0 ? (double)life.ScoreSum / life.ScoredAssessments : -1);
        vector.Add(sums.Scored > 0 ? sums.Scores / sums.Scored : -1);
        vector.Add(SinceModule(life, calendar, last));
        var start = calendar.DayOf(state.Start).DayNumber;
        var observed = Math.Max(1, last - start + 1);
        var months = Math.Max(1, observed / 28d);
        vector.Add(life.Modules / months);
        vector.Add(life.Lessons / months);
        vector.Add(life.Assessments / months);
        var rate = (double)life.Activities / observed;
        vector.Add(rate);
        var before = observed - Features.Days;
        vector.Add(before > 0 ? (double)(life.Activities - sums.Activities) / before : -1);
        vector.Add(before > 0 ? Math.Max(0, life.Lessons - sums.Lessons) * 28d / before : -1);
        vector.Add(WindowFeatures.Share((double)sums.Activities / Math.Min(observed, Features.Days), rate));
        vector.Add((double)(life.CurriculumCompletion?.Value ?? 0) / months);
        vector.Add(Math.Min(observed, Features.Days));
        vector.Add(life.FirstLearnerActivityAt is null ? 0 : 1);
    }

    static int SinceModule(Lifetime life, BusinessCalendar calendar, int last) => life.LastModuleAt is { } at
        ? Math.Clamp(last - calendar.DayOf(at).DayNumber, 0, SinceModuleMax) : SinceModuleMax;
}
