namespace LStep.Domain.Analysing;

/// <summary>
/// What is counted by business day. The numbers are stored, packed: a new measure takes the next one, and none is given twice.
/// </summary>
public enum Measure : byte
{
    /// <summary>Every ledger row, undos and imports too: its running sum is the distribution over tags.</summary>
    Moved = 1,
    Flow = 2,
    Automatic = 3,

    /// <summary>Automatic moves that were taken back or overridden within 14 days.</summary>
    AutomaticWrong = 4,

    /// <summary>Whole minutes from the start to the first time in ST_002.</summary>
    Velocity = 5,
    MasteryDue = 6,
    MasteryMade = 7,
    RecoveryDue = 8,
    RecoveryMade = 9,

    /// <summary>A recovery within its 30 days, on its own day: also while they are not over.</summary>
    RecoveryEarly = 10,

    /// <summary>
    /// Whole minutes from the instant at which the condition for ST_004 held to the tag, or to the review that asked for it.
    /// </summary>
    Detection = 11,
    Undone = 12,
    ReviewOpened = 13,
    ReviewApproved = 14,
    ReviewRejected = 15,
    ReviewExpired = 16,
    ReviewSuperseded = 17,
    ReviewWithdrawn = 18,

    /// <summary>Every ledger row, by the month of the customer's start and the months after it.</summary>
    Cohort = 19,
}

/// <summary>The measures as the day tables write them.</summary>
public static class MeasureNames
{
    public static string Name(this Measure measure) => measure switch
    {
        Measure.Moved => "moved",
        Measure.Flow => "flow",
        Measure.Automatic => "automatic",
        Measure.AutomaticWrong => "automatic_wrong",
        Measure.Velocity => "velocity",
        Measure.MasteryDue => "mastery_due",
        Measure.MasteryMade => "mastery_made",
        Measure.RecoveryDue => "recovery_due",
        Measure.RecoveryMade => "recovery_made",
        Measure.RecoveryEarly => "recovery_early",
        Measure.Detection => "detection",
        Measure.Undone => "undone",
        Measure.ReviewOpened => "review_opened",
        Measure.ReviewApproved => "review_approved",
        Measure.ReviewRejected => "review_rejected",
        Measure.ReviewExpired => "review_expired",
        Measure.ReviewSuperseded => "review_superseded",
        Measure.ReviewWithdrawn => "review_withdrawn",
        Measure.Cohort => "cohort",
        _ => throw new ArgumentOutOfRangeException(nameof(measure), measure, "no such measure"),
    };

    /// <summary>
    /// The measure under which the values of another are counted by <see cref="MedianBucket"/>, over all tiers and levels; null for one of
    /// which no median is told.
    /// </summary>
    public static string? BucketName(this Measure measure) => measure switch
    {
        Measure.Velocity => "velocity_bucket",
        Measure.Detection => "detection_bucket",
        Measure.ReviewApproved => "review_approved_bucket",
        Measure.ReviewRejected => "review_rejected_bucket",
        _ => null,
    };
}
