using System.Diagnostics.CodeAnalysis;

namespace Orleans.InProcess;

/// <summary>The calls that wait at one mailbox and those that run, and the rule of who may run beside whom. Its owner locks.</summary>
internal struct CallQueue(bool reentrant)
{
    private CallList _waiting;
    private CallList _running;
    private int _passing; // of the waiting calls, how many might pass others
    private int _blocking; // of the running calls, how many do not interleave with all

    public readonly int Count => _waiting.Count + _running.Count;

    /// <summary>The call that has run longest, or null.</summary>
    public readonly Call? Running => _running.First;

    public void Add(Call call)
    {
        _waiting.Add(call);
        if (MayPass(call)) _passing++;
    }

    /// <summary>Starts the first waiting call that may run now; those whose callers gave up are dropped on the way.</summary>
    public bool TryStart([NotNullWhen(true)] out Call? started)
    {
        started = null;
        if (_blocking > 0 && _passing == 0 && !reentrant) return false; // spares a look at each of a long queue
        for (Call? call = _waiting.First, next; call is not null; call = next)
        {
            next = call.Next;
            var over = call.IsOver;
            if (!over && !MayRun(call)) continue;
            Unqueue(call);
            if (over) continue;
            _running.Add(started = call);
            if (!call.Method.AlwaysInterleave) _blocking++;
            return true;
        }
        return false;
    }

    public void End(Call call)
    {
        _running.Remove(call);
        if (!call.Method.AlwaysInterleave) _blocking--;
    }

    public void DropOver()
    {
        for (Call? call = _waiting.First, next; call is not null; call = next)
        {
            next = call.Next;
            if (call.IsOver) Unqueue(call);
        }
    }

    public bool TryDrop([NotNullWhen(true)] out Call? dropped)
    {
        dropped = _waiting.First;
        if (dropped is not null) Unqueue(dropped);
        return dropped is not null;
    }

    public readonly void CopyTo(List<Call> calls)
    {
        for (var call = _running.First; call is not null; call = call.Next) calls.Add(call);
        for (var call = _waiting.First; call is not null; call = call.Next) calls.Add(call);
    }

    private readonly bool MayRun(Call call)
    {
        if (_blocking == 0 || reentrant || call.Method.AlwaysInterleave) return true;
        if (!call.Method.ReadOnly) return false;
        for (var running = _running.First; running is not null; running = running.Next)
            if (running.Method is { AlwaysInterleave: false, ReadOnly: false }) return false;
        return true;
    }

    private void Unqueue(Call call)
    {
        _waiting.Remove(call);
        if (MayPass(call)) _passing--;
    }

    private static bool MayPass(Call call) => call.Method.AlwaysInterleave || call.Method.ReadOnly;
}
