namespace LStep.Grains.Campaigns.Templates;

/// <summary>A template of one message, parsed: its values on top, its body, and the text part of a mail.</summary>
internal sealed record MessageTemplate(
    TemplateFile File, IReadOnlyDictionary<string, LiquidText> Head, LiquidText Body, LiquidText? TextPart)
{
    /// <summary>What may stand on top of a template.</summary>
    private static readonly string[] Values = ["subject", "preheader", "attach", "title", "link"];

    public const string MailEnd = ".email.liquid", TextEnd = ".email.text.liquid";

    public static MessageTemplate Parse(TemplateFiles files, string path)
    {
        var file = TemplateFile.Parse(path, files.Text(path)!);
        var textPath = path.EndsWith(MailEnd, StringComparison.Ordinal) ? path[..^MailEnd.Length] + TextEnd : null;
        var body = LiquidText.Parse(file, file.Body, file.BodyLine);
        return new MessageTemplate(file, ParseHead(file), body, ParseText(files, textPath));
    }

    public static IReadOnlyDictionary<string, LiquidText> ParseHead(TemplateFile file)
    {
        var head = new Dictionary<string, LiquidText>(StringComparer.Ordinal);
        foreach (var value in file.Head)
        {
            if (!Values.Contains(value.Name))
                throw new TemplateException($"{file.Path}, line {value.Line}: {value.Name} is not among {string.Join(", ", Values)}.");
            head[value.Name] = LiquidText.Parse(file, value.Text, value.Line);
        }
        return head;
    }

    private static LiquidText? ParseText(TemplateFiles files, string? path)
    {
        if (path is null) return null;
        var text = files.Text(path) ?? throw new TemplateException($"{path} is missing: a mail needs its text part.");
        var file = TemplateFile.Parse(path, text);
        return LiquidText.Parse(file, file.Body, file.BodyLine);
    }
}
