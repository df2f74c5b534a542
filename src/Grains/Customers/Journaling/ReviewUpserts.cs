using LStep.Domain;
using LStep.Domain.Deciding;
using LStep.Grains.Reviews;
using NpgsqlTypes;

namespace LStep.Grains.Customers.Journaling;

internal sealed class ReviewUpserts : ArrayStatement
{
    private readonly List<string?> _customer, _from, _to, _rule, _reasons, _status, _decidedBy, _closeReason;
    private readonly List<Guid> _id;
    private readonly List<int?> _ruleId, _transition, _decision;
    private readonly List<decimal?> _confidence;
    private readonly List<DateTimeOffset?> _opened, _decided;

    public ReviewUpserts() : base("commit_reviews")
    {
        (_customer, _id, _from, _to, _ruleId, _rule) = (Texts(), Column<Guid>(NpgsqlDbType.Uuid), Texts(), Texts(), Integers(), Texts());
        (_confidence, _reasons, _status, _opened, _decided) = (Decimals(), Texts(), Texts(), Instants(), Instants());
        (_decidedBy, _closeReason, _transition, _decision) = (Texts(), Texts(), Integers(), Integers());
    }

    /// <summary>Of each review its last change; closed ones first, so that the one open review never meets its successor.</summary>
    public void Add(Step step)
    {
        if (step.Reviews.Length == 0) return;
        var last = step.Reviews.Reverse().DistinctBy(r => r.Id).OrderBy(r => r.Status == ReviewStatus.Open);
        foreach (var review in last) Add(step.After.CustomerId, review);
    }

    private void Add(string customerId, ReviewChange review)
    {
        _customer.Add(customerId);
        _id.Add(review.Id);
        _from.Add(review.From.Code());
        _to.Add(review.To.Code());
        _ruleId.Add(review.RuleId);
        _rule.Add(review.Rule);
        _confidence.Add(review.Confidence);
        _reasons.Add(string.Join(',', review.Reasons));
        _status.Add(ReviewStatuses.Name(review.Status));
        _opened.Add(review.OpenedAt);
        _decided.Add(review.ClosedAt);
        _decidedBy.Add(review.DecidedBy);
        _closeReason.Add(review.CloseReason);
        _transition.Add(review.TransitionNumber);
        _decision.Add(review.DecisionNumber);
    }
}
