namespace LStep.Conformance;

public sealed class IdlenessTests
{
    [Fact]
    public async Task An_idle_grain_is_deactivated_and_comes_back()
    {
        await using var host = await EngineHost.Start();
        var grain = host.Grains.GetGrain<IProbeGrain>("one");
        await grain.Ping();

        await host.CollectIdle();
        await host.Witness.Heard("deactivating one: ActivationIdle");

        Assert.Equal(2, await grain.Activation());
    }

    [Fact]
    public async Task A_grain_with_a_call_under_way_is_not_idle()
    {
        await using var host = await EngineHost.Start(new() { ResponseTimeout = TimeSpan.FromDays(1) });
        var busy = host.Grains.GetGrain<IProbeGrain>("busy");
        await host.Grains.GetGrain<IProbeGrain>("idle").Ping();
        var held = busy.Hold("gate");
        await host.Witness.Heard("holding gate");

        await host.CollectIdle();
        await host.Witness.Heard("deactivated idle");

        host.Witness.Open("gate");
        await held;
        Assert.Equal(1, await busy.Activation());
    }

    [Fact]
    public async Task A_grain_that_delayed_its_deactivation_stays()
    {
        await using var host = await EngineHost.Start();
        var grain = host.Grains.GetGrain<IProbeGrain>("one");
        await grain.StayFor(TimeSpan.FromHours(1));
        await host.Grains.GetGrain<IProbeGrain>("idle").Ping();

        await host.CollectIdle();
        await host.Witness.Heard("deactivated idle");
        Assert.Equal(1, await grain.Activation());
        Assert.Equal(0, host.Witness.Count("deactivated one"));
    }

    [Fact]
    public async Task A_delay_taken_back_delays_no_more()
    {
        await using var host = await EngineHost.Start();
        var grain = host.Grains.GetGrain<IProbeGrain>("one");
        await grain.StayFor(Timeout.InfiniteTimeSpan);
        await grain.StayFor(TimeSpan.Zero);

        await host.CollectIdle();

        await host.Witness.Heard("deactivated one");
    }
}
