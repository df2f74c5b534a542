using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Orleans.InProcess;

/// <summary>A grain instance from before OnActivateAsync until after OnDeactivateAsync, with what belongs to it: its services, states and timers.</summary>
internal sealed class Activation(Engine engine, Mailbox mailbox) : IGrainContext
{
    private AsyncServiceScope? _services;
    private List<PersistentState>? _states;
    private List<GrainTimer>? _timers;
    private long _keptUntil;

    /// <summary>The activation whose turn is running on this thread.</summary>
    public static Activation? Current => Mailbox.OnThisThread?.Activation;

    public static Activation Of(IGrainBase grain) =>
        grain.GrainContext as Activation ?? throw new InvalidOperationException("This grain was made by hand: it has no runtime.");

    public IGrainBase Instance { get; private set; } = null!;

    public GrainId GrainId => mailbox.Grain;

    public object? GrainInstance => Instance;

    public IServiceProvider ActivationServices => _services?.ServiceProvider ?? throw new InvalidOperationException($"{GrainId} has not started.");

    public IGrainFactory Factory => engine.Factory;

    /// <summary>DelayDeactivation holds it against idleness.</summary>
    public bool IsKept => _keptUntil > engine.Now;

    public async Task Start()
    {
        _services = engine.Services.CreateAsyncScope();
        Instance = mailbox.GrainClass.Create(this);
        using var timeout = new CancellationTokenSource(engine.Options.ActivationTimeout, engine.RuntimeClock);
        foreach (var state in _states ?? []) await state.ReadStateAsync().WaitAsync(timeout.Token);
        await Instance.OnActivateAsync(timeout.Token).WaitAsync(timeout.Token);
    }

    public async Task Stop(DeactivationReason reason)
    {
        StopTimers();
        try
        {
            using var timeout = new CancellationTokenSource(engine.Options.DeactivationTimeout, engine.RuntimeClock);
            await Instance.OnDeactivateAsync(reason, timeout.Token).WaitAsync(timeout.Token);
        }
        catch (Exception exception)
        {
            engine.Log.LogError(exception, "OnDeactivateAsync of {Grain} failed; the activation ends all the same", GrainId);
        }
        await Dispose();
    }

    /// <summary>The end, also of an activation that failed to start.</summary>
    public async Task Dispose()
    {
        StopTimers();
        try
        {
            if (Instance is IAsyncDisposable asynchronously) await asynchronously.DisposeAsync();
            else if (Instance is IDisposable disposable) disposable.Dispose();
            if (_services is { } services) await services.DisposeAsync();
        }
        catch (Exception exception)
        {
            engine.Log.LogError(exception, "{Grain} could not be disposed", GrainId);
        }
    }

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        _keptUntil = 0;
        if (mailbox.Activation == this) mailbox.Leave(deactivationReason);
    }

    public void DelayDeactivation(TimeSpan timeSpan) => _keptUntil =
        timeSpan == Timeout.InfiniteTimeSpan || timeSpan == TimeSpan.MaxValue ? long.MaxValue
        : timeSpan <= TimeSpan.Zero ? 0
        : engine.Now + engine.Ticks(timeSpan);

    public IGrainTimer AddTimer(Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        var timer = new GrainTimer(engine, mailbox, callback, options);
        (_timers ??= []).Add(timer);
        return timer;
    }

    private void StopTimers()
    {
        foreach (var timer in _timers ?? []) timer.Dispose();
        _timers = null;
    }

    public void AddState(PersistentState state) => (_states ??= []).Add(state);
}
