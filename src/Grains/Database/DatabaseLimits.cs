namespace LStep.Grains.Database;

/// <summary>Bounds of the connections to PostgreSQL; the unit is in the name.</summary>
public static class DatabaseLimits
{
    public const int ConnectionsPerPoolMax = 16;
    public const int JournalConnectionsMax = 8;
    public const int ConnectTimeoutSeconds = 5;
    public const int CommandTimeoutSeconds = 30;
    public const int IdleInTransactionMsMax = 60_000;
    public const int PreparedStatementsPerConnectionMax = 100;
}
