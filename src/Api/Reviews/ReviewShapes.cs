using System.Text.Json.Serialization;
using LStep.Domain;
using LStep.Grains.Reviews;

namespace LStep.Api.Reviews;

/// <summary>A review. Reasons are those that held last; TransitionId is the ledger row that closed it, or null.</summary>
/// <param name="Alerts">How often it has called for attention: once after 24 hours, once more after 72.</param>
public sealed record ReviewRow(
    Guid Id, string CustomerId, StatusTag From, StatusTag To, string Rule, decimal Confidence, IReadOnlyList<string> Reasons,
    IReadOnlyList<string> OpenedReasons, string Status, DateTimeOffset OpenedAt, DateTimeOffset? DecidedAt, string? DecidedBy,
    string? CloseReason, int DecisionId, long? TransitionId, string? Assignee, string? Note,
    int Alerts)
{
    public static ReviewRow Of(ReviewRecord review) => new(
        review.Id, review.CustomerId, review.From, review.To, review.Rule, review.Confidence, review.Reasons,
        review.OpenedReasons, review.Status, review.OpenedAt, review.DecidedAt, review.DecidedBy, review.CloseReason, review.DecisionNumber,
        review.TransitionId, review.Assignee, review.Note, review.Alerts);
}

/// <summary>What somebody who decides has to say.</summary>
public sealed record NoteBody(string? Note = null);

/// <param name="Decision">approve or reject.</param>
public sealed record BulkDecision(IReadOnlyList<Guid> Ids, string Decision, string? Note = null);

/// <param name="Status">What the review is now; null where there is none.</param>
/// <param name="Code">Why it was not decided by this request; null where it was.</param>
public sealed record BulkItem(
    Guid Id, string? Status, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Code);

public sealed record BulkResult(IReadOnlyList<BulkItem> Items);

public sealed record ReviewPatch(string? Assignee = null, string? Note = null);
