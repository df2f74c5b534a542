namespace LStep.Conformance;

public sealed class StoppingTests
{
    [Fact]
    public async Task Stopping_deactivates_every_grain_and_says_why()
    {
        var host = await EngineHost.Start();
        await host.Grains.GetGrain<IProbeGrain>("one").Ping();
        await host.Grains.GetGrain<IProbeGrain>("two").Ping();

        await host.DisposeAsync();

        Assert.Equal(1, host.Witness.Count("deactivating one: ShuttingDown"));
        Assert.Equal(1, host.Witness.Count("deactivated two"));
    }

    [Fact]
    public async Task Stopping_waits_for_the_calls_that_are_running()
    {
        var host = await EngineHost.Start();
        var held = host.Grains.GetGrain<IProbeGrain>("one").Hold("gate");
        await host.Witness.Heard("holding gate");

        var stopping = host.DisposeAsync();
        Assert.False(stopping.IsCompleted);
        host.Witness.Open("gate");
        await stopping;

        await held;
        Assert.Equal(["released gate", "deactivating one: ShuttingDown", "deactivated one"], host.Witness.Log.TakeLast(3));
    }

    [Fact]
    public async Task Calls_after_the_stop_are_refused()
    {
        await using var host = await EngineHost.Start();
        var grain = host.Grains.GetGrain<IProbeGrain>("one");
        await grain.Ping();

        await host.Stop();

        await Assert.ThrowsAsync<SiloUnavailableException>(grain.Ping);
    }
}
