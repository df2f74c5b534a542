namespace LStep.Conformance;

public sealed class FailureTests
{
    [Theory]
    [InlineData("at once")]
    [InlineData("after an await")]
    [InlineData("as a faulted task")]
    public async Task An_exception_reaches_the_caller_with_its_type_message_and_data(string how)
    {
        await using var host = await EngineHost.Start();

        var caught = await Assert.ThrowsAsync<OddException>(() => host.Grains.GetGrain<IFaultyGrain>(1).Throw(how));

        Assert.Equal($"odd {how}", caught.Message);
        Assert.Equal(7, caught.Number);
    }

    [Fact]
    public async Task An_exception_tells_where_in_the_grain_it_was_thrown()
    {
        await using var host = await EngineHost.Start();

        var caught = await Assert.ThrowsAsync<OddException>(() => host.Grains.GetGrain<IFaultyGrain>(1).Throw("after an await"));

        Assert.Contains(nameof(FaultyGrain.ThrowLater), caught.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exception_passes_through_the_grains_between()
    {
        await using var host = await EngineHost.Start();

        await Assert.ThrowsAsync<OddException>(() => host.Grains.GetGrain<IFaultyGrain>(1).ThrowThrough(5));
    }

    [Fact]
    public async Task A_value_task_answers_and_fails_as_a_task_does()
    {
        await using var host = await EngineHost.Start();
        var grain = host.Grains.GetGrain<IFaultyGrain>(1);

        Assert.Equal(3, await grain.Half(6));
        await grain.Check(6);
        await Assert.ThrowsAsync<OddException>(async () => await grain.Half(5));
        await Assert.ThrowsAsync<OddException>(async () => await grain.Check(5));
    }

    [Fact]
    public async Task A_failed_call_leaves_the_activation_and_its_memory_as_they_are()
    {
        await using var host = await EngineHost.Start();
        var grain = host.Grains.GetGrain<IFaultyGrain>(1);

        await Assert.ThrowsAsync<OddException>(() => grain.Throw("at once"));
        await Assert.ThrowsAsync<OddException>(() => grain.Throw("after an await"));

        Assert.Equal(2, await grain.Thrown());
    }
}
