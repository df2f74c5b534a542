using LStep.Prediction;

namespace LStep.Grains.Predictions;

/// <summary>Work on a thread of its own that gives way to all others.</summary>
internal static class QuietThread
{
    public static Task<T> Run<T>(Func<T> work, CancellationToken cancel) => Task.Factory.StartNew(
        () => LowPriority.Run(work), cancel, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
}
