namespace LStep.Workbench.Bench;

/// <summary>How long calls took, in milliseconds.</summary>
public sealed class Latencies(IEnumerable<double> milliseconds)
{
    private readonly double[] sorted = [.. milliseconds.Order()];

    public int Count => sorted.Length;

    public double At(double share) => sorted.Length == 0 ? double.NaN : sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];

    public double Slowest => At(1);
}
