namespace LStep.Grains.Database;

/// <summary>
/// Bounds of the connections to PostgreSQL; the unit is in the name. Whoever waits for an answer of ours has one within five seconds: a
/// connection is had, or a command answered, or it is given up. Who names a Command Timeout or a lock_timeout in the connection string
/// gets that instead.
/// </summary>
public static class DatabaseLimits
{
    public const int ConnectionsPerPoolMax = 10;
    public const int JournalConnectionsMax = 8;
    public const int BackgroundConnectionsMax = 10;
    public const int ConnectTimeoutSeconds = 2;
    public const int CommandTimeoutSeconds = 4;
    public const int LockTimeoutMs = 2_000;
    public const int AttemptsPerTransactionMax = 5;

    /// <summary>For workers, who wait for each other, and for reports over everybody.</summary>
    public const int BackgroundCommandTimeoutSeconds = 60;

    public const int BackgroundConnectTimeoutSeconds = 15;

    /// <summary>After that a backend that does not even take a cancellation is left alone, and its connection closed.</summary>
    public const int CancellationTimeoutMs = 500;

    public const int IdleInTransactionMsMax = 60_000;
    public const int PreparedStatementsPerConnectionMax = 100;
}
