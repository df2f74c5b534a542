namespace LStep.Testing;

/// <summary>
/// A clock that stands until it is moved. Moving it fires, on the mover's thread and in order of their due time, every
/// timer that falls due on the way, with the clock at that timer's instant.
/// </summary>
public sealed class ManualTime(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private readonly List<(DateTimeOffset Due, TaskCompletionSource Armed)> _waiting = [];
    private DateTimeOffset _now = start;

    public ManualTime() : this(new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero)) { }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate) return _now;
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public void Advance(TimeSpan by) => AdvanceTo(GetUtcNow() + by);

    public void AdvanceTo(DateTimeOffset instant)
    {
        while (true)
        {
            ManualTimer? next;
            lock (_gate)
            {
                next = _timers.Where(timer => timer.Due <= instant).MinBy(timer => timer.Due);
                if (next is null)
                {
                    if (instant > _now) _now = instant;
                    return;
                }
                if (next.Due > _now) _now = next.Due;
                next.Rearm();
            }
            next.Fire();
        }
    }

    /// <summary>Completes once some timer is due in exactly that long. A timer that works re-arms itself when its work is done.</summary>
    public Task TimerDueIn(TimeSpan span)
    {
        lock (_gate)
        {
            var due = _now + span;
            if (_timers.Exists(timer => timer.Due == due)) return Task.CompletedTask;
            var armed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((due, armed));
            return armed.Task.WaitAsync(TimeSpan.FromSeconds(20)); // only a broken test waits that long
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class ManualTimer(ManualTime time, Action callback) : ITimer
    {
        private TimeSpan _period;

        public DateTimeOffset Due { get; private set; }

        public void Fire() => callback();

        /// <summary>Under the clock's lock, at its due time.</summary>
        public void Rearm()
        {
            if (_period > TimeSpan.Zero) Due += _period;
            else time._timers.Remove(this);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._gate)
            {
                time._timers.Remove(this);
                _period = period;
                if (dueTime == Timeout.InfiniteTimeSpan) return true;
                Due = time._now + dueTime;
                time._timers.Add(this);
                foreach (var waiting in time._waiting.Where(waiting => waiting.Due == Due)) waiting.Armed.TrySetResult();
                time._waiting.RemoveAll(waiting => waiting.Due == Due);
                return true;
            }
        }

        public void Dispose()
        {
            lock (time._gate) time._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
