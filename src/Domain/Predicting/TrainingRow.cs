namespace LStep.Domain.Predicting;

/// <summary>A learner at the end of a business day, and what became of it.</summary>
/// <param name="Day">The last day that the features know.</param>
/// <param name="CourseWeek">Whole weeks from the learner's start to the day.</param>
/// <param name="Silent14">No activity on the 14 days after; null where their end is not known yet.</param>
/// <param name="ActiveLast7">Active on the day or on one of the 6 before.</param>
/// <param name="Silent15To28">No activity on days 15 to 28 after; null as above.</param>
/// <param name="Cancelled14">Cancelled on one of the 14 days after; null as above.</param>
/// <param name="SilentDays">Days since the last activity; since the start without one.</param>
public sealed record TrainingRow(
    string Learner, DateOnly Day, int CourseWeek, Tier? Tier, float[] Features, bool? Silent14, bool ActiveLast7, bool? Silent15To28,
    bool? Cancelled14, int SilentDays);
