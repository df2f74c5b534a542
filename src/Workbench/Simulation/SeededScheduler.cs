namespace LStep.Workbench.Simulation;

/// <summary>
/// One thread's work in the order in which it came. Everything that simulated processes do between two answers of the storage happens
/// here, so that a seed decides every interleaving: as in a grain, awaits come back to the scheduler they began on.
/// </summary>
internal sealed class SeededScheduler : TaskScheduler
{
    private readonly Queue<Task> waiting = new();

    public Task<T> Begin<T>(Func<Task<T>> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.None, this).Unwrap();

    /// <summary>Goes on until everybody waits for an answer.</summary>
    public void RunDry()
    {
        while (waiting.TryDequeue(out var task)) TryExecuteTask(task);
    }

    protected override void QueueTask(Task task) => waiting.Enqueue(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => waiting;
}
