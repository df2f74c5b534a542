using System.Collections.Frozen;
using System.Collections.Immutable;

namespace LStep.Domain.Predicting;

/// <summary>
/// What a prediction sees of a customer: the 28 days that end with the last day, the totals of the customer's life, and nothing else.
/// The last day is today from today's first learner activity on and yesterday before, so that a morning is not a silent day, and the vector
/// changes only with an event or at a business midnight. Of what grows with time alone only rates and shares are used.
/// </summary>
public static class Features
{
    /// <summary>Four whole weeks: each weekday weighs the same.</summary>
    public const int Days = 28;

    /// <summary>Where longer silences stop to count.</summary>
    public const int SilenceDaysMax = 60;

    public static ImmutableArray<Feature> All { get; } =
    [
        new("silent_days", "days", "days since the last activity (60 at most)"),
        new("active_days_3", "days", "active days among the last 3"),
        new("active_days_7", "days", "active days among the last 7"),
        new("active_days_8_14", "days", "active days 8 to 14 days ago"),
        new("active_days_15_21", "days", "active days 15 to 21 days ago"),
        new("active_days_22_28", "days", "active days 22 to 28 days ago"),
        new("active_days_28", "days", "active days among the last 28"),
        new("active_weeks_4", "weeks", "weeks with an active day among the last 4"),
        new("active_days_decayed_2", "days", "active days, half as much each 2 days back"),
        new("active_days_decayed_5", "days", "active days, half as much each 5 days back"),
        new("active_days_decayed_10", "days", "active days, half as much each 10 days back"),
        new("activity_decayed_5", "log activities", "size of each day's activity, half as much each 5 days back"),
        new("activity_decayed_10", "log activities", "size of each day's activity, half as much each 10 days back"),
        new("activities_7", "activities", "activities in the last 7 days"),
        new("activities_8_14", "activities", "activities 8 to 14 days ago"),
        new("activities_28", "activities", "activities in the last 28 days"),
        new("activities_per_active_day", "activities", "activities per active day of the last 28 days"),
        new("activities_last_active_day", "activities", "activities on the latest active day"),
        new("page_views_7", "views", "page views in the last 7 days"),
        new("page_views_28", "views", "page views in the last 28 days"),
        new("page_view_share", "share", "views among views and other activities of the last 28 days"),
        new("recent_share", "share", "activities of the last 7 days among those of the last 28"),
        new("weekly_slope", "days per week", "change of active days from week to week"),
        new("longest_gap", "days", "longest gap between active days of the last 28 days"),
        new("mean_gap", "days", "mean gap between active days of the last 28 days"),
        new("gap_spread", "days", "standard deviation of the gaps between active days"),
        new("latest_gap", "days", "gap before the latest active day"),
        new("gaps_3", "gaps", "gaps of 3 days or more between active days"),
        new("gaps_7", "gaps", "gaps of 7 days or more between active days"),
        new("silence_to_mean_gap", "ratio", "present silence beside the mean gap"),
        new("silence_to_longest_gap", "ratio", "present silence beside the longest gap"),
        new("rate_before_silence", "share", "active days among the 14 up to the latest active day"),
        new("missed_days", "days", "active days that the present silence has cost at the rate before it"),
        new("lessons_7", "lessons", "lessons completed in the last 7 days"),
        new("lessons_28", "lessons", "lessons completed in the last 28 days"),
        new("features_28", "features", "features used in the last 28 days, each day's distinct ones"),
        new("talk_28", "contributions", "posts, comments, questions and answers of the last 28 days"),
        new("assessments_28", "assessments", "assessments taken in the last 28 days"),
        new("days_since_assessment", "days", "days since the latest assessment of the last 28 days (28 without one)"),
        new("score_mean", "points", "mean score of all assessments (-1 without one)"),
        new("score_mean_28", "points", "mean score of assessments of the last 28 days (-1 without one)"),
        new("days_since_module", "days", "days since the latest module (120 at most, and without one)"),
        new("module_rate", "modules per 28 days", "modules completed per 28 days observed"),
        new("lesson_rate", "lessons per 28 days", "lessons completed per 28 days observed"),
        new("assessment_rate", "assessments per 28 days", "assessments taken per 28 days observed"),
        new("activity_rate", "activities per day", "activities per day observed, over the customer's life"),
        new("activity_rate_before", "activities per day", "activities per day observed before the last 28 (-1 without such days)"),
        new("lesson_rate_before", "lessons per 28 days", "lessons per 28 days observed before the last 28 (-1 without such days)"),
        new("activity_to_usual", "ratio", "activities a day in the last 28 days beside the customer's life"),
        new("completion_rate", "percent per 28 days", "curriculum completion per 28 days observed"),
        new("observed_28", "days", "days observed of the last 28"),
        new("ever_active", "0 or 1", "1 from the first learner activity on"),
    ];

    public static ImmutableArray<string> Names { get; } = [.. All.Select(feature => feature.Name)];

    static readonly FrozenDictionary<string, int> ByName = Names.Index().ToFrozenDictionary(one => one.Item, one => one.Index);

    public static int Count => All.Length;

    public static bool IsKnown(string name) => ByName.ContainsKey(name);

    public static int IndexOf(string name) => ByName[name];

    /// <summary>Allocates nothing.</summary>
    public static void Of(CustomerState state, BusinessCalendar calendar, DateTimeOffset now, Span<float> into)
    {
        Span<int> activities = stackalloc int[Days];
        activities.Clear();
        var today = calendar.DayOf(now).DayNumber;
        var last = IsActive(state, today) ? today : today - 1;
        var sums = WindowFeatures.Sum(state, last, activities);
        var vector = new FeatureVector(into);
        WindowFeatures.Write(ref vector, state, calendar, last, activities, sums);
        LifeFeatures.Write(ref vector, state, calendar, last, activities, sums);
        vector.End();
    }

    static bool IsActive(CustomerState state, int today)
    {
        for (var at = state.Days.Length - 1; at >= 0 && state.Days[at].Date.DayNumber >= today; at--)
            if (state.Days[at].Date.DayNumber == today) return state.Days[at].Activities > 0;
        return false;
    }
}

/// <summary>The numbers of a vector, one after the other.</summary>
ref struct FeatureVector(Span<float> into)
{
    readonly Span<float> into = into;
    int filled;

    public void Add(double value) => into[filled++] = (float)value;

    public readonly void End()
    {
        if (filled != into.Length) throw new InvalidOperationException($"{filled} of {into.Length} features were filled");
    }
}
