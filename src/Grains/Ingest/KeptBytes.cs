using LStep.Grains.Database;
using Npgsql;
using NpgsqlTypes;

namespace LStep.Grains.Ingest;

/// <summary>How many bytes of refused and of anonymous events are kept of one key and UTC day.</summary>
public sealed record KeptBytesLimits(long RejectedPerKeyAndDayMax = 16L * 1024 * 1024, long AnonymousPerKeyAndDayMax = 256L * 1024 * 1024);

/// <summary>
/// Whose events are kept, of which day. What is over the bound is counted, and one rejected event a key and day says how many that was.
/// </summary>
/// <param name="Kind">rejected or anonymous.</param>
/// <param name="KeyId">The public handle of the key; empty for what no request brought.</param>
internal sealed record KeptBytes(string Kind, string KeyId, DateTimeOffset At)
{
    public const string Rejected = "rejected";
    public const string Anonymous = "anonymous";

    /// <summary>Counts what wants to be kept; answers what had been counted before.</summary>
    public Task<long> Add(NpgsqlConnection connection, long bytes) =>
        connection.Value<long>("kept_bytes_add", CancellationToken.None, Kind, KeyId, DayOf(At), bytes);

    /// <summary>Counts events that are not kept, and says so in the list of rejected events.</summary>
    public async Task Missed(NpgsqlConnection connection, int events, long bytesMax)
    {
        var all = await connection.Value<long>("kept_bytes_missed", CancellationToken.None, Kind, KeyId, DayOf(At), (long)events);
        var day = At.UtcDateTime.ToString("yyyy-MM-dd");
        var message = $"On {day} {all} more {Kind} events {(KeyId.Length > 0 ? $"of the key {KeyId}" : "without a key")} were counted, not "
            + $"kept: the bound for one key and day is {bytesMax / 1024} KB.";
        await connection.Execute(
            "rejected_summary", CancellationToken.None, At, $"{Kind}_not_kept", message, Kind, KeyId, DayOf(At));
    }

    public static Task Purge(NpgsqlConnection connection, DateTimeOffset before, CancellationToken cancel) =>
        connection.Execute("kept_bytes_purge", cancel, DayOf(before));

    public static NpgsqlParameter DayOf(DateTimeOffset at) =>
        new() { NpgsqlDbType = NpgsqlDbType.Date, Value = DateOnly.FromDateTime(at.UtcDateTime) };
}
