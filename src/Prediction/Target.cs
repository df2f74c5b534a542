using LStep.Domain.Predicting;

namespace LStep.Prediction;

/// <summary>What is learnt of a row.</summary>
/// <param name="Outcome">Null where it is not known yet.</param>
public sealed record Target(string Name, string Population, Func<TrainingRow, bool?> Outcome, Func<TrainingRow, bool>? Within = null)
{
    public static Target Silent14 { get; } = new("silent_14", "every enrolled learner", row => row.Silent14);

    /// <summary>The same predictions among those for whom a rule of silent days has nothing to say yet.</summary>
    public static Target Silent14OfActive { get; } =
        new("silent_14_active_last_7", "enrolled learners active in the last 7 days", row => row.Silent14, row => row.ActiveLast7);

    public static Target Silent15To28 { get; } = new("silent_15_28", "every enrolled learner", row => row.Silent15To28);

    public static Target Cancelled14 { get; } = new("cancelled_14", "every enrolled learner", row => row.Cancelled14);
}
