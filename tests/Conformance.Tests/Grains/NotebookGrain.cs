namespace LStep.Conformance;

[GenerateSerializer, Alias("conformance.page")]
public sealed class Page
{
    [Id(0)] public string Text { get; set; } = "blank";
}

public interface INotebookGrain : IGrainWithStringKey
{
    Task<string> Read();

    Task Write(string text);

    /// <summary>One write after another, without waiting in between.</summary>
    Task WriteAtOnce(params string[] texts);

    /// <summary>Remembers it in memory only.</summary>
    Task Think(string thought);

    Task<string?> Thought();

    /// <summary>Into the notebook of that name.</summary>
    Task WriteThrough(string notebook, string text);

    Task Clear();

    Task<bool> Exists();

    /// <summary>The second state of the grain, in another store.</summary>
    Task<string> ReadMargin();

    Task WriteMargin(string text);

    Task Leave();
}

public sealed class NotebookGrain(
    [PersistentState("page")] IPersistentState<Page> page,
    [PersistentState("margin", "progress")] IPersistentState<Page> margin) : Grain, INotebookGrain
{
    private string? _thought;

    public Task<string> Read() => Task.FromResult(page.State.Text);

    public Task Write(string text)
    {
        page.State.Text = text;
        return page.WriteStateAsync();
    }

    public Task WriteAtOnce(params string[] texts) => Task.WhenAll(texts.Select(Write));

    public Task Think(string thought)
    {
        _thought = thought;
        return Task.CompletedTask;
    }

    public Task<string?> Thought() => Task.FromResult(_thought);

    public Task WriteThrough(string notebook, string text) => GrainFactory.GetGrain<INotebookGrain>(notebook).Write(text);

    public Task Clear() => page.ClearStateAsync();

    public Task<bool> Exists() => Task.FromResult(page.RecordExists);

    public Task<string> ReadMargin() => Task.FromResult(margin.State.Text);

    public Task WriteMargin(string text)
    {
        margin.State.Text = text;
        return margin.WriteStateAsync();
    }

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
