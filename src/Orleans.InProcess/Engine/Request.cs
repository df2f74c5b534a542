namespace Orleans.InProcess;

/// <summary>A grain call without a result. One subclass per grain method is emitted by <see cref="ProxyBuilder"/>; it holds the arguments.</summary>
internal abstract class Request(CallMethod method) : Call(method)
{
    // Asynchronously: a caller's continuation must not run inside the turn of the grain that answered it.
    private readonly TaskCompletionSource _promise = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Reply => _promise.Task;

    public override bool IsOver => _promise.Task.IsCompleted;

    public override void Complete(Task task) => _promise.TrySetFromTask(task);

    public override void Fail(Exception exception) => _promise.TrySetException(exception);

    public override void HeedCancellation()
    {
        var registration = Cancellation.UnsafeRegister(static (call, token) => ((Request)call!)._promise.TrySetCanceled(token), this);
        Reply.ContinueWith(static (_, registered) => ((CancellationTokenRegistration)registered!).Dispose(), registration, TaskScheduler.Default);
    }
}

/// <summary>A grain call with a result.</summary>
internal abstract class Request<T>(CallMethod method) : Call(method)
{
    private readonly TaskCompletionSource<T> _promise = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Reply => _promise.Task;

    public override bool IsOver => _promise.Task.IsCompleted;

    public override void Complete(Task task) => _promise.TrySetFromTask((Task<T>)task);

    public override void Fail(Exception exception) => _promise.TrySetException(exception);

    public override void HeedCancellation()
    {
        var registration = Cancellation.UnsafeRegister(static (call, token) => ((Request<T>)call!)._promise.TrySetCanceled(token), this);
        Reply.ContinueWith(static (_, registered) => ((CancellationTokenRegistration)registered!).Dispose(), registration, TaskScheduler.Default);
    }
}
