using LStep.Domain.Campaigning;
using LStep.Grains.Campaigns.Channels;

namespace LStep.Grains.Campaigns.Templates;

/// <summary>What a template is filled with: a JSON object as docs/templates.md describes it.</summary>
/// <param name="Locale">Of the customer, as sent: "ja", "ja-JP", "en-GB", null …</param>
public sealed record TemplateInput(string Campaign, int Step, string? Variant, Channel Channel, string? Locale, string VariablesJson);

/// <summary>Turns what is known of a customer into words.</summary>
public interface IMessageTemplates
{
    /// <exception cref="TemplateException">It cannot be rendered; the message says why and where.</exception>
    MessageContent Render(TemplateInput input);
}

/// <summary>A template is missing, is no Liquid, names what does not exist, or takes too many steps or too much room.</summary>
public sealed class TemplateException(string message, Exception? inner = null) : Exception(message, inner);
