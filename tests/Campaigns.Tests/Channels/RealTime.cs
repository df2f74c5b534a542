namespace LStep.Campaigns.Tests.Channels;

/// <summary>The machine's clock, for tests of calls that take real time.</summary>
public static class RealTime
{
#pragma warning disable RS0030 // The tests' one place.
    public static TimeProvider Clock => TimeProvider.System;
#pragma warning restore RS0030
}
