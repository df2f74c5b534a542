using System.Text.Json;
using LStep.Domain.Campaigning;

namespace LStep.Grains.Campaigns.Channels.Webhook;

/// <summary>What a receiver gets: who, by what campaign, and what the template gives.</summary>
public static class WebhookBody
{
    public const int BytesMax = 256 * 1024;

    private const int DepthMax = 32;

    private static readonly HashSet<string> Own = ["customerId", "campaign", "step", "transition", "channel", "title", "text", "link"];

    /// <exception cref="UnsendableException">The template gave no JSON object, or too much.</exception>
    public static byte[] Of(OutgoingMessage message)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("customerId", message.CustomerId);
            json.WriteString("campaign", message.Campaign);
            json.WriteNumber("step", message.Step);
            if (message.TransitionId is { } transition) json.WriteNumber("transition", transition);
            else json.WriteNull("transition");
            if (message.Channel != Channel.Webhook) WriteWords(json, message);
            if (message.Content.Json is { } more) WriteTemplates(json, more, message.Channel == Channel.Webhook);
            json.WriteEndObject();
        }
        return buffer.Length <= BytesMax ? buffer.ToArray()
            : throw new UnsendableException($"The webhook's body is over {BytesMax} bytes.");
    }

    /// <summary>What the platform is to tell the person by a channel of its own.</summary>
    private static void WriteWords(Utf8JsonWriter json, OutgoingMessage message)
    {
        json.WriteString("channel", message.Channel.Name());
        json.WriteString("title", message.Content.Subject);
        json.WriteString("text", message.Content.Text);
        json.WriteString("link", message.Content.Link?.AbsoluteUri);
    }

    private static void WriteTemplates(Utf8JsonWriter json, string more, bool isWebhook)
    {
        try
        {
            using var document = JsonDocument.Parse(more, new JsonDocumentOptions { MaxDepth = DepthMax });
            if (document.RootElement.ValueKind != JsonValueKind.Object) throw new JsonException();
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var member in document.RootElement.EnumerateObject())
                // What says who it is about stands once, and no template changes it.
                if (seen.Add(member.Name) && !IsOwn(member.Name, isWebhook)) member.WriteTo(json);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new UnsendableException("The template of the webhook gave no JSON object.");
        }
    }

    private static bool IsOwn(string name, bool isWebhook) =>
        isWebhook ? name is "customerId" or "campaign" or "step" or "transition" : Own.Contains(name);
}
