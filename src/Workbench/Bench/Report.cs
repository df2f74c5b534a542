using System.Diagnostics;

namespace LStep.Workbench.Bench;

/// <summary>The figures of a measurement as they come in, and a line about what is being measured now.</summary>
public sealed class Report(Action<string> tell)
{
    private readonly List<(string What, string Figure)> figures = [];
    private readonly Stopwatch watch = Stopwatch.StartNew();

    public IReadOnlyList<(string What, string Figure)> Figures => figures;

    public void Begin(string what) => tell($"{watch.Elapsed.TotalSeconds,5:0} s  {what} …");

    public void Add(string what, double figure, string format = "N0") => Add(what, figure.ToString(format));

    public void Add(string what, string figure)
    {
        figures.Add((what, figure));
        tell($"          {what}: {figure}");
    }

    public void Add(string what, Latencies latencies) => Add(what, $"{latencies.At(0.5):0.0}, {latencies.At(0.99):0.0}");
}
