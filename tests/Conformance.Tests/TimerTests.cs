namespace LStep.Conformance;

public sealed class TimerTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1), Never = Timeout.InfiniteTimeSpan;

    [Fact]
    public async Task A_timer_ticks_when_due_and_then_each_period()
    {
        await using var host = await EngineHost.Start();
        await host.Grains.GetGrain<ITimerGrain>("one").StartTimer("clock", 2 * Second, 3 * Second);

        host.Time.Advance(1.9 * Second);
        Assert.Equal(0, host.Witness.Count("clock ticks"));
        host.Time.Advance(0.1 * Second);
        await host.Witness.Heard("clock ticks");
        for (var tick = 2; tick <= 4; tick++)
        {
            await host.Time.TimerDueIn(3 * Second);
            host.Time.Advance(3 * Second);
            await host.Witness.Heard("clock ticks", tick);
        }
    }

    [Fact]
    public async Task A_timer_without_a_period_ticks_once()
    {
        await using var host = await EngineHost.Start();
        var grain = host.Grains.GetGrain<ITimerGrain>("one");
        await grain.StartTimer("once", Second, Never);
        await grain.StartTimer("clock", 10 * Second, Never);

        host.Time.Advance(Second);
        await host.Witness.Heard("once ticks");
        host.Time.Advance(9 * Second);
        await host.Witness.Heard("clock ticks");

        Assert.Equal(1, host.Witness.Count("once ticks"));
    }

    [Fact]
    public async Task A_tick_waits_for_the_call_that_is_running()
    {
        await using var host = await EngineHost.Start();
        var grain = host.Grains.GetGrain<ITimerGrain>("one");
        await grain.StartTimer("clock", Second, Never);
        var held = grain.Hold("gate");
        await host.Witness.Heard("holding gate");

        host.Time.Advance(Second);
        host.Witness.Open("gate");
        await held;
        await host.Witness.Heard("clock ticks");

        Assert.Equal(["holding gate", "released gate", "clock ticks"], host.Witness.Log);
    }

    [Fact]
    public async Task A_call_waits_for_the_tick_that_is_running()
    {
        await using var host = await EngineHost.Start();
        var grain = host.Grains.GetGrain<ITimerGrain>("one");
        await grain.StartTimer("clock", Second, Never, gate: "tick");
        host.Time.Advance(Second);
        await host.Witness.Heard("holding tick");
        host.Witness.Open("gate");
        var held = grain.Hold("gate");

        host.Witness.Open("tick");
        await held;

        Assert.Equal(["clock ticks", "holding tick", "released tick", "holding gate", "released gate"], host.Witness.Log);
    }

    [Fact]
    public async Task An_interleaving_tick_passes_the_call_that_is_running()
    {
        await using var host = await EngineHost.Start();
        var grain = host.Grains.GetGrain<ITimerGrain>("one");
        await grain.StartTimer("clock", Second, Never, interleave: true);
        var held = grain.Hold("gate");
        await host.Witness.Heard("holding gate");

        host.Time.Advance(Second);
        await host.Witness.Heard("clock ticks");

        host.Witness.Open("gate");
        await held;
    }

    [Fact]
    public async Task Ticks_of_a_timer_never_overlap()
    {
        await using var host = await EngineHost.Start();
        await host.Grains.GetGrain<ITimerGrain>("one").StartTimer("clock", Second, Second, interleave: true, gate: "tick");
        host.Time.Advance(Second);
        await host.Witness.Heard("holding tick");

        host.Time.Advance(10 * Second);
        host.Witness.Open("tick");
        await host.Time.TimerDueIn(Second);

        Assert.Equal(1, host.Witness.Count("clock ticks"));
    }

    [Fact]
    public async Task A_disposed_timer_ticks_no_more()
    {
        await using var host = await EngineHost.Start();
        var grain = host.Grains.GetGrain<ITimerGrain>("one");
        await grain.StartTimer("stopped", Second, Second);
        await grain.StopTimer("stopped");
        await grain.StartTimer("clock", 5 * Second, Never);

        host.Time.Advance(5 * Second);
        await host.Witness.Heard("clock ticks");

        Assert.Equal(0, host.Witness.Count("stopped ticks"));
    }

    [Fact]
    public async Task A_tick_is_told_when_its_timer_is_disposed()
    {
        await using var host = await EngineHost.Start();
        var grain = host.Grains.GetGrain<ITimerGrain>("one");
        await grain.StartTimer("clock", Second, Second, interleave: true, gate: "tick");
        host.Time.Advance(Second);
        await host.Witness.Heard("holding tick");

        await grain.StopTimer("clock");

        await host.Witness.Heard("clock is told to end");
        host.Witness.Open("tick");
    }

    [Fact]
    public async Task A_changed_timer_keeps_to_its_new_times()
    {
        await using var host = await EngineHost.Start();
        var grain = host.Grains.GetGrain<ITimerGrain>("one");
        await grain.StartTimer("clock", Second, Second);
        await grain.ChangeTimer("clock", 10 * Second, 20 * Second);

        host.Time.Advance(9 * Second);
        Assert.Equal(0, host.Witness.Count("clock ticks"));
        host.Time.Advance(Second);
        await host.Witness.Heard("clock ticks");
        await host.Time.TimerDueIn(20 * Second);
    }

    [Fact]
    public async Task A_tick_that_fails_does_not_end_its_timer()
    {
        await using var host = await EngineHost.Start();
        await host.Grains.GetGrain<ITimerGrain>("one").StartFailingTimer(Second);

        for (var tick = 1; tick <= 3; tick++)
        {
            await host.Time.TimerDueIn(Second);
            host.Time.Advance(Second);
            await host.Witness.Heard("fails", tick);
        }
    }

    [Fact]
    public async Task A_tick_that_waits_at_a_full_mailbox_is_not_lost()
    {
        await using var host = await EngineHost.Start(new() { MaxEnqueuedRequests = 2 });
        var grain = host.Grains.GetGrain<ITimerGrain>("one");
        await grain.StartTimer("clock", Second, Never);
        var calls = Enumerable.Range(0, 10).Select(_ => grain.Hold("gate")).ToList();
        await Assert.ThrowsAsync<LimitExceededException>(async () => await await Task.WhenAny(calls));

        host.Time.Advance(Second);
        host.Witness.Open("gate");

        await host.Witness.Heard("clock ticks");
        await Task.WhenAll(calls).ContinueWith(_ => { }, TaskScheduler.Default);
    }

    [Fact]
    public async Task A_time_that_timers_cannot_wait_is_refused()
    {
        await using var host = await EngineHost.Start();
        var grain = host.Grains.GetGrain<ITimerGrain>("one");

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => grain.StartTimer("negative", -2 * Second, Second));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => grain.StartTimer("far", TimeSpan.FromDays(50), Never));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => grain.StartTimer("slow", Second, TimeSpan.FromDays(50)));
    }

    [Fact]
    public async Task A_timer_ends_with_its_activation()
    {
        await using var host = await EngineHost.Start();
        var grain = host.Grains.GetGrain<ITimerGrain>("one");
        await grain.StartTimer("former", Second, Second);
        await grain.Leave();
        await grain.StartTimer("clock", 5 * Second, Never);

        host.Time.Advance(5 * Second);
        await host.Witness.Heard("clock ticks");

        Assert.Equal(0, host.Witness.Count("former ticks"));
    }

    [Fact]
    public async Task A_tick_left_waiting_by_an_activation_does_not_run_in_the_next()
    {
        await using var host = await EngineHost.Start();
        var grain = host.Grains.GetGrain<ITimerGrain>("one");
        await grain.StartTimer("former", Second, Second);
        var held = grain.Hold("gate");
        await host.Witness.Heard("holding gate");
        var leaving = grain.Leave();
        host.Time.Advance(Second); // the tick waits behind Leave

        host.Witness.Open("gate");
        await Task.WhenAll(held, leaving);
        await grain.StopTimerOfNext(host);

        // The activation it was meant for may still serve it before its end.
        Assert.DoesNotContain("former ticks", host.Witness.Log.SkipWhile(said => said != "timers end: ApplicationRequested"));
    }
}

file static class Next
{
    /// <summary>Two calls served by the next activation: whatever waited before them has run.</summary>
    public static async Task StopTimerOfNext(this ITimerGrain grain, EngineHost host)
    {
        await grain.StartTimer("next", TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan);
        await grain.StopTimer("next");
        await host.Witness.Heard("timers end: ApplicationRequested");
    }
}
