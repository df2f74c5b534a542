namespace LStep.Conformance;

public sealed class InterleavingTests
{
    [Fact]
    public async Task A_call_waits_until_the_one_before_has_answered()
    {
        await using var host = await EngineHost.Start();
        var grain = host.Grains.GetGrain<IProbeGrain>("one");
        var held = grain.Hold("gate");
        await host.Witness.Heard("holding gate");
        var noted = grain.Note("noted");

        host.Witness.Open("gate");
        await Task.WhenAll(held, noted);

        Assert.True(Index(host, "released gate") < Index(host, "noted"));
    }

    [Fact]
    public async Task An_always_interleaving_call_passes_one_that_awaits_and_all_that_wait()
    {
        await using var host = await EngineHost.Start();
        var grain = host.Grains.GetGrain<IProbeGrain>("one");
        var held = grain.Hold("gate");
        await host.Witness.Heard("holding gate");
        var noted = grain.Note("noted");

        await grain.Interleave("passed");

        Assert.False(noted.IsCompleted);
        host.Witness.Open("gate");
        await Task.WhenAll(held, noted);
        Assert.True(Index(host, "passed") < Index(host, "noted"));
    }

    [Fact]
    public async Task Read_only_calls_interleave_with_each_other()
    {
        await using var host = await EngineHost.Start();
        var grain = host.Grains.GetGrain<IProbeGrain>("one");
        var held = grain.HoldReading("gate");
        await host.Witness.Heard("holding gate");

        await grain.NoteReading("read");

        host.Witness.Open("gate");
        await held;
    }

    [Fact]
    public async Task A_read_only_call_waits_for_a_writing_one()
    {
        await using var host = await EngineHost.Start();
        var grain = host.Grains.GetGrain<IProbeGrain>("one");
        var held = grain.Hold("gate");
        await host.Witness.Heard("holding gate");
        var read = grain.NoteReading("read");

        host.Witness.Open("gate");
        await Task.WhenAll(held, read);

        Assert.True(Index(host, "released gate") < Index(host, "read"));
    }

    [Fact]
    public async Task A_writing_call_waits_for_a_read_only_one()
    {
        await using var host = await EngineHost.Start();
        var grain = host.Grains.GetGrain<IProbeGrain>("one");
        var held = grain.HoldReading("gate");
        await host.Witness.Heard("holding gate");
        var written = grain.Note("written");

        host.Witness.Open("gate");
        await Task.WhenAll(held, written);

        Assert.True(Index(host, "released gate") < Index(host, "written"));
    }

    [Fact]
    public async Task Calls_of_a_reentrant_grain_interleave_at_awaits()
    {
        await using var host = await EngineHost.Start();
        var grain = host.Grains.GetGrain<IReentrantGrain>(1);
        var held = grain.Hold("gate");
        await host.Witness.Heard("holding gate");

        await grain.Note("in between");

        host.Witness.Open("gate");
        await held;
    }

    [Fact]
    public async Task A_reentrant_grain_still_runs_one_turn_at_a_time()
    {
        await using var host = await EngineHost.Start();
        var grain = host.Grains.GetGrain<IReentrantGrain>(1);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => grain.Count(50))));

        Assert.Equal(1000, await grain.Counted());
    }

    [Fact]
    public async Task A_reentrant_grain_can_be_called_back()
    {
        await using var host = await EngineHost.Start();

        Assert.Equal(42, await host.Grains.GetGrain<IReentrantGrain>(1).ThereAndBack());
    }

    private static int Index(EngineHost host, string said) => host.Witness.Log.ToList().IndexOf(said);
}
