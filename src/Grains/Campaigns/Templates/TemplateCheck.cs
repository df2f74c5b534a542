using System.Text.RegularExpressions;
using static LStep.Domain.Campaigning.Channels;

namespace LStep.Grains.Campaigns.Templates;

/// <param name="Code">unreadable, missing_variable, missing_translation, broken_link, missing_subject or does_not_render.</param>
/// <param name="Message">With file, line and name, where there is one.</param>
public sealed record TemplateProblem(string Code, string Message);

/// <summary>What is wrong with a set of templates, found before they are published.</summary>
public sealed partial class TemplateCheck(TemplateFiles files, TimeProvider clock, IReadOnlyCollection<string> locales)
{
    /// <summary>Where a link may lead: what the product or the campaign names, an attachment, or a page over https.</summary>
    private static readonly string[] LinkBeginnings = ["{{ links.", "{{ campaign.payload.", "cid:", "https://"];

    /// <param name="examples">Variables of customers, from one of whom everything is known to one of whom nothing is.</param>
    public IReadOnlyList<TemplateProblem> Run(IReadOnlyList<string> examples) =>
        [.. Paths.Where(path => Message().IsMatch(path)).SelectMany(Parts), .. Missing(), .. Unrendered(examples)];

    private IEnumerable<string> Paths => files.Paths.Order(StringComparer.Ordinal);

    /// <summary>What is wrong with one file, as far as the file alone shows it.</summary>
    internal IEnumerable<TemplateProblem> Parts(string path)
    {
        TemplateFile? file = null;
        var trouble = Trouble(() =>
        {
            file = TemplateFile.Parse(path, files.Text(path)!);
            MessageTemplate.ParseHead(file);
            LiquidText.Parse(file, file.Body, file.BodyLine);
        });
        if (trouble is not null) yield return trouble;
        if (file is null) yield break;
        var title = path.EndsWith(".mjml", StringComparison.Ordinal) || path.EndsWith(MessageTemplate.MailEnd, StringComparison.Ordinal)
            ? "subject" : "title";
        if (Titled().IsMatch(path) && string.IsNullOrEmpty(file.Value(title)))
            yield return new TemplateProblem("missing_subject", $"{path}, line 1: there is no {title}.");
        foreach (var problem in Links(file)) yield return problem;
    }

    private static IEnumerable<TemplateProblem> Links(TemplateFile file)
    {
        foreach (Match match in Link().Matches(file.Body))
        {
            var target = match.Groups[1].Value.Trim();
            if (Leads(target)) continue;
            var line = file.BodyLine + file.Body[..match.Index].Count(letter => letter == '\n');
            yield return new TemplateProblem("broken_link", $"{file.Path}, line {line}: a link leads to \"{target}\".");
        }
        foreach (var value in file.Head.Where(value => value.Name == "link" && !Leads(value.Text)))
            yield return new TemplateProblem("broken_link", $"{file.Path}, line {value.Line}: the link leads to \"{value.Text}\".");
    }

    private static bool Leads(string target) =>
        LinkBeginnings.Any(beginning => target.StartsWith(beginning, StringComparison.Ordinal) && target.Length > beginning.Length);

    /// <summary>A message that exists in one language exists in all of them.</summary>
    private IEnumerable<TemplateProblem> Missing() =>
        from path in Paths
        let match = Message().Match(path)
        where match.Success
        from locale in locales
        let other = $"{match.Groups[1].Value}.{locale}.{match.Groups[3].Value}"
        where files.Text(other) is null
        group path by other into absent
        select new TemplateProblem("missing_translation", $"{absent.Key} is missing: there is {absent.First()}.");

    private IEnumerable<TemplateProblem> Unrendered(IReadOnlyList<string> examples)
    {
        var templates = new MessageTemplates(files, clock);
        foreach (var path in Paths)
        {
            if (Compiled().Match(path) is not { Success: true } match || Named(match.Groups["channel"].Value) is not { } channel) continue;
            string Part(string name) => match.Groups[name].Value;
            var variant = Part("variant") is { Length: > 0 } named ? named : null;
            foreach (var example in examples)
            {
                var input = new TemplateInput(
                    Part("campaign"), int.Parse(Part("step")), variant, channel, Part("locale"), example);
                if (Trouble(() => templates.Render(input)) is { } trouble) yield return trouble with { Code = "does_not_render" };
            }
        }
    }

    internal static TemplateProblem? Trouble(Action attempt)
    {
        try
        {
            attempt();
            return null;
        }
        catch (TemplateException trouble)
        {
            var isVariable = trouble.Message.Contains("there is no variable", StringComparison.Ordinal);
            return new TemplateProblem(isVariable ? "missing_variable" : "unreadable", trouble.Message);
        }
    }

    /// <summary>CAMPAIGN/STEP[-VARIANT].LOCALE.KIND, where the kind is mjml for the source of a mail.</summary>
    [GeneratedRegex(@"^([a-z0-9_]+/\d{1,2}(?:-[a-z0-9_]+)?)\.([a-z-]+)\.(.+)$")]
    private static partial Regex Message();

    [GeneratedRegex(
        @"^(?<campaign>[a-z0-9_]+)/(?<step>\d{1,2})(?:-(?<variant>[a-z0-9_]+))?\.(?<locale>[a-z-]+)\.(?<channel>[a-z_]+)\.liquid$")]
    private static partial Regex Compiled();

    [GeneratedRegex(@"\.(mjml|(email|push|line|in_app|task|alert)\.liquid)$")]
    private static partial Regex Titled();

    [GeneratedRegex(@"\b(?:href|src)\s*=\s*""([^""]*)""")]
    private static partial Regex Link();
}
