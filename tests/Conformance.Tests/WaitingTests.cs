namespace LStep.Conformance;

/// <summary>Callers that wait too long, or stop waiting, and mailboxes that are full.</summary>
public sealed class WaitingTests
{
    [Fact]
    public async Task A_call_that_takes_too_long_times_out_and_the_grain_serves_on()
    {
        await using var host = await EngineHost.Start(new() { ResponseTimeout = EngineSettings.Soon });
        var grain = host.Grains.GetGrain<IProbeGrain>("one");
        var held = grain.Hold("gate");
        await host.Witness.Heard("holding gate");

        host.ExpireCalls();
        await Assert.ThrowsAsync<TimeoutException>(() => held);

        host.Witness.Open("gate");
        await grain.Ping();
        Assert.Equal(1, host.Witness.Count("released gate"));
    }

    [Fact]
    public async Task A_call_whose_caller_gave_up_while_it_waited_never_starts()
    {
        await using var host = await EngineHost.Start(new() { ResponseTimeout = EngineSettings.Soon });
        var grain = host.Grains.GetGrain<IProbeGrain>("one");
        var held = grain.Hold("gate");
        await host.Witness.Heard("holding gate");
        var noted = grain.Note("too late");

        host.ExpireCalls();
        await Assert.ThrowsAsync<TimeoutException>(() => held);
        await Assert.ThrowsAsync<TimeoutException>(() => noted);

        host.Witness.Open("gate");
        await grain.Ping();
        Assert.Equal(0, host.Witness.Count("too late"));
    }

    [Fact]
    public async Task A_method_may_have_a_response_timeout_of_its_own()
    {
        await using var host = await EngineHost.Start();
        var grain = host.Grains.GetGrain<IProbeGrain>("one");
        var held = grain.HoldImpatiently("gate");
        await host.Witness.Heard("holding gate");

        host.ExpireCalls();

        var timeout = await Assert.ThrowsAsync<TimeoutException>(() => held);
        Assert.Contains("00:00:04", timeout.Message, StringComparison.Ordinal);
        host.Witness.Open("gate");
    }

    [Fact]
    public async Task A_token_reaches_the_grain_and_its_caller_is_answered()
    {
        await using var host = await EngineHost.Start();
        using var cancelling = new CancellationTokenSource();
        var call = host.Grains.GetGrain<IProbeGrain>("one").HoldUntilCancelled("gate", cancelling.Token);
        await host.Witness.Heard("holding gate");

        await cancelling.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await host.Witness.Heard("cancelled gate");
    }

    [Fact]
    public async Task A_call_with_a_token_already_cancelled_never_starts()
    {
        await using var host = await EngineHost.Start();
        var grain = host.Grains.GetGrain<IProbeGrain>("one");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => grain.HoldUntilCancelled("gate", new CancellationToken(true)));

        await grain.Ping();
        Assert.Equal(0, host.Witness.Count("holding gate"));
    }

    [Fact]
    public async Task A_call_cancelled_while_it_waits_never_starts()
    {
        await using var host = await EngineHost.Start();
        var grain = host.Grains.GetGrain<IProbeGrain>("one");
        using var cancelling = new CancellationTokenSource();
        using var cancellingAnother = new CancellationTokenSource();
        var held = grain.Hold("gate");
        await host.Witness.Heard("holding gate");
        var waiting = grain.HoldUntilCancelled("other gate", cancelling.Token);
        var passing = grain.PassUntilCancelled("open gate", cancellingAnother.Token);
        await host.Witness.Heard("holding open gate");

        await cancelling.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        // The caller has its answer before the grain hears of it; a later cancellation comes after it.
        await cancellingAnother.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => passing);
        await host.Witness.Heard("cancelled open gate");
        host.Witness.Open("gate");
        await held;
        await grain.Ping();
        Assert.Equal(0, host.Witness.Count("holding other gate"));
    }

    [Fact]
    public async Task A_full_mailbox_refuses_and_takes_calls_again_once_it_has_drained()
    {
        await using var host = await EngineHost.Start(new() { MaxEnqueuedRequests = 5 });
        var grain = host.Grains.GetGrain<IProbeGrain>("one");
        var held = grain.Hold("gate");
        await host.Witness.Heard("holding gate");

        var calls = Enumerable.Range(0, 20).Select(_ => grain.Note("noted")).ToList();
        var refused = await Task.WhenAny(calls); // the accepted ones cannot end before the gate opens
        await Assert.ThrowsAsync<LimitExceededException>(() => refused);

        host.Witness.Open("gate");
        await held;
        await Task.WhenAll(calls).ContinueWith(_ => { }, TaskScheduler.Default);
        Assert.Equal(calls.Count(call => call.IsCompletedSuccessfully), host.Witness.Count("noted"));
        Assert.All(calls.Where(call => call.IsFaulted), call => Assert.IsType<LimitExceededException>(call.Exception!.InnerException));
        await grain.Ping();
    }
}
