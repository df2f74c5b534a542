namespace LStep.Grains;

public static class Clocks
{
    /// <summary>The current instant, cut to whole milliseconds as every stored instant is.</summary>
    public static DateTimeOffset Now(this TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
    }
}
