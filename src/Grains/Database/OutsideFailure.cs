using System.Net.Sockets;
using Npgsql;

namespace LStep.Grains.Database;

/// <summary>
/// Tells an outside failure (PostgreSQL away, full, locked, damaged, too slow) from a fault of ours and from what it refuses to write;
/// the first is translated here and nowhere else.
/// </summary>
internal static class OutsideFailure
{
    public static bool Is(Exception exception) => exception switch
    {
        PostgresException e => !SqlStates.IsRefusal(e.SqlState),
        NpgsqlException e => e.IsTransient || e.InnerException is IOException or SocketException or TimeoutException,
        TimeoutException or SocketException or EndOfStreamException or StorageUnavailableException => true,
        // A pool that was cleared, or a connection that broke, under our feet.
        ObjectDisposedException => true,
        _ => false,
    };

    public static StorageUnavailableException Translate(Exception exception) =>
        exception as StorageUnavailableException ?? new($"PostgreSQL is not available: {Told(exception)}")
        {
            Reason = Reason(exception),
        };

    /// <summary>A sentence that anybody may read.</summary>
    private static string Reason(Exception exception) =>
        SqlStates.Sentence((exception as PostgresException)?.SqlState ?? (exception is TimeoutException ? "57014" : ""));

    private static string Told(Exception exception) =>
        exception.InnerException is { } cause && cause.Message != exception.Message
            ? $"{exception.Message}: {Told(cause)}" : exception.Message;
}
