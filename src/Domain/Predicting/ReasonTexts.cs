using System.Globalization;

namespace LStep.Domain.Predicting;

/// <summary>What a feature of a customer says, in plain words with its value: "12 days without learning".</summary>
public static class ReasonTexts
{
    public static string Of(string feature, double value) =>
        OfDays(feature, value) ?? OfGaps(feature, value) ?? OfActivities(feature, value) ?? OfLearning(feature, value)
            ?? $"{Features.All[Features.IndexOf(feature)].Text}: {Number(value)}";

    static string? OfDays(string feature, double value) => feature switch
    {
        "silent_days" when value >= Features.SilenceDaysMax => $"{Features.SilenceDaysMax} days or more without learning",
        "silent_days" => value < 1 ? "learning on the latest day" : $"{Many(value, "day")} without learning",
        "active_days_3" => Active(value, "the last 3 days"),
        "active_days_7" => Active(value, "the last 7 days"),
        "active_days_8_14" => Active(value, "the 7 days before last week"),
        "active_days_15_21" => Active(value, "the 7 days of three weeks ago"),
        "active_days_22_28" => Active(value, "the 7 days of four weeks ago"),
        "active_days_28" => Active(value, "the last 28 days"),
        "active_weeks_4" => $"active in {Number(value)} of the last 4 weeks",
        "active_days_decayed_2" => $"a rhythm of the last days of {Number(value)} active days",
        "active_days_decayed_5" => $"a rhythm of the last week of {Number(value)} active days",
        "active_days_decayed_10" => $"a rhythm of the last weeks of {Number(value)} active days",
        "weekly_slope" => value == 0 ? "as many active days each week"
            : $"{Number(Math.Abs(value))} active days {(value > 0 ? "more" : "fewer")} from week to week",
        "rate_before_silence" => $"active on {Percent(value)} of the 14 days before the silence",
        "missed_days" => $"{Many(value, "active day")} missed at the usual rate",
        "observed_28" => $"known for {Number(value)} of the last 28 days",
        "ever_active" => value > 0 ? "has learned before" : "has never learned",
        _ => null,
    };

    static string? OfGaps(string feature, double value) => feature switch
    {
        "longest_gap" => $"a longest gap of {Many(value, "day")} in the last 28 days",
        "mean_gap" => $"{Many(value, "day")} between active days in the mean",
        "gap_spread" => $"gaps between active days that vary by {Many(value, "day")}",
        "latest_gap" => $"{Many(value, "day")} between the last two active days",
        "gaps_3" => $"{Many(value, "gap")} of 3 days or more between active days",
        "gaps_7" => $"{Many(value, "gap")} of 7 days or more between active days",
        "silence_to_mean_gap" => $"a silence {Number(value)} times as long as the usual gap",
        "silence_to_longest_gap" => $"a silence {Number(value)} times as long as the longest gap",
        _ => null,
    };

    static string? OfActivities(string feature, double value) => feature switch
    {
        "activity_decayed_5" => $"a level of activity of {Number(value)} in the last week",
        "activity_decayed_10" => $"a level of activity of {Number(value)} in the last weeks",
        "activities_7" => Counted(value, "activity", "activities", "the last 7 days"),
        "activities_8_14" => Counted(value, "activity", "activities", "the 7 days before last week"),
        "activities_28" => Counted(value, "activity", "activities", "the last 28 days"),
        "activities_per_active_day" => $"{Number(value)} activities on an active day",
        "activities_last_active_day" => $"{Number(value)} activities on the latest active day",
        "page_views_7" => Counted(value, "page view", "page views", "the last 7 days"),
        "page_views_28" => Counted(value, "page view", "page views", "the last 28 days"),
        "page_view_share" => $"{Percent(value)} of what happened in the last 28 days only page views",
        "recent_share" => $"{Percent(value)} of the activity of 28 days in the last 7",
        "activity_rate" => $"{Number(value)} activities a day since the start",
        "activity_rate_before" => value < 0 ? "not known before the last 28 days"
            : $"{Number(value)} activities a day before the last 28 days",
        "activity_to_usual" => $"{Number(value)} times the usual activity in the last 28 days",
        "talk_28" => Counted(value, "contribution to the community", "contributions to the community", "the last 28 days"),
        "features_28" => Counted(value, "feature used", "features used", "the last 28 days"),
        _ => null,
    };

    static string? OfLearning(string feature, double value) => feature switch
    {
        "lessons_7" => Counted(value, "lesson", "lessons", "the last 7 days"),
        "lessons_28" => Counted(value, "lesson", "lessons", "the last 28 days"),
        "assessments_28" => Counted(value, "assessment", "assessments", "the last 28 days"),
        "days_since_assessment" => value >= Features.Days ? $"no assessment in the last {Features.Days} days"
            : $"the latest assessment {Many(value, "day")} ago",
        "score_mean" => value < 0 ? "no assessment with a score yet" : $"a mean score of {Number(value)}",
        "score_mean_28" => value < 0 ? "no assessment with a score in the last 28 days"
            : $"a mean score of {Number(value)} in the last 28 days",
        "days_since_module" => value >= 120 ? "no module for 120 days, or ever" : $"the latest module {Many(value, "day")} ago",
        "module_rate" => $"{Number(value)} modules in 28 days since the start",
        "assessment_rate" => $"{Number(value)} assessments in 28 days since the start",
        "lesson_rate_before" => value < 0 ? "not known before the last 28 days"
            : $"{Number(value)} lessons in 28 days before the last 28 days",
        "lesson_rate" => $"{Number(value)} lessons in 28 days since the start",
        "completion_rate" => $"{Number(value)} percent of the curriculum in 28 days since the start",
        _ => null,
    };

    static string Active(double value, string span) => value == 0 ? $"no active day in {span}" : $"active on {Number(value)} of {span}";

    static string Counted(double value, string one, string many, string span) =>
        value == 0 ? $"no {one} in {span}" : $"{Number(value)} {(value == 1 ? one : many)} in {span}";

    static string Many(double value, string unit) => $"{Number(value)} {unit}{(Number(value) == "1" ? "" : "s")}";

    static string Percent(double share) => $"{Number(Math.Round(100 * share))}%";

    static string Number(double value) => Math.Round(value, 1).ToString("0.#", CultureInfo.InvariantCulture);
}
