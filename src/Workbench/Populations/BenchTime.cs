using LStep.Silo;
using LStep.Workbench.Processes;

namespace LStep.Workbench.Populations;

/// <summary>The wall clock of the silo under test, which goes on by itself and can be set.</summary>
internal sealed class BenchTime(SkewedClock clock)
{
    public DateTimeOffset Now => clock.GetUtcNow();

    public DateTimeOffset NextMidnight => new(Now.UtcDateTime.Date.AddDays(1), TimeSpan.Zero);

    public void MoveTo(DateTimeOffset instant) => clock.Ahead = instant - MachineClock.Instance.GetUtcNow();
}
