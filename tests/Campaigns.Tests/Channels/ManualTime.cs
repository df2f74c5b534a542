namespace LStep.Campaigns.Tests.Channels;

/// <summary>A clock that a test moves.</summary>
public sealed class ManualTime : TimeProvider
{
    private DateTimeOffset now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Pass(TimeSpan time) => now += time;

    public override DateTimeOffset GetUtcNow() => now;

    public override long GetTimestamp() => now.UtcTicks;
}
