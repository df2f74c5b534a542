namespace LStep.Grains.Database;

/// <summary>Bounds of everything that queues, gathers or pages in front of PostgreSQL; the unit is in the name.</summary>
public static class StorageLimits
{
    public const int ConnectionsPerPoolMax = 24;
    public const int JournalConnectionsMax = 16;
    public const int ConnectTimeoutSeconds = 5;
    public const int CommandTimeoutSeconds = 30;
    public const int IdleInTransactionMsMax = 60_000;
    public const int PreparedStatementsPerConnectionMax = 100;

    public const int JournalWritersMax = 4;
    public const int StepsQueuedPerWriterMax = 20_000;
    public const int StepsPerCommitMax = 1_000;
    public const int ActivitiesPerCommitMax = 10_000;
    public const int AttemptsPerCommitMax = 6;

    public const int LoadsQueuedMax = 50_000;
    public const int LoadsPerQueryMax = 500;
    public const int LoadersMax = 2;

    public const int ActivitiesPerDailyPortionMax = 200_000;
    public const int CustomersPerDailyChunkMax = 1_000;
    public const int CustomersPerVerifiedPageMax = 500;

    public const int RowsPerPageMax = 1_000;
    public const int CustomersPerDuePageMax = 5_000;
    public const int CustomersPerBatchPageMax = 4_000;
    public const int CustomersScannedPerPageMax = 8_000;
    public const int RejectedBodyCharsMax = 2_048;
    public const int UnreadableListedPerHourMax = 1_000;
}
