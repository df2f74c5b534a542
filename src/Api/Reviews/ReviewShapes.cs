using LStep.Domain;
using LStep.Grains.Reviews;

namespace LStep.Api.Reviews;

/// <summary>A review. Reasons are those that held last; TransitionId is the ledger row that closed it, or null.</summary>
public sealed record ReviewRow(
    Guid Id, string CustomerId, StatusTag From, StatusTag To, string Rule, decimal Confidence, IReadOnlyList<string> Reasons,
    IReadOnlyList<string> OpenedReasons, string Status, DateTimeOffset OpenedAt, DateTimeOffset? DecidedAt, string? DecidedBy,
    string? CloseReason, int DecisionId, long? TransitionId)
{
    public static ReviewRow Of(ReviewRecord review) => new(
        review.Id, review.CustomerId, review.From, review.To, review.Rule, review.Confidence, review.Reasons,
        review.OpenedReasons, review.Status, review.OpenedAt, review.DecidedAt, review.DecidedBy, review.CloseReason, review.DecisionNumber,
        review.TransitionId);
}
