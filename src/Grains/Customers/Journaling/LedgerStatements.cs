using LStep.Domain;
using NpgsqlTypes;

namespace LStep.Grains.Customers.Journaling;

internal sealed class LedgerPrevious : ArrayStatement
{
    private readonly List<string?> _customer;
    private readonly List<DateTimeOffset?> _dueAt;

    public LedgerPrevious() : base("commit_ledger_previous") => (_customer, _dueAt) = (Texts(), Instants());

    public void Add(Step step)
    {
        if (step.Transitions.Length == 0 || step.Before is null) return;
        _customer.Add(step.After.CustomerId);
        _dueAt.Add(step.Transitions[0].DueAt);
    }
}

internal sealed class LedgerInserts : ArrayStatement
{
    private readonly List<string?> _customer, _tag, _previous, _rule, _by, _reason, _batch;
    private readonly List<int?> _number, _ruleId, _ruleSet, _decision;
    private readonly List<DateTimeOffset?> _at, _dueAt, _validUntil;
    private readonly List<decimal?> _confidence;
    private readonly List<short> _kind;
    private readonly List<bool> _current;

    public LedgerInserts() : base("commit_ledger")
    {
        (_customer, _number, _tag, _previous, _at, _dueAt) = (Texts(), Integers(), Texts(), Texts(), Instants(), Instants());
        (_ruleId, _rule, _ruleSet, _confidence, _by) = (Integers(), Texts(), Integers(), Decimals(), Texts());
        (_kind, _reason, _batch, _decision) = (Column<short>(NpgsqlDbType.Smallint), Texts(), Texts(), Integers());
        (_current, _validUntil) = (Booleans(), Instants());
    }

    public void Add(Step step)
    {
        for (var i = 0; i < step.Transitions.Length; i++)
            Add(step.Transitions[i], i + 1 < step.Transitions.Length ? step.Transitions[i + 1].DueAt : null);
    }

    private void Add(Transition transition, DateTimeOffset? validUntil)
    {
        _customer.Add(transition.CustomerId);
        _number.Add(transition.Number);
        _tag.Add(transition.To.Code());
        _previous.Add(transition.From?.Code());
        _at.Add(transition.At);
        _dueAt.Add(transition.DueAt);
        _ruleId.Add(transition.RuleId);
        _rule.Add(transition.Rule);
        _ruleSet.Add(transition.RuleSetVersion);
        _confidence.Add(transition.Confidence);
        _by.Add(transition.AssignedBy);
        _kind.Add((short)transition.Kind);
        _reason.Add(transition.Reason);
        _batch.Add(transition.BatchId);
        _decision.Add(transition.DecisionNumber);
        _current.Add(validUntil is null);
        _validUntil.Add(validUntil);
    }
}
