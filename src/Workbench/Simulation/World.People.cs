using LStep.Domain;

namespace LStep.Workbench.Simulation;

/// <summary>What people do meanwhile.</summary>
public sealed partial class World
{
    private static readonly Person Ada = new("ada", "key-1");

    private int acts;

    /// <summary>Drawn whole before it begins: when the customer is in memory chance decides, and must not decide what is done.</summary>
    private void Act(SimulatedProcess process)
    {
        var (customer, reason, kind) = (clients.Somebody(), $"act {++acts}", chance.Between(0, 9));
        var (tag, cascade, depth) = (
            StatusTags.All[chance.Between(0, StatusTags.All.Count - 1)], chance.Happens(0.5), chance.Between(0, 3));
        DateTimeOffset? locked = chance.Happens(0.3) ? time.Now.AddDays(chance.Between(1, 20)) : null;
        findings.Tell($"{process.Name} is given {reason} on {customer}");
        calls.Add(new Call(process.UnreliableLink, [], scheduler.Begin(() => process.Act(customer, reason, state => kind switch
        {
            < 3 => state.Governance.Review is { } open ? new ApproveReview(Ada, open.Id, reason) : null,
            < 5 => state.Governance.Review is { } open ? new RejectReview(Ada, open.Id, reason) : null,
            < 7 => new OverrideTag(Ada, tag, reason, locked),
            _ => new UndoTransitions(Ada, [Math.Max(1, state.Governance.Transitions - depth)], cascade, reason),
        }))));
    }

    private void Switch()
    {
        newest = newest with
        {
            Policy = new Policy
            {
                Enabled = chance.Happens(0.8), AutoApply = chance.Happens(0.6), RealtimeEvaluation = chance.Happens(0.8),
                RolloutPercentage = chance.Of([100, 100, 50]),
            },
        };
        findings.Tell($"flags are {newest.Policy}");
        findings.Count("flags switched");
    }
}
