using LStep.Grains.Campaigns.Templates;

namespace LStep.Api.Hooks;

/// <summary>The values on top of a mapping file. What is wrong with one says file and line.</summary>
internal sealed class HookHead(TemplateFile file)
{
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);

    /// <summary>Null where there is none, or nothing behind its colon.</summary>
    public TemplateValue? Value(string name)
    {
        asked.Add(name);
        return file.Head.FirstOrDefault(value => value.Name == name) is { Text.Length: > 0 } found ? found : null;
    }

    public string? Text(string name) => Value(name)?.Text;

    public string Needed(string name, string why) =>
        Text(name) ?? throw new TemplateException($"{file.Path}, line 1: there is no {name}: {why}.");

    /// <summary>The first of the words without a value.</summary>
    public string OneOf(string name, params string[] words) => Text(name) is not { } text ? words[0]
        : words.Contains(text) ? text : throw Wrong(name, $"it is none of {string.Join(", ", words)}");

    public TemplateException Wrong(string name, string why)
    {
        var value = file.Head.First(each => each.Name == name);
        return new TemplateException($"{file.Path}, line {value.Line}: {name} is \"{value.Text}\": {why}.");
    }

    /// <exception cref="TemplateException">There is a value that nobody asked for.</exception>
    public void NothingElse()
    {
        foreach (var value in file.Head.Where(value => !asked.Contains(value.Name)))
            throw new TemplateException(
                $"{file.Path}, line {value.Line}: {value.Name} means nothing here; there are {string.Join(", ", asked.Order())}.");
    }
}
