namespace LStep.Workbench.Simulation;

/// <summary>The true time, which only passes.</summary>
internal sealed class SimulatedTime(DateTimeOffset begin)
{
    public DateTimeOffset Now { get; private set; } = begin;

    public void Pass(TimeSpan span) => Now += span;
}

/// <summary>A process's own idea of the time; it may step back.</summary>
internal sealed class ProcessClock(SimulatedTime time) : TimeProvider
{
    public TimeSpan Skew { get; set; }

    public override DateTimeOffset GetUtcNow() => time.Now + Skew;
}
