using System.Buffers;

namespace LStep.Domain.Measuring;

public sealed partial class Measures
{
    WindowSums week, month;
    int engagementBefore, overallBefore, modules14, longestGap;
    LearningDays learning;
    DailyScores todayScores;

    /// <summary>One pass over the active days fills every window.</summary>
    void Sum()
    {
        if (summed) return;
        summed = true;
        week = month = default;
        engagementBefore = overallBefore = modules14 = longestGap = 0;
        learning = default;
        todayScores = default;
        var previous = 0;
        foreach (var day in State.Days.AsSpan())
        {
            var age = today - day.Date.DayNumber;
            if (age is < 0 or >= Limits.WindowDays) continue;
            var milliseconds = Sessions.Milliseconds(day.Sessions);
            var scores = DailyScores.Of(day, milliseconds);
            month.Add(day, scores, milliseconds);
            if (age < 7) week.Add(day, scores, milliseconds);
            else if (age < 14)
            {
                engagementBefore += scores.Engagement;
                overallBefore += scores.Overall;
            }
            if (age < 14) modules14 += day.Modules;
            if (age == 0) todayScores = scores;
            else if (age <= LearningDays.DaysMax) learning.Add(day, scores);
            if (day.Activities == 0) continue;
            if (previous > 0) longestGap = Math.Max(longestGap, day.Date.DayNumber - previous);
            previous = day.Date.DayNumber;
        }
    }

    internal int Modules14
    {
        get
        {
            Sum();
            return modules14;
        }
    }

    internal WindowSums Month
    {
        get
        {
            Sum();
            return month;
        }
    }

    /// <summary>Distinct features over the last days: the union of the days' sets.</summary>
    int Features(int days)
    {
        var total = 0;
        foreach (var day in State.Days.AsSpan())
            if (IsWithin(day, days)) total += day.Features.Length;
        if (total == 0) return 0;
        var rented = total > 256 ? ArrayPool<ulong>.Shared.Rent(total) : null;
        var all = (rented ?? stackalloc ulong[256])[..total];
        var filled = 0;
        foreach (var day in State.Days.AsSpan())
        {
            if (!IsWithin(day, days)) continue;
            day.Features.AsSpan().CopyTo(all[filled..]);
            filled += day.Features.Length;
        }
        all.Sort();
        var distinct = 1;
        for (var i = 1; i < total; i++)
            if (all[i] != all[i - 1]) distinct++;
        if (rented is not null) ArrayPool<ulong>.Shared.Return(rented);
        return distinct;
    }

    bool IsWithin(DayWindow day, int days) => today - day.Date.DayNumber is var age && age >= 0 && age < days;

    /// <summary>The eight indicators that do not look at a single day.</summary>
    RiskIndicators Lasting()
    {
        var life = State.Lifetime;
        var found = RiskIndicators.None;
        if (WholeDaysSince(LaterOf(life.LastLoginAt)) >= 5) found |= RiskIndicators.LoginGap;
        // At least 50% below: twice this week's mean is no more than the mean of the week before.
        if (ObservedBefore > 0 && engagementBefore > 0 && 2 * week.Engagement * ObservedBefore <= engagementBefore * ObservedWeek)
            found |= RiskIndicators.EngagementDrop;
        if (month.Scored >= 2 && month.ScoreSum < 50 * month.Scored) found |= RiskIndicators.AssessmentFailure;
        if (month.Sessions >= 3 && week.Sessions > 0 && 2 * week.Milliseconds * month.Sessions < month.Milliseconds * week.Sessions)
            found |= RiskIndicators.SessionShortening;
        if (life.LastModuleAt is { } module && today - calendar.DayOf(module).DayNumber >= 21 && month.Lessons > 0
            && !(life.CurriculumCompletion?.Value >= 90))
            found |= RiskIndicators.StalledModule;
        if (Now - Start >= 3 * Day && life.Lessons == 0 && life.Modules == 0 && life.Assessments == 0) found |= RiskIndicators.NeverStarted;
        if (week.Tickets >= 3 || life.Nps?.Value <= 6) found |= RiskIndicators.SupportBurden;
        if (life.LastPaymentFailedAt is { } failed && today - calendar.DayOf(failed).DayNumber < 14 && !(life.LastPaymentAt >= failed))
            found |= RiskIndicators.BillingRisk;
        return found;
    }
}
