using System.Diagnostics;

namespace LStep.Grains.Predictions;

/// <summary>Stores how far a training is, once a second at most; each step as it begins.</summary>
internal sealed class TrainingReports(string id, TrainingRuns runs)
{
    private string step = "";
    private long told;

    public async Task Tell(TrainingProgress progress, CancellationToken cancel)
    {
        if (progress.Step == step && Stopwatch.GetElapsedTime(told).TotalMilliseconds < PredictionLimits.ProgressEveryMs) return;
        (step, told) = (progress.Step, Stopwatch.GetTimestamp());
        await runs.Store(id, progress, cancel);
    }
}
