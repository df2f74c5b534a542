namespace LStep.Grains.Feeds;

/// <summary>Rung after everything new in the feeds; wakes everybody who waits. Take <see cref="Next"/> first, then look, then wait for it: no ring is missed.</summary>
public sealed class Bell
{
    private TaskCompletionSource next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Next => Volatile.Read(ref next).Task;

    public void Ring() =>
        Interlocked.Exchange(ref next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
}
