using System.Collections.Immutable;
using LStep.Domain;
using LStep.Domain.Deciding;
using LStep.Grains.Reviews;
using NpgsqlTypes;

namespace LStep.Grains.Customers.Journaling;

internal sealed class ReviewUpserts : ArrayStatement
{
    private readonly List<string?> customer, from, to, rule, reasons, status, decidedBy, closeReason, openedReasons, note;
    private readonly List<Guid> id;
    private readonly List<int?> ruleId, transition, decision;
    private readonly List<decimal?> confidence;
    private readonly List<short> alerts;
    private readonly List<DateTimeOffset?> opened, decided;

    public ReviewUpserts() : base("commit_reviews")
    {
        (customer, id, from, to, ruleId, rule) = (Texts(), Column<Guid>(NpgsqlDbType.Uuid), Texts(), Texts(), Integers(), Texts());
        (confidence, reasons, status, opened, decided) = (Decimals(), Texts(), Texts(), Instants(), Instants());
        (decidedBy, closeReason, transition, decision, openedReasons, note) = (Texts(), Texts(), Integers(), Integers(), Texts(), Texts());
        alerts = Column<short>(NpgsqlDbType.Smallint);
    }

    /// <summary>Of each review its last change; closed ones first, so that the one open review never meets its successor.</summary>
    public void Add(Step step)
    {
        if (step.Reviews.Length == 0) return;
        var last = step.Reviews.Reverse().DistinctBy(r => r.Id).OrderBy(r => r.Status == ReviewStatus.Open);
        foreach (var review in last) Add(step.After.CustomerId, review, step.Reviews.First(change => change.Id == review.Id).Reasons);
    }

    /// <param name="openedWith">Of the step's first change: only a review that is new in the table takes them.</param>
    private void Add(string customerId, ReviewChange review, ImmutableArray<string> openedWith)
    {
        customer.Add(customerId);
        id.Add(review.Id);
        from.Add(review.From.Code());
        to.Add(review.To.Code());
        ruleId.Add(review.RuleId);
        rule.Add(review.Rule);
        confidence.Add(review.Confidence);
        reasons.Add(string.Join(',', review.Reasons));
        status.Add(ReviewStatuses.Name(review.Status));
        opened.Add(review.OpenedAt);
        decided.Add(review.ClosedAt);
        decidedBy.Add(review.DecidedBy);
        closeReason.Add(review.CloseReason);
        transition.Add(review.TransitionNumber);
        decision.Add(review.DecisionNumber);
        openedReasons.Add(string.Join(',', openedWith));
        note.Add(review.Note);
        alerts.Add((short)review.Alerts);
    }
}
