namespace Orleans.Concurrency;

[Orleans.Immutable]
public readonly struct Immutable<T>(T value)
{
#pragma warning disable CA1051 // a field in Orleans too
    public readonly T Value = value;
#pragma warning restore CA1051
}
