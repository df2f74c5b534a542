namespace LStep.Grains.Campaigns.Templates;

/// <summary>A template as written: lines of "name: value" between two lines of "---", then the body. Both are Liquid.</summary>
/// <param name="Path">From the folder of templates, as "welcome_back/1.en.in_app.liquid".</param>
/// <param name="BodyLine">The line of the file at which the body begins.</param>
public sealed record TemplateFile(string Path, IReadOnlyList<TemplateValue> Head, string Body, int BodyLine)
{
    private const string Fence = "---";

    /// <exception cref="TemplateException">The block on top is not closed, or a line of it has no colon.</exception>
    public static TemplateFile Parse(string path, string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        if (lines[0] != Fence) return new TemplateFile(path, [], string.Join('\n', lines), 1);
        var end = Array.IndexOf(lines, Fence, 1);
        if (end < 0) throw new TemplateException($"{path}, line 1: the block that begins with {Fence} is not closed.");
        var head = new List<TemplateValue>();
        for (var index = 1; index < end; index++)
        {
            if (string.IsNullOrWhiteSpace(lines[index])) continue;
            var colon = lines[index].IndexOf(':');
            if (colon < 0) throw new TemplateException($"{path}, line {index + 1}: not of the form \"name: value\".");
            head.Add(new TemplateValue(lines[index][..colon].Trim(), lines[index][(colon + 1)..].Trim(), index + 1));
        }
        return new TemplateFile(path, head, string.Join('\n', lines[(end + 1)..]), end + 2);
    }

    public string? Value(string name) => Head.FirstOrDefault(value => value.Name == name)?.Text;
}

/// <summary>One line of the block on top of a template, such as its subject.</summary>
public sealed record TemplateValue(string Name, string Text, int Line);
