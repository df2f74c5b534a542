namespace LStep.Conformance;

public sealed class ReferenceTests
{
    [Fact]
    public async Task A_grain_knows_its_key()
    {
        await using var host = await EngineHost.Start();
        var guid = Guid.Parse("7e1c5e0e-0a51-4b5c-8f0e-3f1d7c1f0a11");

        Assert.Equal("ключ / with spaces", await host.Grains.GetGrain<IStringKeyGrain>("ключ / with spaces").Key());
        Assert.Equal(-63, await host.Grains.GetGrain<IIntegerKeyGrain>(-63).Key());
        Assert.Equal(long.MaxValue, await host.Grains.GetGrain<IIntegerKeyGrain>(long.MaxValue).Key());
        Assert.Equal(guid, await host.Grains.GetGrain<IGuidKeyGrain>(guid).Key());
    }

    [Fact]
    public async Task A_reference_knows_the_key_too()
    {
        await using var host = await EngineHost.Start();
        var guid = Guid.Parse("7e1c5e0e-0a51-4b5c-8f0e-3f1d7c1f0a11");

        Assert.Equal("one", host.Grains.GetGrain<IStringKeyGrain>("one").GetPrimaryKeyString());
        Assert.Equal(63, host.Grains.GetGrain<IIntegerKeyGrain>(63).GetPrimaryKeyLong());
        Assert.Equal(guid, host.Grains.GetGrain<IGuidKeyGrain>(guid).GetPrimaryKey());
    }

    [Fact]
    public async Task References_to_one_grain_are_equal()
    {
        await using var host = await EngineHost.Start();
        var one = host.Grains.GetGrain<IStringKeyGrain>("one");

        Assert.Equal(one, host.Grains.GetGrain<IStringKeyGrain>("one"));
        Assert.Equal(one.GetHashCode(), host.Grains.GetGrain<IStringKeyGrain>("one").GetHashCode());
        Assert.NotEqual(one, host.Grains.GetGrain<IStringKeyGrain>("two"));
        Assert.NotEqual<object>(one, host.Grains.GetGrain<ICounterGrain>("one"));
    }

    [Fact]
    public async Task A_grain_id_is_type_and_key()
    {
        await using var host = await EngineHost.Start();

        Assert.Equal("stringkey/one", host.Grains.GetGrain<IStringKeyGrain>("one").GetGrainId().ToString());
        Assert.Equal("integerkey/3F", host.Grains.GetGrain<IIntegerKeyGrain>(63).GetGrainId().ToString());
        Assert.Equal("renamed/one", host.Grains.GetGrain<IRenamedGrain>("one").GetGrainId().ToString());
    }

    [Fact]
    public async Task A_grain_hands_out_a_reference_to_itself()
    {
        await using var host = await EngineHost.Start();
        var one = host.Grains.GetGrain<IStringKeyGrain>("one");

        Assert.Equal(one, await one.Myself());
        Assert.Equal("one", await (await one.Myself()).Key());
    }

    [Fact]
    public async Task A_reference_is_also_had_by_type_and_by_id()
    {
        await using var host = await EngineHost.Start();
        var one = host.Grains.GetGrain<IStringKeyGrain>("one");

        Assert.Equal(one, host.Grains.GetGrain(typeof(IStringKeyGrain), "one"));
        Assert.Equal("one", await host.Grains.GetGrain<IStringKeyGrain>(one.GetGrainId()).Key());
    }

    [Fact]
    public async Task Methods_an_interface_inherits_are_called_as_its_own()
    {
        await using var host = await EngineHost.Start();

        Assert.Equal("named by IRenamedGrain", await host.Grains.GetGrain<IRenamedGrain>("one").Name());
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData(null)]
    public async Task A_key_without_text_is_refused(string? key)
    {
        await using var host = await EngineHost.Start();

        Assert.ThrowsAny<ArgumentException>(() => host.Grains.GetGrain<IStringKeyGrain>(key!));
    }

    [Fact]
    public async Task An_interface_that_no_class_implements_is_refused()
    {
        await using var host = await EngineHost.Start();

        Assert.Throws<ArgumentException>(() => host.Grains.GetGrain<INobodysGrain>("one"));
    }

    [Fact]
    public async Task An_interface_of_two_classes_needs_the_name_of_one()
    {
        await using var host = await EngineHost.Start();

        Assert.Throws<ArgumentException>(() => host.Grains.GetGrain<IAnimalGrain>("one"));
        Assert.Equal("miau", await host.Grains.GetGrain<IAnimalGrain>("one", typeof(CatGrain).FullName).Sound());
        Assert.Equal("wuff", await host.Grains.GetGrain<IAnimalGrain>("one", typeof(DogGrain).FullName).Sound());
    }

    [Fact]
    public async Task What_the_caller_put_into_the_request_context_travels_on_and_not_back()
    {
        await using var host = await EngineHost.Start();
        RequestContext.Set("who", "anna");

        Assert.Equal("anna", await host.Grains.GetGrain<IContextGrain>(2).Who());
        Assert.Equal("anna", RequestContext.Get("who"));

        RequestContext.Clear();
        Assert.Null(await host.Grains.GetGrain<IContextGrain>(2).Who());
    }

    [Fact]
    public async Task Interfaces_and_grains_may_be_internal()
    {
        await using var host = await EngineHost.Start();

        Assert.Equal(new Hidden(1), await host.Grains.GetGrain<IHiddenGrain>("one").Show(new(1)));
    }

    [Fact]
    public async Task Services_and_the_context_are_injected()
    {
        await using var host = await EngineHost.Start();

        Assert.Equal("renamed/injected", await host.Grains.GetGrain<IRenamedGrain>("injected").ContextId());
    }
}
