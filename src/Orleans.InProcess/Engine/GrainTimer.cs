using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Orleans.InProcess;

/// <summary>
/// A timer of one activation. It is the call it posts: there is one tick at a time, and the next is armed when a tick has
/// ended. Once disposed it is over, so that no tick of a former activation runs in the next.
/// </summary>
internal sealed class GrainTimer : Call, IGrainTimer
{
    /// <summary>What timers of .NET can wait, some 49 days.</summary>
    private static readonly TimeSpan WaitMax = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    private static readonly CallMethod Apart = new("timer"), Interleaved = new("timer", AlwaysInterleave: true);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _disposed = new();
    private readonly Mailbox _mailbox;
    private readonly ILogger _log;
    private readonly Func<CancellationToken, Task> _callback;
    private readonly ITimer _timer;
    private TimeSpan _period;
    private TimeSpan? _changedDue; // asked for during a tick
    private bool _ticking;

    public GrainTimer(Engine engine, Mailbox mailbox, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
        : base(options.Interleave ? Interleaved : Apart)
    {
        Check(options.DueTime, options.Period);
        _mailbox = mailbox;
        _log = engine.Log;
        _callback = callback;
        _period = options.Period;
        KeepsAlive = options.KeepAlive;
        using (ExecutionContext.SuppressFlow()) // a tick has no caller whose values it could carry
            _timer = engine.Clock.CreateTimer(static timer => ((GrainTimer)timer!).Tick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(options.DueTime, Timeout.InfiniteTimeSpan);
    }

    public override bool KeepsAlive { get; }

    public override bool IsRefusable => false;

    public override bool IsOver => _disposed.IsCancellationRequested;

    private void Tick()
    {
        lock (_gate)
        {
            if (_ticking || IsOver) return;
            _ticking = true;
        }
        _mailbox.Post(this);
    }

    public override Task Invoke(object grain) => _callback(_disposed.Token);

    public override void Complete(Task task)
    {
        if (task.Exception is { } failure) Fail(failure.InnerException!);
        else ArmNext();
    }

    public override void Fail(Exception exception)
    {
        _log.LogWarning(exception, "A timer tick of {Grain} failed; the timer goes on", _mailbox.Grain);
        ArmNext();
    }

    private void ArmNext()
    {
        lock (_gate)
        {
            _ticking = false;
            if (!IsOver) _timer.Change(_changedDue ?? _period, Timeout.InfiniteTimeSpan);
            _changedDue = null;
        }
    }

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        Check(dueTime, period);
        lock (_gate)
        {
            _period = period;
            if (_ticking) _changedDue = dueTime;
            else if (!IsOver) _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
        }
    }

    private static void Check(TimeSpan dueTime, TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan((long)dueTime.TotalMilliseconds, -1, nameof(dueTime));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dueTime, WaitMax);
        ArgumentOutOfRangeException.ThrowIfLessThan((long)period.TotalMilliseconds, -1, nameof(period));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(period, WaitMax);
    }

    public void Dispose()
    {
        _timer.Dispose();
        try
        {
            _disposed.Cancel(); // never disposed itself: the tick under way may still hold its token
        }
        catch (AggregateException exception)
        {
            _log.LogWarning(exception, "What a timer tick of {Grain} registered for its cancellation failed", _mailbox.Grain);
        }
    }
}
