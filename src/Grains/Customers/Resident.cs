using System.Collections.Immutable;
using Orleans.Runtime;

namespace LStep.Grains.Customers;

/// <summary>
/// One customer in memory. Who runs in the same process begins a turn of it here, on the scheduler of its activation, without an Orleans
/// message; the activation waits for these turns before it ends.
/// </summary>
internal sealed class Resident(string customerId, IGrainContext context)
{
    private int used = 1;
    private int left;
    private int calls;
    private TaskCompletionSource? quiet;

    public string CustomerId { get; } = customerId;

    public IGrainContext Context { get; } = context;

    public bool HasLeft => Volatile.Read(ref left) != 0;

    public void Use() => Volatile.Write(ref used, 1);

    /// <summary>Since the last time this was asked.</summary>
    public bool WasUsed() => Interlocked.Exchange(ref used, 0) != 0;

    public bool TryLeave() => Interlocked.Exchange(ref left, 1) == 0;

    /// <summary>Null when it is leaving: a message finds the customer where it comes next.</summary>
    public Task<Receipt>? Record(ImmutableArray<Activity> activities, int callsMax)
    {
        var waiting = Interlocked.Increment(ref calls);
        if (!HasLeft && waiting <= callsMax)
        {
            var call = new Call(this, activities);
            Context.Scheduler.QueueAction(static call => _ = ((Call)call).Run(), call);
            return call.Task;
        }
        End();
        return HasLeft ? null
            : Task.FromException<Receipt>(new OverloadedException($"{callsMax} calls wait for this customer."));
    }

    /// <summary>Done when none of the turns begun here is under way. The customer must be leaving, so that none begins.</summary>
    public Task Quiet()
    {
        var whenQuiet = new TaskCompletionSource();
        Interlocked.Exchange(ref quiet, whenQuiet);
        if (Volatile.Read(ref calls) == 0) whenQuiet.TrySetResult();
        return whenQuiet.Task;
    }

    private void End()
    {
        if (Interlocked.Decrement(ref calls) == 0) Volatile.Read(ref quiet)?.TrySetResult();
    }

    private sealed class Call(Resident resident, ImmutableArray<Activity> activities) : TaskCompletionSource<Receipt>
    {
        public async Task Run()
        {
            try
            {
                SetResult(await ((CustomerGrain)resident.Context.GrainInstance!).RecordHere(activities));
            }
            catch (Exception e)
            {
                SetException(e);
            }
            finally
            {
                resident.End();
            }
        }
    }
}
