namespace LStep.Conformance;

public sealed class TurnTests
{
    [Fact]
    public async Task A_thousand_calls_at_once_lose_no_update()
    {
        await using var host = await EngineHost.Start();
        var counter = host.Grains.GetGrain<ICounterGrain>("one");

        await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => Task.Run(counter.AddSlowly)));

        Assert.Equal(1000, await counter.Read());
    }

    [Fact]
    public async Task Calls_of_one_caller_to_an_active_grain_run_in_the_order_they_were_sent()
    {
        await using var host = await EngineHost.Start();
        var counter = host.Grains.GetGrain<ICounterGrain>("one");
        await counter.Read();

        await Task.WhenAll(Enumerable.Range(0, 500).Select(counter.Append));

        Assert.Equal(Enumerable.Range(0, 500), await counter.Appended());
    }

    [Fact]
    public async Task Grains_of_different_keys_do_not_wait_for_each_other()
    {
        await using var host = await EngineHost.Start();
        var held = host.Grains.GetGrain<IProbeGrain>("held").Hold("gate");
        await host.Witness.Heard("holding gate");

        await host.Grains.GetGrain<IProbeGrain>("other").Ping();

        host.Witness.Open("gate");
        await held;
    }

    [Fact]
    public async Task Parts_awaited_together_inside_a_grain_run_one_turn_at_a_time()
    {
        await using var host = await EngineHost.Start();
        var counter = host.Grains.GetGrain<ICounterGrain>("one");

        await counter.AddInParts(50);

        Assert.Equal(1000, await counter.Read());
    }

    [Fact]
    public async Task Code_stays_in_the_grain_over_awaits_and_leaves_it_by_Task_Run_and_ConfigureAwait()
    {
        await using var host = await EngineHost.Start();

        var atHome = await host.Grains.GetGrain<ICounterGrain>("one").WhereAmI();

        Assert.Equal([true, false, true, true, false], atHome);
    }

    [Fact]
    public async Task A_call_that_waits_off_its_scheduler_still_keeps_others_waiting()
    {
        await using var host = await EngineHost.Start();
        var counter = host.Grains.GetGrain<ICounterGrain>("one");
        var held = counter.HoldElsewhere("gate");
        await host.Witness.Heard("holding gate");

        var reading = counter.Read();
        await host.Grains.GetGrain<ICounterGrain>("another").Read();
        Assert.False(reading.IsCompleted);

        host.Witness.Open("gate");
        await Task.WhenAll(held, reading);
    }

    [Fact]
    public async Task The_callers_code_never_runs_inside_the_grain_that_answered_it()
    {
        await using var host = await EngineHost.Start();

        var after = await Task.Run(async () =>
        {
            await host.Grains.GetGrain<IProbeGrain>("one").Ping();
            return TaskScheduler.Current;
        });

        Assert.Equal(TaskScheduler.Default, after);
    }

    [Fact]
    public async Task A_chain_of_three_hundred_grains_answers()
    {
        await using var host = await EngineHost.Start();

        Assert.Equal(300, await host.Grains.GetGrain<ILinkGrain>(300).Depth());
    }
}
