using Shares = LStep.Prediction.TrainingProgress;

namespace LStep.Grains.Predictions;

/// <summary>Stores how far a training is, about once a second, whoever tells it on whichever thread; the last of it at the end.</summary>
internal sealed class TrainingReports : IAsyncDisposable
{
    private readonly string id;
    private readonly TrainingRuns runs;
    private readonly CancellationToken stopping;
    private readonly CancellationTokenSource over;
    private readonly Task writing;
    private volatile TrainingProgress? newest;
    private TrainingProgress? stored;

    public TrainingReports(string id, TrainingRuns runs, CancellationToken stopping)
    {
        (this.id, this.runs, this.stopping) = (id, runs, stopping);
        over = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        writing = Write();
    }

    public void Tell(TrainingProgress progress) => newest = progress;

    /// <summary>For shares of one step, from where it begins to where it ends.</summary>
    public IProgress<Shares> From(TrainingProgress begin, double end) => new Step(this, begin, end);

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        await writing;
        over.Dispose();
        if (newest is { } last && last != stored && !stopping.IsCancellationRequested) await runs.Store(id, last, stopping);
    }

    private async Task Write()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(PredictionLimits.ProgressEveryMs));
        try
        {
            while (true)
            {
                if (newest is { } progress && progress != stored) await runs.Store(id, stored = progress, over.Token);
                await timer.WaitForNextTickAsync(over.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The training is over, or the process is stopping.
        }
        catch (Exception e) when (TransientFailure.Is(e))
        {
            // The training itself meets what keeps its progress from being stored.
        }
    }

    private sealed class Step(TrainingReports reports, TrainingProgress begin, double end) : IProgress<Shares>
    {
        public void Report(Shares value) => reports.Tell(begin with { Share = begin.Share + value.Share * (end - begin.Share) });
    }
}
