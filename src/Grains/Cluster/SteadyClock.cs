namespace LStep.Grains.Cluster;

/// <summary>
/// The wall clock as it was at the start, and evenly on from there. Orleans' background waits for instants: with a wall clock that is set
/// back by a minute a silo would probe nobody, and learn of nobody's death, for that minute.
/// </summary>
internal sealed class SteadyClock(TimeProvider wallClock) : TimeProvider
{
    private readonly DateTimeOffset start = wallClock.GetUtcNow();
    private readonly long begin = wallClock.GetTimestamp();

    public override long TimestampFrequency => wallClock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => start + wallClock.GetElapsedTime(begin);

    public override long GetTimestamp() => wallClock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        wallClock.CreateTimer(callback, state, dueTime, period);
}
