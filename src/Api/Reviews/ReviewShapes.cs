using LStep.Domain;
using LStep.Grains.Reviews;

namespace LStep.Api.Reviews;

public sealed record ReviewRow(
    Guid Id, string CustomerId, StatusTag From, StatusTag To, string Rule, decimal Confidence, IReadOnlyList<string> Reasons, string Status,
    DateTimeOffset OpenedAt, DateTimeOffset? DecidedAt, string? DecidedBy, string? CloseReason, int DecisionId)
{
    public static ReviewRow Of(ReviewRecord review) => new(
        review.Id, review.CustomerId, review.From, review.To, review.Rule, review.Confidence, review.Reasons, review.Status,
        review.OpenedAt, review.DecidedAt, review.DecidedBy, review.CloseReason, review.DecisionNumber);
}
