using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Orleans.InProcess;

/// <summary>The table of mailboxes by grain id, and the way into it.</summary>
internal sealed class Engine
{
    public static readonly DeactivationReason ShuttingDown = new(DeactivationReasonCode.ShuttingDown, "The process is stopping.");

    private readonly ConcurrentDictionary<GrainId, Mailbox> _mailboxes = new();
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _resident;
    private int _trimming;

    public Engine(IServiceProvider services, InProcessOrleansOptions options, ILogger<Engine> log)
    {
        Services = services;
        Options = options;
        Log = log;
        Clock = services.GetRequiredService<TimeProvider>();
        RuntimeClock = options.RuntimeClock ?? Clock;
        Catalog = new(options);
        Factory = new GrainFactory(this);
    }

    public IServiceProvider Services { get; }
    public InProcessOrleansOptions Options { get; }
    public ILogger Log { get; }
    public GrainCatalog Catalog { get; }
    public IGrainFactory Factory { get; }

    /// <summary>Of timers and reminders.</summary>
    public TimeProvider Clock { get; }

    /// <summary>Of timeouts and idleness.</summary>
    public TimeProvider RuntimeClock { get; }

    /// <summary>Timestamp of <see cref="RuntimeClock"/>.</summary>
    public long Now => RuntimeClock.GetTimestamp();

    /// <summary>Activations, but for those already leaving.</summary>
    public int Resident => Volatile.Read(ref _resident);

    public bool IsStopping { get; private set; }

    public ICollection<Mailbox> Mailboxes => _mailboxes.Values;

    public long Ticks(TimeSpan span) => (long)(span.TotalSeconds * RuntimeClock.TimestampFrequency);

    public void Send(GrainClass grainClass, GrainId id, Call call)
    {
        call.Deadline = Now + Ticks(call.Method.Timeout ?? Options.ResponseTimeout);
        call.Sender = Mailbox.OnThisThread;
        call.Context = RequestContext.Values;
        if (call.Cancellation.CanBeCanceled)
        {
            call.HeedCancellation();
            if (call.IsOver) return;
        }
        while (!MailboxOf(grainClass, id).Post(call)) { } // closed and already out of the table: the next round makes another
    }

    private Mailbox MailboxOf(GrainClass grainClass, GrainId id) =>
        _mailboxes.TryGetValue(id, out var mailbox) ? mailbox : _mailboxes.GetOrAdd(id, new Mailbox(this, grainClass, id));

    public void Remove(Mailbox mailbox)
    {
        _mailboxes.TryRemove(new(mailbox.Grain, mailbox));
        if (IsStopping && _mailboxes.IsEmpty) _empty.TrySetResult();
    }

    public void Left() => Interlocked.Decrement(ref _resident);

    /// <summary>Counts an activation in; past the bound, the least recently used idle ones go until a tenth is free.</summary>
    public void Came()
    {
        if (Interlocked.Increment(ref _resident) <= Options.MaxActivations || Interlocked.Exchange(ref _trimming, 1) == 1) return;
        try
        {
            var excess = Resident - (Options.MaxActivations - Options.MaxActivations / 10);
            var reason = new DeactivationReason(DeactivationReasonCode.RuntimeRequested, $"More than {Options.MaxActivations} activations.");
            foreach (var mailbox in _mailboxes.Values.Where(mailbox => mailbox.IsIdle).OrderBy(mailbox => mailbox.LastUsed))
                if (excess > 0 && mailbox.LeaveIfIdle(long.MaxValue, reason)) excess--;
        }
        finally
        {
            Volatile.Write(ref _trimming, 0);
        }
    }

    /// <summary>Every activation ends its running calls and deactivates; what still waits or comes is refused.</summary>
    public async Task Stop(CancellationToken cancellation)
    {
        IsStopping = true;
        foreach (var mailbox in _mailboxes.Values) mailbox.Leave(ShuttingDown);
        if (_mailboxes.IsEmpty) _empty.TrySetResult();
        try
        {
            await _empty.Task.WaitAsync(Options.ShutdownTimeout, RuntimeClock, cancellation);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            Log.LogWarning("Stopped with {Count} activations that did not end within {Budget}", _mailboxes.Count, Options.ShutdownTimeout);
        }
    }
}
