namespace LStep.Conformance;

/// <summary>What the embedded engine promises beyond Orleans: a bound on activations, idleness by a clock that tests can move, the order of calls.</summary>
public sealed class BoundTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Past_the_bound_the_least_recently_used_activations_go()
    {
        await using var host = await EngineHost.Start(new() { MaxActivations = 3 });
        foreach (var key in new[] { "a", "b", "c", "a" })
        {
            await host.Grains.GetGrain<IProbeGrain>(key).Ping();
            host.Time.Advance(TimeSpan.FromSeconds(1));
        }

        await host.Grains.GetGrain<IProbeGrain>("d").Ping();
        await host.Witness.Heard("deactivating b: RuntimeRequested");
        Assert.Equal(3, host.ActivationCount);

        await host.Grains.GetGrain<IProbeGrain>("e").Ping();
        await host.Witness.Heard("deactivating c: RuntimeRequested");
        Assert.Equal(0, host.Witness.Count("deactivating a: RuntimeRequested"));
    }

    [Fact]
    public async Task A_flood_of_keys_ends_near_the_bound_and_every_call_is_answered()
    {
        await using var host = await EngineHost.Start(new() { MaxActivations = 100 });

        var answers = await Task.WhenAll(Enumerable.Range(0, 5000).Select(key => host.Grains.GetGrain<IIntegerKeyGrain>(key).Key()));
        Assert.Equal(Enumerable.Range(0, 5000).Select(key => (long)key), answers);

        await host.Grains.GetGrain<IIntegerKeyGrain>(5000).Key();
        Assert.InRange(host.ActivationCount, 1, 101);
    }

    [Fact]
    public async Task A_class_may_have_an_age_of_its_own()
    {
        await using var host = await EngineHost.Start();
        await host.Grains.GetGrain<IPatientGrain>("patient").Ping();
        await host.Grains.GetGrain<IProbeGrain>("one").Ping();

        await host.CollectIdle();
        await host.Witness.Heard("deactivated one");
        Assert.Equal(1, host.ActivationCount);

        host.Time.Advance(TimeSpan.FromHours(2));
        await host.Witness.Heard("patience is over");
    }

    [Fact]
    public async Task Ticks_of_a_timer_do_not_keep_its_grain_awake()
    {
        await using var host = await EngineHost.Start();
        await host.Grains.GetGrain<ITimerGrain>("one").StartTimer("clock", Minute, Minute);

        for (var minute = 1; minute <= 14; minute++)
        {
            await host.Time.TimerDueIn(Minute);
            host.Time.Advance(Minute);
            await host.Witness.Heard("clock ticks", minute);
        }
        host.Time.Advance(2 * Minute);

        await host.Witness.Heard("timers end: ActivationIdle");
    }

    [Fact]
    public async Task Ticks_of_a_timer_that_keeps_alive_do()
    {
        await using var host = await EngineHost.Start();
        await host.Grains.GetGrain<ITimerGrain>("one").StartTimer("clock", Minute, Minute, keepAlive: true);

        for (var minute = 1; minute <= 40; minute++)
        {
            await host.Time.TimerDueIn(Minute);
            host.Time.Advance(Minute);
            await host.Witness.Heard("clock ticks", minute);
        }

        Assert.Equal(0, host.Witness.Count("timers end: ActivationIdle"));
    }

    [Fact]
    public async Task A_timeout_in_a_cycle_names_the_whole_chain()
    {
        await using var host = await EngineHost.Start();
        var call = host.Grains.GetGrain<ILinkGrain>(1).Follow(2, 1);
        await host.Witness.Heard("2 waits for 1");

        host.ExpireCalls();

        var timeout = await Assert.ThrowsAsync<TimeoutException>(() => call);
        Assert.EndsWith(
            "a caller outside of grains → link/1 (ILinkGrain.Follow) → link/2 (ILinkGrain.Follow) → link/1 (ILinkGrain.Follow) → which is in this chain already: a cycle of calls waits for itself",
            timeout.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_call_is_refused_because_its_grain_keeps_leaving()
    {
        await using var host = await EngineHost.Start();

        Assert.Equal(Restlessness.Calls, (await Restlessness.Rule(host)).Count);
    }

    [Fact]
    public async Task Calls_of_one_caller_run_in_order_also_where_the_grain_is_activated_by_them()
    {
        await using var host = await EngineHost.Start();
        var counter = host.Grains.GetGrain<ICounterGrain>("one");

        await Task.WhenAll(Enumerable.Range(0, 500).Select(counter.Append));

        Assert.Equal(Enumerable.Range(0, 500), await counter.Appended());
    }

    [Fact]
    public async Task A_writing_call_waits_for_all_read_only_ones()
    {
        await using var host = await EngineHost.Start();
        var grain = host.Grains.GetGrain<IProbeGrain>("one");
        var (first, second) = (grain.HoldReading("first"), grain.HoldReading("second"));
        await host.Witness.Heard("holding second");
        host.Witness.Open("first");
        await first;
        var written = grain.Note("written");

        host.Witness.Open("second");
        await Task.WhenAll(second, written);

        Assert.Equal(["released second", "written"], host.Witness.Log.TakeLast(2));
    }
}
