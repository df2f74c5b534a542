using LStep.Domain.Campaigning;
using LStep.Grains.Campaigns.Actions;
using LStep.Grains.Transitions;

namespace LStep.Api.Transitions;

/// <summary>A message that had gone out before and cannot be called back.</summary>
public sealed record SentMessage(string Campaign, string Channel, DateTimeOffset SentAt)
{
    public static SentMessage Of(SentAction sent) => new(sent.Campaign, sent.Channel.Name(), sent.At);
}

public sealed record UndoNote(string? Note = null);

public sealed record UndoOptions(bool Preview = false, bool Cascade = false, string? Note = null);

/// <param name="Since">With ruleSetVersion; everything it did where it is not given.</param>
public sealed record UndoRequest(
    string? Batch = null, int? RuleSetVersion = null, DateTimeOffset? Since = null, bool Preview = false, bool Cascade = false,
    string? Note = null);

/// <param name="Count">Ledger rows taken back; with preview those that would be.</param>
/// <param name="MovedOnCount">Customers left alone, of whom movedOn lists the first.</param>
/// <param name="Sent">What had gone out because of the rows and cannot be called back: the first 1,000.</param>
public sealed record UndoOutcome(int Count, IReadOnlyList<MovedOn> MovedOn, int MovedOnCount, IReadOnlyList<SentMessage> Sent)
{
    public const int SentListedMax = 1_000;

    public static UndoOutcome Of(UndoResult result, IReadOnlyList<SentMessage> sent) =>
        new(result.Count, result.MovedOn, result.MovedOnCount, sent);
}

/// <summary>The ledger row of an undo: a transition with what had been sent of the one it takes back.</summary>
public sealed record UndoneTransition(
    long Id, string CustomerId, StatusTag? From, StatusTag To, DateTimeOffset At, DateTimeOffset DueAt, string? Rule, int? RuleSetVersion,
    decimal? Confidence, string AssignedBy, string Reason, string Kind, string? BatchId, int? DecisionId, DateTimeOffset? UndoneAt,
    long? Undoes, IReadOnlyList<SentMessage> Sent)
{
    public static UndoneTransition Of(LedgerRow ledger, IReadOnlyList<SentMessage> sent)
    {
        var row = TransitionRow.Of(ledger);
        return new(
            row.Id, row.CustomerId, row.From, row.To, row.At, row.DueAt, row.Rule, row.RuleSetVersion, row.Confidence, row.AssignedBy,
            row.Reason, row.Kind, row.BatchId, row.DecisionId, row.UndoneAt, row.Undoes, sent);
    }
}
