using LStep.Domain.Predicting;

namespace LStep.Grains.Predictions;

/// <summary>Whether rows are enough to train on.</summary>
internal static class History
{
    /// <summary>Why they are not, as a sentence; null where they are.</summary>
    public static string? WhyNot(IReadOnlyList<TrainingRow> rows)
    {
        var known = rows.Where(row => row.Silent14 is not null).ToList();
        var learners = known.Select(row => row.Learner).Distinct(StringComparer.Ordinal).Count();
        if (learners < PredictionLimits.LearnersPerTrainingMin)
            return $"There is too little history: {learners:N0} learners have been seen for 4 weeks or more, and "
                + $"{PredictionLimits.LearnersPerTrainingMin:N0} are needed.";
        var days = known.Max(row => row.Day.DayNumber) - known.Min(row => row.Day.DayNumber) + 1;
        return days >= 7 * PredictionLimits.WeeksPerTrainingMin ? null
            : $"There is too little history: it is known of {days / 7} weeks what became of learners, and "
                + $"{PredictionLimits.WeeksPerTrainingMin} are needed.";
    }
}
