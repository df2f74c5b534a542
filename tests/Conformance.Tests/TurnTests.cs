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
}
