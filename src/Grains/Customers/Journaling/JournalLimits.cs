namespace LStep.Grains.Customers.Journaling;

/// <summary>Bounds of what queues for a commit and goes into one; the unit is in the name.</summary>
public static class JournalLimits
{
    public const int JournalWritersMax = 4;
    public const int StepsQueuedPerWriterMax = 20_000;
    public const int StepsPerCommitMax = 1_000;
    public const int ActivitiesPerCommitMax = 10_000;
    public const int AttemptsPerCommitMax = 6;

    /// <summary>Customers of whom a writer remembers that others held their rows.</summary>
    public const int LockedCustomersMax = 1_000;

    /// <summary>A commit that failed after so long has kept those behind it waiting: they are told, too.</summary>
    public const int PatienceMs = 1_000;

    /// <summary>Of the statement that cuts months of the log.</summary>
    public const int CutSecondsMax = 600;

    /// <summary>So long after a failed commit that no other followed the journal says that commits do not come through.</summary>
    public const int TroubleSeconds = 5;
}
