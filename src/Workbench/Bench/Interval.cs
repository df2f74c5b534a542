using MathNet.Numerics.Distributions;

namespace LStep.Workbench.Bench;

/// <summary>
/// The mean of a figure over runs with its 95% interval, by Student's distribution for as many runs: what one run says of a shared
/// machine is little.
/// </summary>
internal sealed class Interval(IEnumerable<double> runs)
{
    private const double Confidence = 0.95;

    private readonly double[] runs = [.. runs];

    public double Mean => runs.Average();

    /// <summary>Half its width; not a number for one run.</summary>
    public double Half
    {
        get
        {
            if (runs.Length < 2) return double.NaN;
            var variance = runs.Sum(run => (run - Mean) * (run - Mean)) / (runs.Length - 1);
            return StudentT.InvCDF(0, 1, runs.Length - 1, (1 + Confidence) / 2) * Math.Sqrt(variance / runs.Length);
        }
    }

    /// <summary>As "22,733 ± 1,430 (22,244 · 22,576 · 23,380)"; one run as its figure.</summary>
    public string Text(string format) => runs.Length == 1
        ? Mean.ToString(format)
        : $"{Mean.ToString(format)} ± {Half.ToString(format)} ({string.Join(" · ", runs.Select(run => run.ToString(format)))})";
}
