using LStep.Domain;
using NpgsqlTypes;

namespace LStep.Grains.Customers.Journaling;

internal sealed class LedgerPrevious : ArrayStatement
{
    private readonly List<string?> customer;
    private readonly List<DateTimeOffset?> dueAt;

    public LedgerPrevious() : base("commit_ledger_previous") => (customer, dueAt) = (Texts(), Instants());

    public void Add(Step step)
    {
        if (step.Transitions.Length == 0 || step.Before is null) return;
        customer.Add(step.After.CustomerId);
        dueAt.Add(step.Transitions[0].DueAt);
    }
}

/// <summary>Rows that are taken back say since when.</summary>
internal sealed class LedgerUndone : ArrayStatement
{
    private readonly List<string?> customer;
    private readonly List<int?> number;
    private readonly List<DateTimeOffset?> at;

    public LedgerUndone() : base("commit_ledger_undone") => (customer, number, at) = (Texts(), Integers(), Instants());

    public void Add(Step step)
    {
        foreach (var transition in step.Transitions)
        {
            if (transition.UndoesNumber is not { } undone) continue;
            customer.Add(transition.CustomerId);
            number.Add(undone);
            at.Add(transition.At);
        }
    }
}

internal sealed class LedgerInserts : ArrayStatement
{
    private readonly List<string?> customer, tag, previous, rule, by, reason, batch;
    private readonly List<int?> number, ruleId, ruleSet, decision, undoes;
    private readonly List<DateTimeOffset?> at, dueAt, validUntil;
    private readonly List<decimal?> confidence;
    private readonly List<short> kind;
    private readonly List<bool> current;

    public LedgerInserts() : base("commit_ledger")
    {
        (customer, number, tag, previous, at, dueAt) = (Texts(), Integers(), Texts(), Texts(), Instants(), Instants());
        (ruleId, rule, ruleSet, confidence, by) = (Integers(), Texts(), Integers(), Decimals(), Texts());
        (kind, reason, batch, decision) = (Column<short>(NpgsqlDbType.Smallint), Texts(), Texts(), Integers());
        (current, this.validUntil, undoes) = (Booleans(), Instants(), Integers());
    }

    public void Add(Step step)
    {
        for (var i = 0; i < step.Transitions.Length; i++)
            Add(step.Transitions[i], i + 1 < step.Transitions.Length ? step.Transitions[i + 1].DueAt : null);
    }

    private void Add(Transition transition, DateTimeOffset? validUntil)
    {
        customer.Add(transition.CustomerId);
        number.Add(transition.Number);
        tag.Add(transition.To.Code());
        previous.Add(transition.From?.Code());
        at.Add(transition.At);
        dueAt.Add(transition.DueAt);
        ruleId.Add(transition.RuleId);
        rule.Add(transition.Rule);
        ruleSet.Add(transition.RuleSetVersion);
        confidence.Add(transition.Confidence);
        by.Add(transition.AssignedBy);
        kind.Add((short)transition.Kind);
        reason.Add(transition.Reason);
        batch.Add(transition.BatchId);
        decision.Add(transition.DecisionNumber);
        current.Add(validUntil is null);
        this.validUntil.Add(validUntil);
        undoes.Add(transition.UndoesNumber);
    }
}
