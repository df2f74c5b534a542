using LStep.Grains.Database;
using Npgsql;

namespace LStep.Grains.Customers.Journaling;

/// <summary>What a failed commit means for the steps in it; a closed set.</summary>
internal enum CommitFailure
{
    /// <summary>Others were faster. Nothing was written; the same may succeed at once.</summary>
    Contended,

    /// <summary>Somebody holds a row or a table. Nothing was written.</summary>
    Locked,

    /// <summary>It lies in what was to be written. Nothing was written, and the same would fail again.</summary>
    Refused,

    /// <summary>PostgreSQL is away, cannot write now, or has become another; whether anything was written may be unknown.</summary>
    Unavailable,
}

internal static class CommitFailures
{
    public static CommitFailure Of(Exception exception) => exception switch
    {
        PostgresException { SqlState: CommitBatch.FencedOut or CommitBatch.Erased } => CommitFailure.Contended,
        PostgresException e when SqlStates.IsContended(e.SqlState) => CommitFailure.Contended,
        PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable } => CommitFailure.Locked,
        PostgresException e when SqlStates.IsRefusal(e.SqlState) => CommitFailure.Refused,
        RefusedByDatabaseException => CommitFailure.Refused,
        // What the driver cannot even encode: half a character, a number without an end.
        ArgumentException or InvalidCastException or OverflowException => CommitFailure.Refused,
        _ => CommitFailure.Unavailable,
    };
}
