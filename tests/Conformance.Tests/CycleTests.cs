namespace LStep.Conformance;

public sealed class CycleTests
{
    [Fact]
    public async Task A_cycle_of_calls_times_out_and_the_message_names_its_grains()
    {
        await using var host = await EngineHost.Start(new() { ResponseTimeout = EngineSettings.Soon });

        var call = host.Grains.GetGrain<ILinkGrain>(1).Follow(2, 1);
        await host.Witness.Heard("2 waits for 1");
        host.ExpireCalls();

        var timeout = await Assert.ThrowsAsync<TimeoutException>(() => call);
        Assert.Contains("link/1", timeout.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_grain_that_waits_for_itself_times_out()
    {
        await using var host = await EngineHost.Start(new() { ResponseTimeout = EngineSettings.Soon });

        var call = host.Grains.GetGrain<ILinkGrain>(1).Follow(1);
        await host.Witness.Heard("1 waits for 1");
        host.ExpireCalls();

        await Assert.ThrowsAsync<TimeoutException>(() => call);
    }

    [Fact]
    public async Task After_a_cycle_timed_out_its_grains_answer_again()
    {
        await using var host = await EngineHost.Start(new() { ResponseTimeout = EngineSettings.Soon });
        var grain = host.Grains.GetGrain<ILinkGrain>(1);
        var call = grain.Follow(2, 3, 1);
        await host.Witness.Heard("3 waits for 1");
        host.ExpireCalls();
        await Assert.ThrowsAsync<TimeoutException>(() => call);
        await host.Witness.Heard("1 waits no more for 2");

        await grain.Follow(2);
    }
}
