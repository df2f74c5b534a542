using LStep.Grains.Database;
using Npgsql;

namespace LStep.Grains.Customers;

/// <summary>An entry of the log with its place: (version, sequence) is the order of receipt within a customer.</summary>
public sealed record LogEntry(
    string CustomerId, long Version, int Sequence, DateTimeOffset RecordedAt, ulong TransactionId, Activity Activity)
{
    /// <summary>Reads the columns that every query for whole entries selects, in this order.</summary>
    internal static LogEntry Read(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetInt64(6), row.GetInt32(5), row.Instant(4), row.GetFieldValue<ulong>(19),
        new Activity
        {
            MessageId = row.GetString(1),
            ReceivedAt = row.Instant(2),
            OccurredAt = row.Instant(3),
            Type = (ActivityType)row.GetInt16(7),
            Event = row.GetString(8),
            Origin = (ActivityOrigin)row.GetInt16(9),
            BatchNumber = row.GetInt64(10),
            Properties = row.GetString(11),
            Subject = row.TextOrNull(12),
            Score = row.DecimalOrNull(13),
            Final = row.GetBoolean(14),
            CurriculumCompletion = row.DecimalOrNull(15),
            Count = row.GetInt32(16),
            Mobile = row.GetBoolean(17),
            AnonymousId = row.TextOrNull(18),
        });

    /// <summary>Gives entries from a transaction id on an id that this server counted: the one they came with was another's.</summary>
    internal static Task<int> Restamp(NpgsqlConnection connection, ulong from, CancellationToken cancel) =>
        connection.Execute("log_restamp", cancel, Db.TransactionId(from));
}
