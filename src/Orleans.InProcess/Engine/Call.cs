using System.Collections.Immutable;

namespace Orleans.InProcess;

/// <summary>What is known of a grain method, once per method.</summary>
internal sealed record CallMethod(string Name, bool AlwaysInterleave = false, bool ReadOnly = false, TimeSpan? Timeout = null);

/// <summary>One piece of work for one grain: waits in its mailbox, then runs as turns of its activation.</summary>
internal abstract class Call(CallMethod method)
{
    public CallMethod Method { get; } = method;

    /// <summary>Timestamp past which the caller has given up.</summary>
    public long Deadline { get; set; } = long.MaxValue;

    /// <summary>The mailbox whose grain sent it, or null for a caller outside of all grains.</summary>
    public Mailbox? Sender { get; set; }

    public ImmutableDictionary<string, object>? Context { get; set; }

    /// <summary>It counts as use of the activation.</summary>
    public virtual bool KeepsAlive => true;

    /// <summary>A full mailbox refuses it.</summary>
    public virtual bool IsRefusable => true;

    /// <summary>Nobody waits for it any more: if it has not started it never will.</summary>
    public abstract bool IsOver { get; }

    public virtual CancellationToken Cancellation => CancellationToken.None;

    public abstract Task Invoke(object grain);

    /// <param name="task">Invoke's, completed.</param>
    public abstract void Complete(Task task);

    public abstract void Fail(Exception exception);

    /// <summary>From now on the caller is answered as soon as it cancels; the grain sees the same token.</summary>
    public virtual void HeedCancellation() { }

    // Links of the CallList it is in; a call is in one list at a time.
    internal Call? Previous;
    internal Call? Next;
}

/// <summary>Calls in order of arrival, linked through themselves so that an idle mailbox owns no array.</summary>
internal struct CallList
{
    public Call? First { get; private set; }

    private Call? _last;

    public int Count { get; private set; }

    public void Add(Call call)
    {
        call.Previous = _last;
        call.Next = null;
        if (_last is null) First = call;
        else _last.Next = call;
        _last = call;
        Count++;
    }

    public void Remove(Call call)
    {
        if (call.Previous is null) First = call.Next;
        else call.Previous.Next = call.Next;
        if (call.Next is null) _last = call.Previous;
        else call.Next.Previous = call.Previous;
        call.Previous = call.Next = null;
        Count--;
    }
}
