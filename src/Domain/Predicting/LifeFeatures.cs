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
        WriteModules(ref vector, life, calendar, last);
        var start = calendar.DayOf(state.Start).DayNumber;
        var observed = Math.Max(1, last - start + 1);
        var months = Math.Max(1, observed / 28d);
        vector.Add(life.Modules / months);
        vector.Add(life.Lessons / months);
        var rate = (double)life.Activities / observed;
        vector.Add(rate);
        vector.Add(WindowFeatures.Share((double)sums.Activities / Math.Min(observed, Features.Days), rate));
        vector.Add((double)(life.CurriculumCompletion?.Value ?? 0) / months);
        vector.Add(Math.Min(observed, Features.Days));
        vector.Add(life.FirstLearnerActivityAt is null ? 0 : 1);
    }

    static void WriteModules(ref FeatureVector vector, Lifetime life, BusinessCalendar calendar, int last)
    {
        DateTimeOffset? first = null, latest = life.LastUnnamedModuleAt;
        foreach (var module in life.CompletedModules)
        {
            if (!(first <= module.At)) first = module.At;
            if (!(latest >= module.At)) latest = module.At;
        }
        var since = latest is { } at ? Math.Clamp(last - calendar.DayOf(at).DayNumber, 0, SinceModuleMax) : SinceModuleMax;
        var modules = life.CompletedModules.Length;
        var gap = modules > 1 && first is { } from && latest is { } to
            ? (calendar.DayOf(to).DayNumber - calendar.DayOf(from).DayNumber) / (double)(modules - 1) : 0;
        vector.Add(since);
        vector.Add(gap);
        vector.Add(gap > 0 ? gap - since : -SinceModuleMax);
    }
}
