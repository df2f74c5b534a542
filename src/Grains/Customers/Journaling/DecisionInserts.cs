using LStep.Domain;
using NpgsqlTypes;

namespace LStep.Grains.Customers.Journaling;

internal sealed class DecisionInserts : ArrayStatement
{
    private readonly List<string?> _customer, _record;
    private readonly List<int?> _number;
    private readonly List<DateTimeOffset?> _at;

    public DecisionInserts() : base("commit_decisions") =>
        (_customer, _number, _at, _record) = (Texts(), Integers(), Instants(), Column<string?>(NpgsqlDbType.Jsonb));

    public void Add(Step step)
    {
        foreach (var decision in step.Decisions)
        {
            _customer.Add(step.After.CustomerId);
            _number.Add(decision.Number);
            _at.Add(decision.At);
            _record.Add(decision.Json);
        }
    }
}
