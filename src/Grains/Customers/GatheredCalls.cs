using System.Collections.Immutable;
using LStep.Domain;

namespace LStep.Grains.Customers;

/// <summary>
/// Calls for one customer that came while its last commit was under way: they are decided and committed together. Without
/// it a busy customer would be recorded one call a commit, and whoever waits for it would wait for all of them.
/// </summary>
internal sealed class GatheredCalls
{
    private readonly List<Activity> activities = [];

    public IReadOnlyList<Activity> Activities => activities;

    /// <summary>What became of each of them, in their order.</summary>
    public Task<ImmutableArray<ReceiptItem>> Recorded { get; set; } = null!;

    public bool HasRoomFor(int more) => activities.Count + more <= GrainLimits.ActivitiesPerTurnMax;

    /// <summary>Answers the place of the first of them.</summary>
    public int Add(IReadOnlyList<Activity> more)
    {
        activities.AddRange(more);
        return activities.Count - more.Count;
    }
}
