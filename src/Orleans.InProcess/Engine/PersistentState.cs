using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Orleans.InProcess;

/// <summary>A state that is read as its activation starts.</summary>
internal abstract class PersistentState
{
    public abstract Task ReadStateAsync();

    public static Func<Activation, object> Maker(Type parameter, PersistentStateAttribute attribute)
    {
        if (!parameter.IsGenericType || parameter.GetGenericTypeDefinition() != typeof(IPersistentState<>))
            throw new ArgumentException($"[PersistentState(\"{attribute.StateName}\")] belongs on an IPersistentState<T>, not on {parameter}.");
        var type = typeof(PersistentState<>).MakeGenericType(parameter.GenericTypeArguments);
        return activation =>
        {
            var services = activation.ActivationServices;
            var store = attribute.StorageName is { } name ? services.GetRequiredKeyedService<IGrainStateStore>(name) : services.GetRequiredService<IGrainStateStore>();
            var state = (PersistentState)Activator.CreateInstance(type, store, activation.GrainId, attribute.StateName)!;
            activation.AddState(state);
            return state;
        };
    }
}

/// <summary>Kept as JSON. The etag of the last read or write guards each write.</summary>
internal sealed class PersistentState<TState>(IGrainStateStore store, GrainId grain, string name) : PersistentState, IPersistentState<TState>
{
    private Task _last = Task.CompletedTask;

    public TState State { get; set; } = New();

    public string? Etag { get; private set; }

    public bool RecordExists => Etag is not null;

    public override Task ReadStateAsync() => InTurn(Read);

    public Task WriteStateAsync() => InTurn(Write);

    public Task ClearStateAsync() => InTurn(Clear);

    /// <summary>A grain need not wait for one before it starts the next: they come after each other, however the one before ended.</summary>
    private Task InTurn(Func<Task> operation)
    {
        return _last = _last.IsCompleted ? operation() : After(_last);

        async Task After(Task before)
        {
            await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            await operation();
        }
    }

    private async Task Read()
    {
        var stored = await store.Read(grain, name);
        State = stored is null ? New() : JsonSerializer.Deserialize<TState>(stored.Json)!;
        Etag = stored?.Etag;
    }

    private async Task Write() => Etag = await store.Write(grain, name, JsonSerializer.Serialize(State), Etag);

    private async Task Clear()
    {
        await store.Clear(grain, name, Etag);
        State = New();
        Etag = null;
    }

    private static TState New() => Activator.CreateInstance<TState>();
}
