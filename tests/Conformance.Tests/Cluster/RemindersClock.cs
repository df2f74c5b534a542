using LStep.Testing;

namespace LStep.Conformance;

/// <summary>
/// The test's clock for Orleans' reminders. They wait in whole milliseconds and then for what is left of the last one; on a clock that stands
/// it would never pass and they would ask for it forever. So each reading is a hair later than the one before, and a wait lasts until the
/// millisecond is over.
/// </summary>
internal sealed class RemindersClock(ManualTime time) : TimeProvider
{
    private static readonly TimeSpan s_millisecond = TimeSpan.FromMilliseconds(1);

    private static long s_readings; // of all: a silo that starts anew reads later than the one before it

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow().AddTicks(Interlocked.Increment(ref s_readings));

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        time.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? dueTime + s_millisecond : dueTime, period);
}
