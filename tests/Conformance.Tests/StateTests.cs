namespace LStep.Conformance;

public sealed class StateTests
{
    [Fact]
    public async Task A_state_never_written_is_new_and_does_not_exist()
    {
        await using var host = await EngineHost.Start();
        var notebook = host.Grains.GetGrain<INotebookGrain>("one");

        Assert.Equal("blank", await notebook.Read());
        Assert.False(await notebook.Exists());
    }

    [Fact]
    public async Task A_written_state_is_there_for_the_next_activation()
    {
        await using var host = await EngineHost.Start();
        var notebook = host.Grains.GetGrain<INotebookGrain>("one");
        await notebook.Write("first");
        await notebook.Write("second");
        await notebook.Leave();

        Assert.Equal("second", await notebook.Read());
        Assert.True(await notebook.Exists());
    }

    [Fact]
    public async Task A_written_state_outlives_the_process()
    {
        var host = await EngineHost.Start();
        await host.Grains.GetGrain<INotebookGrain>("one").Write("kept");

        await using var next = await host.Restart();

        Assert.Equal("kept", await next.Grains.GetGrain<INotebookGrain>("one").Read());
    }

    [Fact]
    public async Task A_cleared_state_is_new_again_and_can_be_written()
    {
        await using var host = await EngineHost.Start();
        var notebook = host.Grains.GetGrain<INotebookGrain>("one");
        await notebook.Write("first");

        await notebook.Clear();

        Assert.Equal("blank", await notebook.Read());
        Assert.False(await notebook.Exists());
        await notebook.Write("again");
        await notebook.Leave();
        Assert.Equal("again", await notebook.Read());
    }

    [Fact]
    public async Task States_of_one_grain_and_of_different_keys_are_apart()
    {
        await using var host = await EngineHost.Start();
        var notebook = host.Grains.GetGrain<INotebookGrain>("one");
        await notebook.Write("page");
        await notebook.WriteMargin("margin");
        await notebook.Leave();

        Assert.Equal("page", await notebook.Read());
        Assert.Equal("margin", await notebook.ReadMargin());
        Assert.Equal("blank", await host.Grains.GetGrain<INotebookGrain>("two").Read());
    }

    [Fact]
    public async Task A_state_written_by_someone_else_is_not_overwritten_and_the_grain_reads_anew()
    {
        await using var host = await EngineHost.Start();
        var notebook = host.Grains.GetGrain<INotebookGrain>("one");
        await notebook.Write("mine");
        await host.WriteStateElsewhere(notebook.GetGrainId(), "page", new Page { Text = "theirs" });

        await Assert.ThrowsAsync<Orleans.Storage.InconsistentStateException>(() => notebook.Write("mine again"));

        Assert.Equal("theirs", await notebook.Read());
        await notebook.Write("mine at last");
    }

    [Fact]
    public async Task Only_the_grain_whose_state_was_stale_starts_anew_and_not_the_one_that_called_it()
    {
        await using var host = await EngineHost.Start();
        var (called, caller) = (host.Grains.GetGrain<INotebookGrain>("called"), host.Grains.GetGrain<INotebookGrain>("caller"));
        await called.Think("of the called");
        await caller.Think("of the caller");
        await host.WriteStateElsewhere(called.GetGrainId(), "page", new Page { Text = "theirs" });

        await Assert.ThrowsAsync<Orleans.Storage.InconsistentStateException>(() => caller.WriteThrough("called", "mine"));

        Assert.Null(await called.Thought());
        Assert.Equal("of the caller", await caller.Thought());
    }

    [Fact]
    public async Task Writes_that_do_not_wait_for_each_other_are_written_one_after_another()
    {
        await using var host = await EngineHost.Start();
        var notebook = host.Grains.GetGrain<INotebookGrain>("one");

        await notebook.WriteAtOnce("first", "second", "third");
        await notebook.Leave();

        Assert.Equal("third", await notebook.Read());
    }
}
