using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.InProcess;

/// <summary>
/// The calls of one grain key, and the one place where its activation runs. As a task scheduler it brings every await of
/// the grain back to the same queue, so that of all its code one turn runs at a time. It outlives an activation: calls
/// that come while one ends stay here, in order, for the next.
/// </summary>
internal sealed class Mailbox(Engine engine, GrainClass grainClass, GrainId id) : TaskScheduler, IThreadPoolWorkItem
{
    /// <summary>Turns in a row before other grains get the thread.</summary>
    private const int TurnsPerSliceMax = 64;

    private enum Stage : byte { Empty, Activating, Active, Deactivating, Closed }

    private enum Turn : byte { None, Continue, Call, Activate, Deactivate }

    [ThreadStatic] private static Mailbox? t_current;

    private readonly Lock _gate = new();
    private readonly Queue<Task> _continuations = new(0);
    private CallQueue _calls = new(grainClass.Reentrant);
    private Activation? _activation;
    private DeactivationReason? _leaving;
    private bool _served;
    private bool _scheduled;
    private Stage _stage;

    public static Mailbox? OnThisThread => t_current;

    public GrainId Grain => id;

    public GrainClass GrainClass => grainClass;

    public Activation? Activation => _activation;

    public long LastUsed { get; private set; }

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>False when the mailbox is closed: the sender looks up or makes another.</summary>
    public bool Post(Call call)
    {
        int outstanding;
        lock (_gate)
        {
            if (_stage is Stage.Closed) return false;
            outstanding = _calls.Count;
            if (outstanding <= engine.Options.MaxEnqueuedRequestsHardLimit || !call.IsRefusable)
            {
                outstanding = 0;
                _calls.Add(call);
                Schedule();
            }
        }
        if (outstanding > 0)
            call.Fail(new LimitExceededException(nameof(InProcessOrleansOptions.MaxEnqueuedRequestsHardLimit), outstanding, engine.Options.MaxEnqueuedRequestsHardLimit, id));
        return true;
    }

    /// <summary>The current activation ends once nothing of it runs. The first reason given stands.</summary>
    public void Leave(DeactivationReason reason)
    {
        lock (_gate) StartLeaving(reason);
    }

    /// <summary>As <see cref="Leave"/>, but only if nothing is running or waiting and it was last used before an instant.</summary>
    public bool LeaveIfIdle(long usedBefore, DeactivationReason reason)
    {
        lock (_gate) return IsIdle && LastUsed <= usedBefore && StartLeaving(reason);
    }

    public bool IsIdle =>
        _stage is Stage.Active && _leaving is null && _calls.Count + _continuations.Count == 0 && _activation is { IsKept: false };

    /// <summary>A copy of the calls that wait or run here, oldest first.</summary>
    public void CopyCallsTo(List<Call> calls)
    {
        if (_calls.Count == 0) return; // unlocked: a call that comes now is not overdue
        lock (_gate) _calls.CopyTo(calls);
    }

    /// <summary>The call that keeps others waiting, or null.</summary>
    public Call? Blocking
    {
        get { lock (_gate) return _calls.Running; }
    }

    private bool StartLeaving(DeactivationReason reason)
    {
        if (_leaving is not null || _stage is not (Stage.Activating or Stage.Active)) return false;
        _leaving = reason;
        engine.Left();
        Schedule();
        return true;
    }

    private void Schedule()
    {
        if (_scheduled) return;
        _scheduled = true;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
    }

    void IThreadPoolWorkItem.Execute()
    {
        t_current = this;
        // One task around a slice of turns makes this the current scheduler of all the code in them.
        new Task(static mailbox => ((Mailbox)mailbox!).RunTurns(), this, CancellationToken.None, TaskCreationOptions.DenyChildAttach)
            .RunSynchronously(this);
        t_current = null;
    }

    private void RunTurns()
    {
        for (var turn = 0; turn < TurnsPerSliceMax; turn++)
            switch (Next(out var task, out var call))
            {
                case Turn.Continue: TryExecuteTask(task!); break;
                case Turn.Call: Begin(call!); break;
                case Turn.Activate: _ = Activate(); break;
                case Turn.Deactivate: _ = Deactivate(); break;
                default: return;
            }
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private Turn Next(out Task? task, out Call? call)
    {
        call = null;
        lock (_gate)
        {
            if (_continuations.TryDequeue(out task)) return Turn.Continue;
            if (_stage is Stage.Active && engine.IsStopping) StartLeaving(Engine.ShuttingDown);
            if (_stage is Stage.Active)
            {
                // An activation that is told to leave as it comes still serves the call it came for.
                if ((_leaving is null || !_served) && _calls.TryStart(out call))
                {
                    _served = true;
                    return Turn.Call;
                }
                if (_leaving is not null && _calls.Running is null)
                {
                    _stage = Stage.Deactivating;
                    return Turn.Deactivate;
                }
            }
            else if (_stage is Stage.Empty)
            {
                _calls.DropOver();
                if (engine.IsStopping) FailWaiting(new SiloUnavailableException($"The engine is stopping; {id} was not called."));
                if (_calls.Count > 0)
                {
                    _stage = Stage.Activating;
                    return Turn.Activate;
                }
                _stage = Stage.Closed;
                engine.Remove(this);
            }
            _scheduled = false;
            return Turn.None;
        }
    }

    private void FailWaiting(Exception exception)
    {
        // Callers go on elsewhere, never here under the gate.
        while (_calls.TryDrop(out var call)) call.Fail(exception);
    }

    private void Begin(Call call)
    {
        RequestContext.Values = call.Context;
        Task task;
        try
        {
            task = call.Invoke(_activation!.Instance) ?? throw new InvalidOperationException($"{call.Method.Name} of {id} returned no task.");
        }
        catch (Exception exception)
        {
            Finish(call, exception);
            call.Fail(exception);
            return;
        }
        finally
        {
            RequestContext.Values = null;
        }
        if (task.IsCompleted) Finish(call, task);
        else task.GetAwaiter().UnsafeOnCompleted(() => Finish(call, task)); // comes back as a turn of this mailbox
    }

    private void Finish(Call call, Task task)
    {
        Finish(call, task.Exception?.InnerException);
        call.Complete(task);
    }

    private void Finish(Call call, Exception? exception)
    {
        lock (_gate)
        {
            _calls.End(call);
            if (call.KeepsAlive) LastUsed = engine.Now;
            if (exception is InconsistentStateException { IsNews: true } stale)
            {
                stale.IsNews = false; // the callers it passes on its way are not stale
                StartLeaving(new(DeactivationReasonCode.ApplicationError, exception, "The state was written by someone else."));
            }
        }
    }

    private async Task Activate()
    {
        var activation = new Activation(engine, this);
        _activation = activation;
        _served = false;
        engine.Came();
        try
        {
            await activation.Start();
            if (_leaving is { ReasonCode: DeactivationReasonCode.ApplicationRequested })
                throw new OrleansMessageRejectionException($"{id} asks to be deactivated whenever it is activated: it would never serve a call.");
            lock (_gate)
            {
                LastUsed = engine.Now;
                _stage = Stage.Active;
            }
        }
        catch (Exception exception)
        {
            await activation.Dispose();
            lock (_gate)
            {
                StartLeaving(new(DeactivationReasonCode.ActivationFailed, exception, "Activation failed."));
                FailWaiting(exception);
                Vacate();
            }
        }
    }

    private async Task Deactivate()
    {
        await _activation!.Stop(_leaving!.Value);
        lock (_gate) Vacate();
    }

    private void Vacate()
    {
        _activation = null;
        _leaving = null;
        _stage = Stage.Empty;
    }

    protected override void QueueTask(Task task)
    {
        lock (_gate)
        {
            _continuations.Enqueue(task);
            Schedule();
        }
    }

    // Only on its own turn; a task that was queued as well finds itself done when its place comes.
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => t_current == this && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_gate) return _continuations.ToArray();
    }

    public override string ToString() => id.ToString();
}
