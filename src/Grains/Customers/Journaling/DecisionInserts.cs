using LStep.Domain;
using NpgsqlTypes;

namespace LStep.Grains.Customers.Journaling;

internal sealed class DecisionInserts : ArrayStatement
{
    private readonly List<string?> customer, record;
    private readonly List<int?> number;
    private readonly List<DateTimeOffset?> at;

    public DecisionInserts() : base("commit_decisions") =>
        (customer, number, at, record) = (Texts(), Integers(), Instants(), Column<string?>(NpgsqlDbType.Jsonb));

    public void Add(Step step)
    {
        foreach (var decision in step.Decisions)
        {
            customer.Add(step.After.CustomerId);
            number.Add(decision.Number);
            at.Add(decision.At);
            record.Add(decision.Json);
        }
    }
}
