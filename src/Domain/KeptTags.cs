namespace LStep.Domain;

/// <summary>
/// The behaviour tags that an event of a business day took away. They are kept until the day is over, so that none goes and comes back
/// within it.
/// </summary>
/// <param name="At">An instant of that day.</param>
/// <param name="Tags">Bit 0 is BT_001.</param>
/// <param name="IsWhole">Every event of the day was taken in by a version that keeps them.</param>
public readonly record struct KeptTags(DateTimeOffset At, int Tags, bool IsWhole);
