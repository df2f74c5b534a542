using LStep.Workbench.Client;
using LStep.Workbench.Replay;

namespace LStep.Workbench.Demo;

/// <summary>After the year: the simulated clock keeps the pace of the real one, and a few things happen every second.</summary>
public sealed class LiveDemo(LStepClient server, Population population, TimeProvider wallClock)
{
    private const int MomentsPerBeat = 2;
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(500);

    /// <param name="ahead">How far the demo's time lies from the real one.</param>
    public async Task Run(TimeSpan ahead, CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(Beat);
        try
        {
            for (var moment = 0; await timer.WaitForNextTickAsync(cancel); moment += MomentsPerBeat)
            {
                var clock = await server.MoveClock(wallClock.GetUtcNow() + ahead, cancel);
                var messages = Enumerable.Range(moment, MomentsPerBeat).SelectMany(each => population.Moment(clock.Now, each));
                foreach (var lane in Requests.Lanes(messages))
                    foreach (var (body, _) in lane) await server.PostBatch(body, cancel);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Ctrl-C: the demo is over.
        }
    }
}
