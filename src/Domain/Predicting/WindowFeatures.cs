namespace LStep.Domain.Predicting;

/// <summary>The part of the vector that the last 28 days make.</summary>
static class WindowFeatures
{
    static readonly double[] Halving2 = Halving(2), Halving5 = Halving(5), Halving10 = Halving(10);

    /// <summary>What the days of the window come to beside their activities.</summary>
    internal struct Sums
    {
        public int ActiveDays, Activities, Lessons7, Lessons, Features, Talk, Assessments, Scored, SinceAssessment;
        public long Pages7, Pages;
        public double Scores;
    }

    /// <param name="activities">Activities by age in days; filled here.</param>
    public static Sums Sum(CustomerState state, int last, Span<int> activities)
    {
        var sums = new Sums { SinceAssessment = Features.Days };
        foreach (var day in state.Days.AsSpan())
        {
            var age = last - day.Date.DayNumber;
            if (age is < 0 or >= Features.Days || day.Activities == 0) continue;
            activities[age] = day.Activities;
            sums.ActiveDays++;
            sums.Activities += day.Activities;
            sums.Pages += day.PageViews;
            sums.Lessons += day.Lessons;
            if (age < 7)
            {
                sums.Pages7 += day.PageViews;
                sums.Lessons7 += day.Lessons;
            }
            sums.Features += day.Features.Length;
            sums.Talk += day.Posts + day.Comments + day.Questions + day.Answers;
            sums.Assessments += day.Assessments;
            if (day.Assessments > 0) sums.SinceAssessment = Math.Min(sums.SinceAssessment, age);
            if (day.ScoredAssessments == 0) continue;
            sums.Scored += day.ScoredAssessments;
            sums.Scores += (double)day.ScoreSum;
        }
        return sums;
    }

    public static void Write(
        ref FeatureVector vector, CustomerState state, BusinessCalendar calendar, int last, scoped ReadOnlySpan<int> activities,
        in Sums sums)
    {
        var silent = SilentDays(state, calendar, last);
        vector.Add(silent);
        WriteDays(ref vector, activities);
        WriteDecayed(ref vector, activities);
        WriteSizes(ref vector, activities, sums);
        WriteGaps(ref vector, activities, silent);
        vector.Add(sums.Lessons7);
        vector.Add(sums.Lessons);
        vector.Add(sums.Features);
        vector.Add(sums.Talk);
        vector.Add(sums.Assessments);
        vector.Add(sums.SinceAssessment);
    }

    internal static double Share(double part, double all) => all > 0 ? part / all : 0;

    static int SilentDays(CustomerState state, BusinessCalendar calendar, int last)
    {
        var from = state.Lifetime.LastActivityAt ?? state.ObservedFrom;
        return Math.Clamp(last - calendar.DayOf(from).DayNumber, 0, Features.SilenceDaysMax);
    }

    static void WriteDays(ref FeatureVector vector, scoped ReadOnlySpan<int> activities)
    {
        vector.Add(Active(activities[..3]));
        var weeks = 0;
        var all = 0;
        for (var week = 0; week < 4; week++)
        {
            var active = Active(activities.Slice(7 * week, 7));
            vector.Add(active);
            all += active;
            if (active > 0) weeks++;
        }
        vector.Add(all);
        vector.Add(weeks);
    }

    static void WriteDecayed(ref FeatureVector vector, scoped ReadOnlySpan<int> activities)
    {
        Span<double> days = [0, 0, 0];
        Span<double> sizes = [0, 0];
        for (var age = 0; age < activities.Length; age++)
        {
            if (activities[age] == 0) continue;
            var (two, five, ten) = (Halving2[age], Halving5[age], Halving10[age]);
            days[0] += two;
            days[1] += five;
            days[2] += ten;
            var size = Math.Log(1 + activities[age]);
            sizes[0] += size * five;
            sizes[1] += size * ten;
        }
        foreach (var value in days) vector.Add(value);
        foreach (var value in sizes) vector.Add(value);
    }

    static void WriteSizes(ref FeatureVector vector, scoped ReadOnlySpan<int> activities, in Sums sums)
    {
        var week = Total(activities[..7]);
        vector.Add(week);
        vector.Add(Total(activities.Slice(7, 7)));
        vector.Add(sums.Activities);
        vector.Add(Share(sums.Activities, sums.ActiveDays));
        var latest = activities.IndexOfAnyExcept(0);
        vector.Add(latest < 0 ? 0 : activities[latest]);
        vector.Add(sums.Pages7);
        vector.Add(sums.Pages);
        vector.Add(Share(sums.Pages, sums.Pages + sums.Activities));
        vector.Add(Share(week, sums.Activities));
        // The slope of the line through the active days of four weeks.
        var (latest7, earliest7) = (Active(activities[..7]), Active(activities[21..]));
        vector.Add((3 * (latest7 - earliest7) + Active(activities.Slice(7, 7)) - Active(activities.Slice(14, 7))) / 10d);
    }

    static void WriteGaps(ref FeatureVector vector, scoped ReadOnlySpan<int> activities, int silent)
    {
        int previous = -1, longest = 0, sum = 0, squares = 0, count = 0, three = 0, seven = 0, latest = 0;
        for (var age = 0; age < activities.Length; age++)
        {
            if (activities[age] == 0) continue;
            if (previous >= 0)
            {
                var gap = age - previous;
                if (count++ == 0) latest = gap;
                longest = Math.Max(longest, gap);
                sum += gap;
                squares += gap * gap;
                if (gap >= 3) three++;
                if (gap >= 7) seven++;
            }
            previous = age;
        }
        var mean = Share(sum, count);
        vector.Add(longest);
        vector.Add(mean);
        vector.Add(count == 0 ? 0 : Math.Sqrt(Math.Max(0, (double)squares / count - mean * mean)));
        vector.Add(latest);
        vector.Add(three);
        vector.Add(seven);
        vector.Add(silent / Math.Max(1, mean));
        vector.Add(silent / Math.Max(1d, longest));
        var rate = RateBeforeSilence(activities);
        vector.Add(rate);
        vector.Add(rate * silent);
    }

    static double RateBeforeSilence(ReadOnlySpan<int> activities)
    {
        var latest = activities.IndexOfAnyExcept(0);
        if (latest < 0) return 0;
        var before = activities[latest..Math.Min(activities.Length, latest + 14)];
        return (double)Active(before) / before.Length;
    }

    static int Active(ReadOnlySpan<int> days)
    {
        var active = 0;
        foreach (var day in days)
            if (day > 0) active++;
        return active;
    }

    static int Total(ReadOnlySpan<int> days)
    {
        var total = 0;
        foreach (var day in days) total += day;
        return total;
    }

    /// <summary>The weight of a day by its age, half as much each so many days back.</summary>
    static double[] Halving(double days) => [.. Enumerable.Range(0, Features.Days).Select(age => Math.Pow(0.5, age / days))];
}
