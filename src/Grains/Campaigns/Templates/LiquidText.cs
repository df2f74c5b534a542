using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using Fluid;

namespace LStep.Grains.Campaigns.Templates;

/// <summary>One parsed text of a template, such as a subject or a body.</summary>
internal sealed partial class LiquidText
{
    private const int StepsMax = 20_000;
    private const int RecursionMax = 20;

    /// <summary>They read other files, write into variables without a bound, or turn escaping off.</summary>
    private static readonly string[] TagsLeftOut =
        ["capture", "cycle", "decrement", "from", "ifchanged", "include", "increment", "liquid", "macro", "raw", "render", "tablerow"];

    private static readonly TemplateOptions Options = Bounded();
    private static readonly FluidParser Parser = Sober();

    private readonly TemplateFile file;
    private readonly int line;
    private readonly IFluidTemplate template;

    private LiquidText(TemplateFile file, int line, IFluidTemplate template)
    {
        this.file = file;
        this.line = line;
        this.template = template;
    }

    /// <param name="line">Of the file, at which the text begins.</param>
    /// <param name="known">The variables there are; those of messages without it.</param>
    /// <exception cref="TemplateException">It is no Liquid, or names what does not exist; says the file, the line and the name.</exception>
    public static LiquidText Parse(TemplateFile file, string text, int line, VariableNames? known = null)
    {
        if (!Parser.TryParse(text, out var template, out var error))
            throw new TemplateException($"{file.Path}, line {line + LineOf(error) - 1}: {Place().Replace(error, "").Trim()}");
        foreach (var (what, name) in LiquidNames.Unknown(
            template, filter => Options.Filters.TryGetValue(filter, out _), known ?? VariableNames.Root))
        {
            var at = line + text[..Math.Max(0, Where(text, what, name))].Count(letter => letter == '\n');
            throw new TemplateException($"{file.Path}, line {at}: there is no {what} {name}.");
        }
        return new LiquidText(file, line, template);
    }

    /// <exception cref="TemplateException">It takes too many steps, too much room or too long.</exception>
    public string Render(TextEncoder encoder, Filling filling)
    {
        var context = new TemplateContext(Options);
        var own = filling with { Patience = new Patience(filling.Clock) };
        own.Into(context);
        using var output = new BoundedText(own.Patience);
        try
        {
            // Nothing that it calls waits for anything.
            template.RenderAsync(output, encoder, context).AsTask().GetAwaiter().GetResult();
        }
        catch (Exception trouble) when (trouble is not OutOfMemoryException)
        {
            var why = trouble is TemplateException ? trouble.Message : $"it cannot be rendered: {trouble.Message}";
            throw new TemplateException($"{file.Path}, from line {line}: {why}", trouble);
        }
        return output.ToString();
    }

    private static TemplateOptions Bounded()
    {
        var options = new TemplateOptions
        {
            MaxSteps = StepsMax, MaxRecursion = RecursionMax, StrictFilters = true, TimeZone = TimeZoneInfo.Utc,
            Now = static () => DateTimeOffset.UnixEpoch,
        };
        LiquidFilters.Choose(options.Filters);
        return options;
    }

    private static FluidParser Sober()
    {
        var parser = new FluidParser();
        foreach (var tag in TagsLeftOut) parser.RegisteredTags.Remove(tag);
        return parser;
    }

    private static int LineOf(string error) => Place().Match(error) is { Success: true } place ? int.Parse(place.Groups[1].ValueSpan) : 1;

    private static int Where(string text, string what, string name)
    {
        var pattern = what == "filter" ? $@"\|\s*{Regex.Escape(name)}\b" : $@"(?<![\w.]){Regex.Escape(name)}";
        return Regex.Match(text, pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)).Index;
    }

    [GeneratedRegex(@"\s*at \((\d+):\d+\)")]
    private static partial Regex Place();
}
