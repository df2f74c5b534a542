using LStep.Domain;
using LStep.Grains.Database;
using Npgsql;

namespace LStep.Grains.Reviews;

/// <summary>A review as it stands. ChangeId is a new one with every change of any review.</summary>
/// <param name="OpenedReasons">Those it was opened with; Reasons are those that held last.</param>
/// <param name="TransitionId">The ledger row that closed it, or null.</param>
/// <param name="Alerts">How often it has called for attention: once after 24 h, once more after 72 h.</param>
public sealed record ReviewRecord(
    long ChangeId, Guid Id, string CustomerId, StatusTag From, StatusTag To, string Rule, decimal Confidence, string[] Reasons,
    string Status, DateTimeOffset OpenedAt, DateTimeOffset? DecidedAt, string? DecidedBy, int DecisionNumber, string? CloseReason,
    string[] OpenedReasons, long? TransitionId, string? Assignee, string? Note, int Alerts)
{
    /// <summary>Reads the columns that every query for reviews selects, in this order.</summary>
    internal static ReviewRecord Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetGuid(1), row.GetString(2), StatusTags.Parse(row.GetString(3)), StatusTags.Parse(row.GetString(4)),
        row.GetString(5), row.GetDecimal(6), row.GetFieldValue<string[]>(7), row.GetString(8), row.Instant(9), row.InstantOrNull(10),
        row.TextOrNull(11), row.GetInt32(12), row.TextOrNull(13), row.GetFieldValue<string[]>(14), row.LongOrNull(15),
        row.TextOrNull(16), row.TextOrNull(17), row.GetInt16(18));
}
