namespace LStep.Conformance;

/// <summary>Where Orleans is known to differ from the embedded engine: ARCHITECTURE.md lists it, and a version that changes it is noticed here.</summary>
public sealed class DifferenceTests
{
    [Fact]
    public async Task Arguments_and_results_are_copied()
    {
        await using var host = await EngineHost.Start();
        var counter = host.Grains.GetGrain<ICounterGrain>("one");
        int[] given = [1];

        var kept = await counter.Keep(given);
        (given[0], kept[0]) = (10, 100);

        Assert.Equal(1, await counter.SumOfKept());
    }

    [Fact]
    public async Task A_writing_call_waits_for_the_first_of_several_read_only_ones_and_not_for_the_rest()
    {
        await using var host = await EngineHost.Start();
        var grain = host.Grains.GetGrain<IProbeGrain>("one");
        await grain.Ping(); // calls keep their order to an active grain only
        var (first, second) = (grain.HoldReading("first"), grain.HoldReading("second"));
        await host.Witness.Heard("holding first");
        await host.Witness.Heard("holding second");
        host.Witness.Open("first");
        await first;

        await grain.Note("written");

        Assert.False(second.IsCompleted);
        host.Witness.Open("second");
        await second;
    }
}
