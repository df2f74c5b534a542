namespace LStep.Silo;

/// <summary>The one place that chooses the machine's clock; everything else is given a TimeProvider.</summary>
public static class MachineClock
{
#pragma warning disable RS0030 // See above.
    public static TimeProvider Instance => TimeProvider.System;
#pragma warning restore RS0030
}
