using LStep.Domain;
using LStep.Domain.Campaigning;
using LStep.Grains.Database;
using Npgsql;

namespace LStep.Grains.Campaigns.Planning;

/// <summary>Something that waits to be planned, with its ledger row where it is one.</summary>
/// <param name="At">When it was committed.</param>
/// <param name="Transition">Null for a review.</param>
internal sealed record WaitingCause(
    string CustomerId, CauseKind Kind, int Number, DateTimeOffset DueAt, DateTimeOffset At, int Alert, WaitingTransition? Transition,
    bool FirstTime)
{
    public static WaitingCause Read(NpgsqlDataReader row) => new(
        row.GetString(0), (CauseKind)row.GetInt16(1), row.GetInt32(2), row.Instant(3), row.Instant(4), row.GetInt16(5),
        row.LongOrNull(6) is { } id
            ? new WaitingTransition(
                id, row.TextOrNull(7) is { } from ? StatusTags.Parse(from) : null, (TransitionKind)row.GetInt16(8))
            : null,
        row.GetBoolean(9));

    /// <summary>An import settles the past, and an undo takes something back: neither is a beginning.</summary>
    public bool Starts => Transition?.Kind is not (TransitionKind.Import or TransitionKind.Undo);

    public CampaignCause Cause(StatusTag tag) => new(Kind, Number, Transition?.From, tag, DueAt, FirstTime, Alert);
}

internal sealed record WaitingTransition(long Id, StatusTag? From, TransitionKind Kind);
