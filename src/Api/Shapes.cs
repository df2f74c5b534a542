using System.Collections.Immutable;
using System.Text.Json;
using LStep.Domain;
using LStep.Grains.Feeds;
using LStep.Grains.Reviews;
using LStep.Grains.Transitions;

namespace LStep.Api;

/// <summary>A ledger row. DecisionId is the number of the customer's decision record; From is null for the first assignment.</summary>
public sealed record TransitionRow(
    long Id, string CustomerId, StatusTag? From, StatusTag To, DateTimeOffset At, DateTimeOffset DueAt, string? Rule, int? RuleSetVersion,
    decimal? Confidence, string AssignedBy, string Reason, string Kind, string? BatchId, int? DecisionId, DateTimeOffset? UndoneAt, long? Undoes)
{
    public static TransitionRow Of(LedgerRow row) => Of(row.Transition) with { UndoneAt = row.UndoneAt, Undoes = row.Undoes };

    private static TransitionRow Of(Transition row) => new(
        row.Id, row.CustomerId, row.From, row.To, row.At, row.DueAt, row.Rule, row.RuleSetVersion, row.Confidence, row.AssignedBy, row.Reason,
        Names.Snake(row.Kind), row.BatchId, row.DecisionNumber, null, null);
}

public sealed record ReviewRow(
    Guid Id, string CustomerId, StatusTag From, StatusTag To, string Rule, decimal Confidence, IReadOnlyList<string> Reasons, string Status,
    DateTimeOffset OpenedAt, DateTimeOffset? DecidedAt, string? DecidedBy, string? CloseReason, int DecisionId)
{
    public static ReviewRow Of(ReviewRecord review) => new(
        review.Id, review.CustomerId, review.From, review.To, review.Rule, review.Confidence, review.Reasons, review.Status, review.OpenedAt,
        review.DecidedAt, review.DecidedBy, review.CloseReason, review.DecisionNumber);
}

/// <summary>Customers per tag, every tag named.</summary>
public sealed record Distribution(DateTimeOffset At, ImmutableSortedDictionary<StatusTag, long> Counts)
{
    public static Distribution Of(TagCounts counts, DateTimeOffset at) => new(at, counts.Counts);
}

public static class Names
{
    /// <summary>The snake_case name of a member of a closed set.</summary>
    public static string Snake<T>(T member) where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(member.ToString());
}
