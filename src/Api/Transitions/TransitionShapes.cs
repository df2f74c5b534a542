using LStep.Api.Http;
using LStep.Domain;
using LStep.Grains.Transitions;

namespace LStep.Api.Transitions;

/// <summary>A ledger row. DecisionId is the number of the customer's decision record; From is null for the first assignment.</summary>
public sealed record TransitionRow(
    long Id, string CustomerId, StatusTag? From, StatusTag To, DateTimeOffset At, DateTimeOffset DueAt, string? Rule, int? RuleSetVersion,
    decimal? Confidence, string AssignedBy, string Reason, string Kind, string? BatchId, int? DecisionId, DateTimeOffset? UndoneAt,
    long? Undoes)
{
    public static TransitionRow Of(LedgerRow row) => Of(row.Transition) with { UndoneAt = row.UndoneAt, Undoes = row.Undoes };

    private static TransitionRow Of(Transition row) => new(
        row.Id, row.CustomerId, row.From, row.To, row.At, row.DueAt, row.Rule, row.RuleSetVersion, row.Confidence, row.AssignedBy,
        row.Reason, SnakeCase.Of(row.Kind), row.BatchId, row.DecisionNumber, null, null);
}
