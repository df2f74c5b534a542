using LStep.Domain.Backtesting;

namespace LStep.Domain.Recommending;

/// <summary>What a set of rules came to for one learner.</summary>
/// <param name="Alarms">Moves out of the learning tags.</param>
/// <param name="IsSilent">The learner fell silent for 14 days or more until the end.</param>
/// <param name="IsFound">Of those: it was told while the learner was still active, or within so many days after.</param>
public readonly record struct LearnerOutcome(int Alarms, int FalseAlarms, bool IsSilent, bool IsFound)
{
    /// <summary>An alarm later than this after the last activity comes when half of the silence that it is about is over.</summary>
    public const int FoundWithinDays = 7;

    public static LearnerOutcome Of(Figures figures) => new(
        figures.Alarms, figures.FalseAlarms, figures.Silent > 0,
        !figures.FoundBefore.IsEmpty || figures.FoundWithin.Keys.Any(days => days <= FoundWithinDays));
}

/// <summary>One set over the learners that were played, in their order, beside the rules in force.</summary>
public readonly record struct ThresholdSums(int Learners, int Silent, int Found, int Alarms, int FalseAlarms)
{
    public static ThresholdSums Of(IReadOnlyList<LearnerOutcome> learners) => new(
        learners.Count, learners.Count(one => one.IsSilent), learners.Count(one => one.IsFound), learners.Sum(one => one.Alarms),
        learners.Sum(one => one.FalseAlarms));
}
