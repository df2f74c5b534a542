namespace LStep.Testing;

/// <summary>The wall clock, for tests of a product that lives on it.</summary>
public static class Wall
{
#pragma warning disable RS0030 // The tests' one place.
    public static TimeProvider Clock => TimeProvider.System;
#pragma warning restore RS0030

    public static DateTimeOffset Now => Clock.GetUtcNow();
}
