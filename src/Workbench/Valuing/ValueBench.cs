using LStep.Workbench.Bench;

namespace LStep.Workbench.Valuing;

/// <summary>Whether the figures of value say what they claim: on invented data, of which the truth is known.</summary>
internal sealed class ValueBench(Report report, int seeds, int learners, int populations)
{
    private const int Starts = 4_000;
    private const double Lift = 0.4;
    private const double InsideMin = 0.95;

    /// <summary>True when the intervals hold.</summary>
    public bool Run(CancellationToken cancel)
    {
        var holds = Planted(Lift, cancel) & Planted(0, cancel);
        return holds & HeldOut(cancel);
    }

    private bool Planted(double lift, CancellationToken cancel)
    {
        var planted = new PlantedEffect(Starts, lift);
        report.Begin(lift > 0 ? $"{seeds} seeds with an effect of {planted.Truth:0.00} per start" : $"{seeds} seeds without an effect");
        var (inside, found, ever, missed) = (0, 0, 0, 0);
        for (var seed = 1; seed <= seeds; seed++)
        {
            cancel.ThrowIfCancellationRequested();
            var (last, everCertain, everMissed) = planted.Run((ulong)seed);
            if (last is not { } figure) continue;
            if (figure.Interval.Contains(planted.Truth)) inside++;
            if (figure.IsCertain && figure.PerStart > 0) found++;
            if (everCertain) ever++;
            if (everMissed) missed++;
        }
        var name = lift > 0 ? $"effect of {planted.Truth:0.00}" : "no effect";
        report.Add($"{name}: inside the interval at the end", $"{inside} of {seeds}");
        report.Add($"{name}: outside it at any of 20 looks", $"{missed} of {seeds}");
        if (lift > 0)
        {
            report.Add($"{name}: found, with its sign", $"{found} of {seeds}");
            return inside >= InsideMin * seeds && found >= InsideMin * seeds;
        }
        report.Add($"{name}: claimed at any of 20 looks", $"{ever} of {seeds}");
        return ever <= (1 - InsideMin) * seeds;
    }

    private bool HeldOut(CancellationToken cancel)
    {
        report.Begin($"{populations} populations of {learners} learners: two years known, the third told");
        var (ours, other, sums) = (new Accuracy(), new Accuracy(), 0);
        for (var seed = 1; seed <= populations; seed++)
        {
            cancel.ThrowIfCancellationRequested();
            if (HeldOutYear.Run((ulong)seed, learners, ours, other)) sums++;
        }
        report.Add("payers", ours.Customers);
        Tell("survival × mean payment", ours);
        Tell("BG/NBD with gamma-gamma", other);
        report.Add("survival × mean payment: sums of a population inside their interval", $"{sums} of {populations}");
        return ours.Inside >= 100 * InsideMin - 2;
    }

    private void Tell(string model, Accuracy accuracy)
    {
        report.Add($"{model}: held-out sums inside the 95% interval (%)", accuracy.Inside, "0.0");
        report.Add($"{model}: the same of those who paid on (%)", accuracy.InsideOfThosePaying, "0.0");
        report.Add($"{model}: mean absolute error, of a mean paid of {accuracy.MeanPaid:0}", accuracy.MeanError, "0.0");
        report.Add($"{model}: mean width of the interval", accuracy.MeanWidth, "0");
        report.Add($"{model}: sum of all, against what was paid (%)", accuracy.Bias, "+0.0;-0.0");
    }
}
