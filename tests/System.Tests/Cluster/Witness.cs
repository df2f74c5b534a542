using System.Collections.Concurrent;
using System.Collections.Immutable;
using LStep.Api.Customers;
using LStep.System.Tests.Ingest;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;

namespace LStep.System.Tests.Cluster;

/// <param name="MessageId">Of the first activity, where the call records some.</param>
internal sealed record Begun(string Call, string? MessageId, ActivationId Activation);

/// <summary>Sees each call of a customer as it begins in the grain. One that waits its turn has not begun.</summary>
internal sealed class Witness : IIncomingGrainCallFilter
{
    private readonly ConcurrentQueue<Begun> begun = new();
    private readonly ConcurrentDictionary<string, Task> gates = new();

    public IReadOnlyCollection<Begun> Calls => begun;

    public int Count(string call) => begun.Count(one => one.Call == call);

    public Task UntilBegun(string call, int times = 1) => Signals.Until(() => Count(call) >= times);

    /// <summary>Calls of that name go no further than their beginning until the gate is completed.</summary>
    public TaskCompletionSource HoldAtTheBeginning(string call)
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        gates[call] = gate.Task;
        return gate;
    }

    public void Forget() => begun.Clear();

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        if (context.Grain is ICustomerGrain)
        {
            var activities = context.Request.GetArgumentCount() > 0 ? context.Request.GetArgument(0) as ImmutableArray<Activity>? : null;
            begun.Enqueue(new Begun(context.MethodName, activities?[0].MessageId, context.TargetContext.ActivationId));
            if (gates.TryGetValue(context.MethodName, out var gate)) await gate;
        }
        await context.Invoke();
    }
}

internal static class WitnessedHost
{
    public static Task<LStepHost> Start(Witness witness, DateTimeOffset? clock = null) =>
        LStepHost.Start(clock, with: options => options with
        {
            Services = services => services.AddSingleton<IIncomingGrainCallFilter>(witness),
        });

    public static ICustomerGrain Customer(this LStepHost host, string id) =>
        host.Services.GetRequiredService<IGrainFactory>().GetGrain<ICustomerGrain>(id);

    /// <summary>One lesson completed, now.</summary>
    public static Task<Receipt> Record(this LStepHost host, string id, string messageId) => host.Customer(id).Record([new Activity
    {
        MessageId = messageId, Type = ActivityType.LessonCompleted, Subject = messageId, OccurredAt = host.Now, ReceivedAt = host.Now,
    }]);
}
