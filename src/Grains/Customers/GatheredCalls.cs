using System.Collections.Immutable;
using LStep.Domain;

namespace LStep.Grains.Customers;

/// <summary>
/// Calls for one customer that came while its last commit was under way: they are decided and committed together. Without
/// it a busy customer would be recorded one call a commit, and whoever waits for it would wait for all of them.
/// </summary>
internal sealed class GatheredCalls
{
    private readonly List<Call> calls = new(1);
    private List<Activity>? gathered;

    private sealed class Call(IReadOnlyList<Activity> activities) : TaskCompletionSource<Receipt>
    {
        public IReadOnlyList<Activity> Activities => activities;
    }

    /// <summary>Of all calls, in their order; mostly there is one, whose own they are.</summary>
    public IReadOnlyList<Activity> Activities => gathered ?? calls[0].Activities;

    public bool HasRoomFor(int more) => Activities.Count + more <= GrainLimits.ActivitiesPerTurnMax;

    /// <summary>Answers what becomes of them.</summary>
    public Task<Receipt> Add(IReadOnlyList<Activity> more)
    {
        if (calls.Count > 0) (gathered ??= [.. calls[0].Activities]).AddRange(more);
        var call = new Call(more);
        calls.Add(call);
        return call.Task;
    }

    /// <param name="receipt">An item for each activity, in their order.</param>
    public void Tell(ImmutableArray<ReceiptItem> receipt)
    {
        var first = 0;
        foreach (var call in calls)
        {
            var count = call.Activities.Count;
            call.SetResult(new Receipt(receipt.Length == count ? receipt : receipt.Slice(first, count)));
            first += count;
        }
    }

    public void Fail(Exception why)
    {
        foreach (var call in calls) call.TrySetException(why);
    }
}
