using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Fluid;
using Fluid.Values;
using LStep.Domain.Campaigning;
using LStep.Grains.Campaigns.Channels;
using LStep.Grains.Campaigns.Templates.Pictures;

namespace LStep.Grains.Campaigns.Templates;

/// <summary>Templates in Liquid, chosen by campaign, step, variant, language and channel, and parsed once.</summary>
public sealed partial class MessageTemplates(TemplateFiles files, TimeProvider clock) : IMessageTemplates
{
    private const int SubjectCharactersMax = 250;
    private const int LinkCharactersMax = 2_000;

    private static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly ConcurrentDictionary<string, MessageTemplate> parsed = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TemplateWords> words = new(StringComparer.Ordinal);

    /// <summary>Whether there is a template in the default language, so that one is found for everybody.</summary>
    public bool Has(string campaign, int step, Channel channel, string? variant = null) =>
        Find(campaign, step, variant, channel, null) is not null;

    public MessageContent Render(TemplateInput input)
    {
        var found = Find(input.Campaign, input.Step, input.Variant, input.Channel, input.Locale)
            ?? throw new TemplateException($"There is no template of {input.Campaign}, step {input.Step}, for {input.Channel.Name()}.");
        var template = parsed.GetOrAdd(found.Path, path => MessageTemplate.Parse(files, path));
        var filling = new Filling(
            TemplateVariables.Read(input.VariablesJson), Words(found.Locale), found.Locale, clock, input.Channel == Channel.Webhook);
        return input.Channel switch
        {
            Channel.Webhook => new MessageContent(
                Json: WebhookPayload.Of(found.Path, template.Body.Render(LiquidJson.Encoder, filling), filling)),
            Channel.Email => Mail(template, filling),
            _ => Short(template, filling),
        };
    }

    private static MessageContent Mail(MessageTemplate template, Filling filling)
    {
        var subject = Line(template, "subject", filling) ?? throw new TemplateException($"{template.File.Path}: the mail has no subject.");
        filling.Values["subject"] = new StringValue(subject);
        var attachments = template.File.Value("attach") switch
        {
            null => [],
            "progress_chart" => [Drawings.Chart(filling)],
            "certificate" => Drawings.Certificate(filling),
            var other => throw new TemplateException($"{template.File.Path}: nothing is known of an attachment {other}."),
        };
        var text = Paragraphs(template.TextPart!.Render(NullEncoder.Default, filling));
        return new MessageContent(subject, text, template.Body.Render(Html, filling), Attachments: attachments);
    }

    private static MessageContent Short(MessageTemplate template, Filling filling)
    {
        var title = Line(template, "title", filling) ?? throw new TemplateException($"{template.File.Path}: it has no title.");
        var link = Line(template, "link", filling, LinkCharactersMax);
        return new MessageContent(
            title, Paragraphs(template.Body.Render(NullEncoder.Default, filling)),
            Link: Uri.TryCreate(link, UriKind.Absolute, out var address) && address.Scheme is "https" or "http" ? new Uri(link!) : null);
    }

    /// <returns>One line without control characters, which no header of a mail can be broken by; null when nothing is left.</returns>
    private static string? Line(MessageTemplate template, string name, Filling filling, int charactersMax = SubjectCharactersMax)
    {
        if (!template.Head.TryGetValue(name, out var text)) return null;
        var line = Blanks().Replace(text.Render(NullEncoder.Default, filling), " ").Trim();
        if (line.Length > charactersMax) line = line[..(char.IsHighSurrogate(line[charactersMax - 1]) ? charactersMax - 1 : charactersMax)];
        return line.Length == 0 ? null : line;
    }

    private static string Paragraphs(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim(' ', '\t'));
        return EmptyLines().Replace(string.Join('\n', lines), "\n\n").Trim();
    }

    /// <returns>The file that is taken, and its language; null where there is none.</returns>
    internal (string Path, string Locale)? Find(string campaign, int step, string? variant, Channel channel, string? locale)
    {
        if (!Name().IsMatch(campaign) || step is < 1 or > 99 || (variant is not null && !Name().IsMatch(variant))) return null;
        foreach (var language in TemplateLocale.Fallbacks(locale))
            foreach (var version in variant is null ? [""] : new[] { $"-{variant}", "" })
                foreach (var kind in Kinds(channel))
                    if ($"{campaign}/{step}{version}.{language}.{kind}.liquid" is var path && files.Text(path) is not null)
                        return (path, language);
        return null;
    }

    /// <summary>Short messages to a person have the same shape, so that a school may send by LINE what was written for the inbox.</summary>
    internal static string[] Kinds(Channel channel) => channel switch
    {
        Channel.Line => ["line", "in_app", "push"],
        Channel.Push => ["push", "in_app"],
        Channel.InApp => ["in_app", "push"],
        _ => [channel.Name()],
    };

    private TemplateWords Words(string locale) => words.GetOrAdd(locale, each => TemplateWords.Read(files, each));

    [GeneratedRegex(@"^[a-z0-9_]{1,64}$")]
    private static partial Regex Name();

    [GeneratedRegex(@"[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}-[\u200c\u200d]]+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"\n{3,}")]
    private static partial Regex EmptyLines();
}
