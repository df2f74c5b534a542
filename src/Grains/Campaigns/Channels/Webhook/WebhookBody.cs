using System.Text.Json;
using LStep.Domain.Campaigning;

namespace LStep.Grains.Campaigns.Channels.Webhook;

/// <summary>What a receiver gets: who, by what campaign, and what the template gives.</summary>
public static class WebhookBody
{
    public const int BytesMax = 256 * 1024;

    private const int DepthMax = 32;
    private const string Transition = "transition", Test = "test";

    private static readonly HashSet<string> Own = ["customerId", "campaign", "step", Transition, "channel", "title", "text", "link"];

    /// <exception cref="UnsendableException">The template gave no JSON object, or too much.</exception>
    public static byte[] Of(OutgoingMessage message)
    {
        try
        {
            using var template = JsonDocument.Parse(message.Content.Json ?? "{}", new JsonDocumentOptions { MaxDepth = DepthMax });
            if (template.RootElement.ValueKind != JsonValueKind.Object) throw new JsonException();
            var body = Written(message, template.RootElement);
            return body.Length <= BytesMax ? body : throw new UnsendableException($"The webhook's body is over {BytesMax} bytes.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new UnsendableException("The template of the webhook gave no JSON object.");
        }
    }

    private static byte[] Written(OutgoingMessage message, JsonElement template)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("customerId", message.CustomerId);
            json.WriteString("campaign", message.Campaign);
            json.WriteNumber("step", message.Step);
            if (message.IsTest) json.WriteBoolean(Test, true);
            WriteTransition(json, message.TransitionId, template);
            if (message.Channel != Channel.Webhook) WriteWords(json, message);
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var member in template.EnumerateObject())
                // What says who it is about stands once, and no template changes it.
                if (seen.Add(member.Name) && !IsOwn(member.Name, message.Channel == Channel.Webhook)
                    && !(message.IsTest && member.Name == Test)) member.WriteTo(json);
            json.WriteEndObject();
        }
        return buffer.ToArray();
    }

    /// <summary>The ledger's id, and what the template says about the move.</summary>
    private static void WriteTransition(Utf8JsonWriter json, long? id, JsonElement template)
    {
        if (id is null)
        {
            json.WriteNull(Transition);
            return;
        }
        json.WriteStartObject(Transition);
        json.WriteNumber("id", id.Value);
        if (template.TryGetProperty(Transition, out var said) && said.ValueKind == JsonValueKind.Object)
            foreach (var member in said.EnumerateObject())
                if (member.Name != "id") member.WriteTo(json);
        json.WriteEndObject();
    }

    /// <summary>What the platform is to tell the person by a channel of its own.</summary>
    private static void WriteWords(Utf8JsonWriter json, OutgoingMessage message)
    {
        json.WriteString("channel", message.Channel.Name());
        json.WriteString("title", message.Content.Subject);
        json.WriteString("text", message.Content.Text);
        json.WriteString("link", message.Content.Link?.AbsoluteUri);
    }

    private static bool IsOwn(string name, bool isWebhook) =>
        isWebhook ? name is "customerId" or "campaign" or "step" or Transition : Own.Contains(name);
}
