using LStep.Domain;
using LStep.Grains.Database;
using Npgsql;

namespace LStep.Grains.Transitions;

/// <summary>A transition and what became of it. Undoes is the id of the one it took back.</summary>
public sealed record LedgerRow(Transition Transition, DateTimeOffset? UndoneAt, long? Undoes)
{
    /// <summary>Reads the columns that every query for ledger rows selects, in this order.</summary>
    internal static LedgerRow Read(NpgsqlDataReader row) => new(
        new Transition
        {
            Id = row.GetInt64(0),
            CustomerId = row.GetString(1),
            Number = row.GetInt32(2),
            From = row.TextOrNull(3) is { } from ? StatusTags.Parse(from) : null,
            To = StatusTags.Parse(row.GetString(4)),
            At = row.Instant(5),
            DueAt = row.Instant(6),
            Rule = row.TextOrNull(7),
            RuleId = row.IntOrNull(8),
            RuleSetVersion = row.IntOrNull(9),
            Confidence = row.DecimalOrNull(10),
            AssignedBy = row.GetString(11),
            Reason = row.GetString(12),
            Kind = (TransitionKind)row.GetInt16(13),
            BatchId = row.TextOrNull(14),
            DecisionNumber = row.IntOrNull(15),
        },
        row.InstantOrNull(16),
        row.IsDBNull(17) ? null : row.GetInt64(17));
}
