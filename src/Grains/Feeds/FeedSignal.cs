namespace LStep.Grains.Feeds;

/// <summary>
/// Raised after everything new in the feeds; wakes everybody who waits. Take <see cref="Next"/> first, then look, then wait for it:
/// none is missed.
/// </summary>
public sealed class FeedSignal
{
    private TaskCompletionSource next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Next => Volatile.Read(ref next).Task;

    public void Raise() =>
        Interlocked.Exchange(ref next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
}
