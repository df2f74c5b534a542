using LStep.Domain;
using NpgsqlTypes;

namespace LStep.Grains.Customers.Journaling;

/// <summary>What campaigns follow from: no transition is committed without it, and nothing follows from what was not committed.</summary>
internal sealed class CauseInserts : ArrayStatement
{
    private readonly List<string?> customer, tag;
    private readonly List<short> kind, alert;
    private readonly List<int?> number;
    private readonly List<DateTimeOffset?> dueAt, at;

    public CauseInserts() : base("commit_campaign_causes") =>
        (customer, kind, number, tag, dueAt, at, alert) = (
            Texts(), Column<short>(NpgsqlDbType.Smallint), Integers(), Texts(), Instants(), Instants(),
            Column<short>(NpgsqlDbType.Smallint));

    public void Add(Step step)
    {
        foreach (var cause in step.Causes)
        {
            customer.Add(step.After.CustomerId);
            kind.Add((short)cause.Kind);
            number.Add(cause.Number);
            tag.Add(cause.Tag.Code());
            dueAt.Add(cause.DueAt);
            at.Add(step.At);
            alert.Add((short)cause.Alert);
        }
    }
}
