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
    public Task<string> Read() => Task.FromResult(page.State.Text);

    public Task Write(string text)
    {
        page.State.Text = text;
        return page.WriteStateAsync();
    }

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
