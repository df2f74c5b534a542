namespace LStep.Grains.Customers.Journaling;

/// <summary>Bounds of what queues for a commit and goes into one; the unit is in the name.</summary>
public static class JournalLimits
{
    public const int JournalWritersMax = 4;
    public const int StepsQueuedPerWriterMax = 20_000;
    public const int StepsPerCommitMax = 1_000;
    public const int ActivitiesPerCommitMax = 10_000;
    public const int AttemptsPerCommitMax = 6;
}
