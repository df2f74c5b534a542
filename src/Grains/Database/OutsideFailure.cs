using System.Net.Sockets;
using Npgsql;

namespace LStep.Grains.Database;

/// <summary>
/// Tells an outside failure (PostgreSQL away, shutting down, too slow) from a fault of ours; the former is translated here and nowhere
/// else.
/// </summary>
internal static class OutsideFailure
{
    public static bool Is(Exception exception) => exception switch
    {
        // 57P01-57P03: shutdown, crash, starting up. 57014: our own timeout. 53300: no connection left. 25P03: idle in transaction. 08:
        // connection.
        PostgresException e => e.SqlState is "57P01" or "57P02" or "57P03" or "57P05" or "57014" or "53300" or "25P03"
            || e.SqlState.StartsWith("08", StringComparison.Ordinal),
        NpgsqlException e => e.IsTransient || e.InnerException is IOException or SocketException or TimeoutException,
        TimeoutException or SocketException or EndOfStreamException or StorageUnavailableException => true,
        // A pool that was cleared, or a connection that broke, under our feet.
        ObjectDisposedException => true,
        _ => false,
    };

    public static StorageUnavailableException Translate(Exception exception) =>
        exception as StorageUnavailableException ?? new($"PostgreSQL is not available: {Told(exception)}");

    private static string Told(Exception exception) =>
        exception.InnerException is { } cause ? $"{exception.Message}: {Told(cause)}" : exception.Message;
}
