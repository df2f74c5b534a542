namespace LStep.Conformance;

public sealed class ActivationTests
{
    [Fact]
    public async Task A_grain_is_activated_before_its_first_call_and_once()
    {
        await using var host = await EngineHost.Start();
        var grain = host.Grains.GetGrain<IProbeGrain>("one");

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => grain.Note("called"))));

        Assert.Equal("activated one", host.Witness.Log[0]);
        Assert.Equal(1, host.Witness.Count("activated one"));
    }

    [Fact]
    public async Task A_reference_alone_activates_nothing()
    {
        await using var host = await EngineHost.Start();
        _ = host.Grains.GetGrain<IProbeGrain>("one");

        await host.Grains.GetGrain<IProbeGrain>("two").Ping();

        Assert.Equal(["activated two"], host.Witness.Log);
    }

    [Fact]
    public async Task A_failed_activation_fails_the_call_and_the_next_call_tries_another()
    {
        await using var host = await EngineHost.Start();
        var grain = host.Grains.GetGrain<IProbeGrain>("one");
        host.Witness.Order("fail activation of one");
        var caught = await Assert.ThrowsAsync<FormatException>(grain.Ping);
        Assert.Equal("no such state", caught.Message);

        host.Witness.Order("fail activation of one", false);

        Assert.Equal(2, await grain.Activation());
    }

    [Fact]
    public async Task Calls_that_wait_for_an_activation_fail_with_it()
    {
        await using var host = await EngineHost.Start();
        var grain = host.Grains.GetGrain<IProbeGrain>("one");
        host.Witness.Order("hold activation of one");
        host.Witness.Order("fail activation of one");
        var calls = Enumerable.Range(0, 3).Select(_ => grain.Ping()).ToList();
        await host.Witness.Heard("holding activation of one");

        host.Witness.Open("activation of one");

        foreach (var call in calls) await Assert.ThrowsAsync<FormatException>(() => call);
    }

    [Fact]
    public async Task A_constructor_that_throws_fails_the_call()
    {
        await using var host = await EngineHost.Start();

        await Assert.ThrowsAnyAsync<Exception>(() => host.Grains.GetGrain<IUnbornGrain>(1).Ping()).WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_grain_that_deactivates_on_idle_ends_its_call_first_and_comes_back_new()
    {
        await using var host = await EngineHost.Start();
        var grain = host.Grains.GetGrain<IProbeGrain>("one");
        var leaving = grain.Leave("gate");
        await host.Witness.Heard("holding gate");
        Assert.Equal(0, host.Witness.Count("deactivating one: ApplicationRequested"));

        host.Witness.Open("gate");
        await leaving;

        Assert.Equal(2, await grain.Activation());
        Assert.Equal(
            ["activated one", "holding gate", "released gate", "deactivating one: ApplicationRequested", "deactivated one", "activated one"],
            host.Witness.Log);
    }

    [Fact]
    public async Task Calls_that_come_while_an_activation_ends_wait_for_the_next()
    {
        await using var host = await EngineHost.Start();
        var grain = host.Grains.GetGrain<IProbeGrain>("one");
        host.Witness.Order("hold deactivation of one");
        await grain.Leave();
        await host.Witness.Heard("holding deactivation of one");
        host.Witness.Order("hold deactivation of one", false);

        var noted = grain.Note("noted");
        host.Witness.Open("deactivation of one");
        await noted;

        Assert.Equal(["deactivated one", "activated one", "noted"], host.Witness.Log.TakeLast(3));
    }

    [Fact]
    public async Task A_fault_while_deactivating_does_not_hurt_the_next_activation()
    {
        await using var host = await EngineHost.Start();
        var grain = host.Grains.GetGrain<IProbeGrain>("one");
        host.Witness.Order("fail deactivation of one");
        await grain.Leave();

        Assert.Equal(2, await grain.Activation());
    }

    [Fact]
    public async Task Deactivation_under_load_doubles_no_call_and_loses_none_unsaid()
    {
        await using var host = await EngineHost.Start();

        var answered = await Restlessness.Rule(host);

        // A call that met one leaving activation after another may have been refused: then it did not run.
        Assert.Equal(answered.Order(), host.Witness.Log.Order());
        Assert.InRange(answered.Count, Restlessness.Calls * 9 / 10, Restlessness.Calls);
        for (var caller = 0; caller < Restlessness.Callers; caller++)
            Assert.Equal(Of(caller, answered), Of(caller, host.Witness.Log));

        static IEnumerable<string> Of(int caller, IEnumerable<string> calls) => calls.Where(call => call.StartsWith($"{caller}/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_activation_that_takes_too_long_has_failed()
    {
        await using var host = await EngineHost.Start(new() { ActivationTimeout = EngineSettings.Soon });
        var grain = host.Grains.GetGrain<IProbeGrain>("one");
        host.Witness.Order("hold activation of one");
        var call = grain.Ping();
        await host.Witness.Heard("holding activation of one");
        host.Witness.Order("hold activation of one", false);

        host.Time.Advance(2 * EngineSettings.Soon);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await grain.Ping();
        host.Witness.Open("activation of one");
    }

    [Fact]
    public async Task A_deactivation_that_takes_too_long_is_waited_for_no_more()
    {
        await using var host = await EngineHost.Start(new() { DeactivationTimeout = EngineSettings.Soon });
        var grain = host.Grains.GetGrain<IProbeGrain>("one");
        host.Witness.Order("hold deactivation of one");
        await grain.Leave();
        await host.Witness.Heard("holding deactivation of one");
        host.Witness.Order("hold deactivation of one", false);
        var waiting = grain.Activation();

        host.Time.Advance(2 * EngineSettings.Soon);

        Assert.Equal(2, await waiting);
        host.Witness.Open("deactivation of one");
    }

    [Fact]
    public async Task A_grain_that_leaves_as_it_comes_serves_nothing()
    {
        await using var host = await EngineHost.Start();

        await Assert.ThrowsAsync<OrleansMessageRejectionException>(() => host.Grains.GetGrain<IFleetingGrain>(1).Ping());

        Assert.DoesNotContain("served", host.Witness.Log);
    }

    [Fact]
    public async Task A_grain_is_disposed_after_it_was_deactivated()
    {
        await using var host = await EngineHost.Start();

        await host.Grains.GetGrain<IRestlessGrain>("brief").Record("recorded", leave: true);

        await host.Witness.Heard("disposed brief");
    }
}
