namespace Orleans.Concurrency;

[Orleans.Immutable]
public readonly struct Immutable<T>(T value)
{
#pragma warning disable CA1051 // a field in Orleans too
    public readonly T Value = value;
#pragma warning restore CA1051
}

public static class ImmutableExtensions
{
    public static Immutable<T> AsImmutable<T>(this T value) => new(value);
}
