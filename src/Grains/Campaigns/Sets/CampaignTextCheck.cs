using System.Collections.Immutable;
using System.Text.Json.Nodes;
using LStep.Domain.Campaigning;
using LStep.Domain.Deciding;
using LStep.Grains.Campaigns.Templates;

namespace LStep.Grains.Campaigns.Sets;

/// <summary>
/// Whether every message of some campaigns has its texts: each step, variant and language is looked up as a send would look it up, read,
/// and filled for a customer of whom everything is known and for one of whom nothing is.
/// </summary>
/// <param name="locales">Languages that every message to a customer has to have, beside those that some of its campaign has.</param>
public sealed class CampaignTextCheck(TemplateFiles files, TimeProvider clock, IReadOnlyCollection<string> locales)
{
    private static readonly string[] Examples =
        [TemplateFiles.BuiltIn.Text("_examples/full.json")!, TemplateFiles.BuiltIn.Text("_examples/bare.json")!];

    /// <summary>What is wrong with the files alone, which do not change while the process lives.</summary>
    private readonly Dictionary<string, ImmutableArray<TemplateProblem>> ofFiles = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private readonly MessageTemplates templates = new(files, clock);

    /// <param name="campaigns">Each with its place in the list.</param>
    /// <param name="path">Of the list.</param>
    public (ImmutableArray<InputError> Errors, ImmutableArray<InputError> Warnings) Run(
        IEnumerable<(int Index, Campaign Campaign)> campaigns, string path)
    {
        var found = new Found();
        foreach (var (index, campaign) in campaigns)
        {
            if (found.IsFull) break;
            Variants(campaign, $"{path}[{index}]", found);
            foreach (var (step, one) in campaign.Steps.Index())
                foreach (var variant in VariantsOf(campaign)) Look(campaign, one, variant, $"{path}[{index}].steps[{step}]", found);
        }
        return found.All;
    }

    private static IEnumerable<string?> VariantsOf(Campaign campaign) =>
        campaign.Variants.IsEmpty ? [campaign.Promoted] : campaign.Variants.Select(variant => (string?)variant.Name);

    private void Variants(Campaign campaign, string place, Found found)
    {
        if (campaign.Promoted is { } promoted && !campaign.Steps.Any(step => HasOwn(campaign, step, promoted)))
            found.Warn(
                $"{place}.promoted", "no_own_text", $"No step has a text of its own for {promoted}: everybody gets the plain ones.");
        var plain = campaign.Variants.Where(variant => !campaign.Steps.Any(step => HasOwn(campaign, step, variant.Name)))
            .Select(variant => variant.Name).ToArray();
        if (plain.Length > 1)
            found.Warn(
                $"{place}.variants", "nothing_compared",
                $"{string.Join(" and ", plain)} have no text of their own at any step: their customers get the same.");
    }

    private void Look(Campaign campaign, CampaignStep step, string? variant, string place, Found found)
    {
        var languages = LanguagesOf(campaign);
        var isOwn = variant is not null && HasOwn(campaign, step, variant);
        foreach (var language in languages)
        {
            if (found.IsFull) return;
            if (templates.Find(campaign.Name, step.Number, variant, step.Channel, language) is not { } text)
            {
                found.Fail(place, "missing_template", Missing(campaign, step, isOwn ? variant : null, TemplateLocale.Default));
                return;
            }
            if (!IsIn(text.Locale, language) || (isOwn && !IsOf(text.Path, step, variant!)))
            {
                var sentence = $"{Missing(campaign, step, isOwn ? variant : null, language)} {text.Path} is taken in its place.";
                // Colleagues have one language, and a platform reads members, not words.
                if (step.Channel.ReachesCustomers()) found.Fail(place, "missing_translation", sentence);
                else found.Warn(place, "missing_translation", sentence);
            }
            foreach (var problem in Problems(campaign, step, variant, text)) found.Fail(place, problem.Code, problem.Message);
        }
    }

    private IEnumerable<TemplateProblem> Problems(Campaign campaign, CampaignStep step, string? variant, (string Path, string Locale) text)
    {
        var ofFile = OfFile(text.Path);
        return ofFile.IsEmpty ? Unrendered(campaign, step, variant, text.Locale) : ofFile;
    }

    private ImmutableArray<TemplateProblem> OfFile(string path)
    {
        lock (gate)
        {
            if (ofFiles.TryGetValue(path, out var known)) return known;
            var check = new TemplateCheck(files, clock, locales);
            string[] parts = path.EndsWith(MessageTemplate.MailEnd, StringComparison.Ordinal)
                && path[..^MessageTemplate.MailEnd.Length] + MessageTemplate.TextEnd is var second && files.Text(second) is not null
                ? [path, second] : [path];
            return ofFiles[path] = [.. parts.SelectMany(check.Parts)];
        }
    }

    private IEnumerable<TemplateProblem> Unrendered(Campaign campaign, CampaignStep step, string? variant, string language)
    {
        foreach (var example in Examples)
        {
            var input = new TemplateInput(campaign.Name, step.Number, variant, step.Channel, language, Filled(example, campaign, step));
            if (TemplateCheck.Trouble(() => templates.Render(input)) is not { } trouble) continue;
            yield return trouble with { Code = "does_not_render" };
            yield break;
        }
    }

    private static string Filled(string example, Campaign campaign, CampaignStep step)
    {
        var variables = JsonNode.Parse(example)!.AsObject();
        variables["campaign"] = new JsonObject
        {
            ["name"] = campaign.Name, ["step"] = step.Number, ["payload"] = JsonNode.Parse(campaign.Payload),
        };
        return variables.ToJsonString();
    }

    /// <summary>Those asked for, and those in which the campaign says anything: it is said in all of them.</summary>
    private List<string> LanguagesOf(Campaign campaign)
    {
        var folder = campaign.Name + "/";
        return
        [
            .. files.Paths.Where(path => path.StartsWith(folder, StringComparison.Ordinal)).Select(path => path.Split('.'))
                .Where(parts => parts.Length > 2).Select(parts => parts[1])
                .Concat(locales).Append(TemplateLocale.Default).Distinct(StringComparer.Ordinal)
                .OrderBy(language => language == TemplateLocale.Default ? 0 : 1).ThenBy(language => language, StringComparer.Ordinal),
        ];
    }

    private bool HasOwn(Campaign campaign, CampaignStep step, string variant)
    {
        var beginning = $"{campaign.Name}/{step.Number}-{variant}.";
        return files.Paths.Any(path => path.StartsWith(beginning, StringComparison.Ordinal));
    }

    /// <summary>What is written in Portuguese is so for Brazil, too.</summary>
    private static bool IsIn(string locale, string language) =>
        locale == language || language.StartsWith(locale + "-", StringComparison.Ordinal);

    private static bool IsOf(string path, CampaignStep step, string variant) =>
        path.Contains($"/{step.Number}-{variant}.", StringComparison.Ordinal);

    private static string Missing(Campaign campaign, CampaignStep step, string? variant, string language)
    {
        var name = $"{campaign.Name}/{step.Number}{(variant is null ? "" : $"-{variant}")}.{language}";
        return step.Channel == Channel.Email ? $"There is no {name}.mjml, compiled to {name}.email.liquid."
            : $"There is no {string.Join(" or ", MessageTemplates.Kinds(step.Channel).Select(kind => $"{name}.{kind}.liquid"))}.";
    }

    /// <summary>Each once, and of each kind a bounded number.</summary>
    private sealed class Found
    {
        private readonly List<InputError> errors = [], warnings = [];

        public bool IsFull => errors.Count >= CampaignJson.ErrorsMax;

        public (ImmutableArray<InputError> Errors, ImmutableArray<InputError> Warnings) All => ([.. errors], [.. warnings]);

        public void Fail(string path, string code, string message) => Add(errors, new InputError(path, code, message));

        public void Warn(string path, string code, string message) => Add(warnings, new InputError(path, code, message));

        private static void Add(List<InputError> list, InputError error)
        {
            if (list.Count < CampaignJson.ErrorsMax && !list.Contains(error)) list.Add(error);
        }
    }
}
