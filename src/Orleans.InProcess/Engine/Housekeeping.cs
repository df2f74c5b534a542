using Orleans.Runtime;

namespace Orleans.InProcess;

/// <summary>From time to time looks at every mailbox: fails the calls that took too long and ends idle activations.</summary>
internal sealed class Housekeeping(Engine engine) : IDisposable
{
    /// <summary>A call fails at most this part of its timeout late.</summary>
    private const int RoundsPerTimeout = 8;

    private ITimer? _timer;
    private int _atWork;

    public void Start()
    {
        var timeouts = engine.Options.ResponseTimeout / RoundsPerTimeout;
        var period = timeouts < engine.Options.CollectionQuantum ? timeouts : engine.Options.CollectionQuantum;
        _timer = engine.RuntimeClock.CreateTimer(static work => ((Housekeeping)work!).Round(), this, period, period);
    }

    private void Round()
    {
        if (Interlocked.Exchange(ref _atWork, 1) == 1) return;
        try
        {
            var mailboxes = engine.Mailboxes;
            FailOverdue(mailboxes);
            EndIdle(mailboxes);
        }
        finally
        {
            Volatile.Write(ref _atWork, 0);
        }
    }

    private void FailOverdue(ICollection<Mailbox> mailboxes)
    {
        var now = engine.Now;
        var calls = new List<(Call Call, Mailbox Target)>();
        var those = new List<Call>();
        foreach (var mailbox in mailboxes)
        {
            mailbox.CopyCallsTo(those);
            if (those.Count == 0) continue;
            calls.AddRange(those.Select(call => (call, mailbox)));
            those.Clear();
        }
        var overdue = calls.FindAll(sent => sent.Call.Deadline <= now && !sent.Call.IsOver);
        if (overdue.Count == 0) return;
        var bySender = calls.Where(sent => sent.Call.Sender is not null && !sent.Call.IsOver).ToLookup(sent => sent.Call.Sender);
        // Worded before the first one fails: that already sets grains going again.
        foreach (var (call, message) in overdue.ConvertAll(sent => (sent.Call, CallChain.Describe(sent.Call, sent.Target, bySender))))
            call.Fail(new TimeoutException($"Response did not arrive on time in {call.Method.Timeout ?? engine.Options.ResponseTimeout} for {call.Method.Name}: {message}"));
    }

    private void EndIdle(ICollection<Mailbox> mailboxes)
    {
        var now = engine.Now;
        foreach (var mailbox in mailboxes)
        {
            var age = mailbox.GrainClass.CollectionAge;
            if (!mailbox.IsIdle || age == TimeSpan.MaxValue || mailbox.LastUsed > now - engine.Ticks(age)) continue;
            mailbox.LeaveIfIdle(now - engine.Ticks(age), new(DeactivationReasonCode.ActivationIdle, $"Idle for {age} or more."));
        }
    }

    public void Dispose() => _timer?.Dispose();
}
