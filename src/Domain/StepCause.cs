namespace LStep.Domain;

/// <summary>Why campaigns start.</summary>
public enum CauseKind : byte
{
    /// <summary>A row of the ledger.</summary>
    Transition = 0,

    /// <summary>A review with high_value_at_risk was opened.</summary>
    HighValueReview = 1,

    /// <summary>An open review called for attention.</summary>
    ReviewAlert = 2,
}

/// <summary>
/// Something of a step that campaigns may follow from: written by the step's own commit, so that neither is without the other. What starts
/// is planned afterwards.
/// </summary>
/// <param name="Number">Of the ledger row; of a review a number of its own within the kind.</param>
/// <param name="Tag">The tag that began, or that the review recommends.</param>
/// <param name="DueAt">Delays count from it.</param>
/// <param name="Alert">Of a review's alert: which one.</param>
public sealed record StepCause(CauseKind Kind, int Number, StatusTag Tag, DateTimeOffset DueAt, int Alert = 0)
{
    public static StepCause Of(Transition transition) => new(CauseKind.Transition, transition.Number, transition.To, transition.DueAt);

    /// <param name="number">How many reviews the customer has had, this one included.</param>
    public static StepCause OfReview(int number, StatusTag to, DateTimeOffset at) => new(CauseKind.HighValueReview, number, to, at);

    /// <param name="number">How many reviews the customer has had, this one included.</param>
    public static StepCause OfAlert(int number, int alert, StatusTag to, DateTimeOffset at) =>
        new(CauseKind.ReviewAlert, 2 * number + alert, to, at, alert);
}
