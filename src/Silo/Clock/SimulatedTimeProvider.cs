namespace LStep.Silo.Clock;

/// <summary>
/// A clock that stands still until it is moved, forward only. Timers fire when it reaches them; a periodic one that was passed
/// several times in one move fires once. GetTimestamp stays the machine's own: how long work took is never simulated.
/// </summary>
public sealed class SimulatedTimeProvider(DateTimeOffset start) : TimeProvider
{
    private readonly Lock gate = new();
    private readonly HashSet<Timer> timers = [];
    private long nowTicks = start.UtcTicks;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => new(Volatile.Read(ref nowTicks), TimeSpan.Zero);

    /// <summary>Moves on; an instant that has passed leaves the clock where it is.</summary>
    public void MoveTo(DateTimeOffset instant)
    {
        List<Timer> due;
        lock (gate)
        {
            if (instant.UtcTicks <= nowTicks) return;
            Volatile.Write(ref nowTicks, instant.UtcTicks);
            due = [.. timers.Where(timer => timer.DueTicks <= nowTicks).OrderBy(timer => timer.DueTicks)];
            foreach (var timer in due) timer.PassedAt(nowTicks);
        }
        foreach (var timer in due) timer.Fire();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(SimulatedTimeProvider clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan period;

        public long DueTicks { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan every)
        {
            lock (clock.gate)
            {
                period = every;
                DueTicks = clock.nowTicks + dueTime.Ticks;
                if (dueTime == Timeout.InfiniteTimeSpan) clock.timers.Remove(this);
                else if (dueTime > TimeSpan.Zero) clock.timers.Add(this);
                else PassedAt(clock.nowTicks);
            }
            if (dueTime == TimeSpan.Zero) Fire();
            return true;
        }

        /// <summary>Under the clock's lock.</summary>
        public void PassedAt(long now)
        {
            if (period > TimeSpan.Zero)
            {
                DueTicks = now + period.Ticks;
                clock.timers.Add(this);
            }
            else clock.timers.Remove(this);
        }

        /// <summary>On the pool, as the machine's timers do: whoever moves the clock runs nobody's code.</summary>
        public void Fire() => ThreadPool.UnsafeQueueUserWorkItem(static timer => timer.Call(), this, preferLocal: false);

        private void Call() => callback(state);

        public void Dispose()
        {
            lock (clock.gate) clock.timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
