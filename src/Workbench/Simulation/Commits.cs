using LStep.Api.Customers;
using LStep.Domain;
using LStep.Grains.Customers.Journaling;

namespace LStep.Workbench.Simulation;

/// <summary>What was committed, watched as it happens.</summary>
internal sealed class Commits(Findings findings)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, (long Version, int Transitions)> known = new(StringComparer.Ordinal);
    private readonly HashSet<(string Customer, string Message)> messages = [];
    private readonly HashSet<long> ledgerIds = [];
    private readonly HashSet<string> acts = [];

    public int FencedOut { get; private set; }

    public int Count { get; private set; }

    public bool Has(string customer, string message) => messages.Contains((customer, message));

    /// <param name="reason">No two acts of a run have the same.</param>
    public bool HasAct(string reason) => acts.Contains(reason);

    public void Add(Step step, CommitResult result)
    {
        lock (gate)
        {
            if (result is not CommitResult.Committed committed)
            {
                FencedOut++;
                return;
            }
            Count++;
            var (id, after) = (step.After.CustomerId, step.After);
            var before = known.GetValueOrDefault(id);
            if (after.Version != before.Version + 1)
                findings.Add($"Version {after.Version} of {id} was committed on version {before.Version}.");
            foreach (var transition in committed.Transitions)
            {
                if (transition.Number != ++before.Transitions)
                    findings.Add($"Ledger row {transition.Number} of {id} follows row {before.Transitions - 1}.");
                if (!ledgerIds.Add(transition.Id)) findings.Add($"Ledger id {transition.Id} was given twice.");
            }
            known[id] = (after.Version, before.Transitions);
            if (step.Audit is { Reason: { } reason } && !acts.Add(reason)) findings.Add($"{reason} on {id} was committed twice.");
            foreach (var activity in step.Accepted)
                if (!messages.Add((id, activity.MessageId))) findings.Add($"{activity.MessageId} of {id} was committed twice.");
        }
    }
}
