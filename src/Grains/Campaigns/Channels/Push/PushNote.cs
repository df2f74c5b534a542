using System.Text.Encodings.Web;
using System.Text.Json;

namespace LStep.Grains.Campaigns.Channels.Push;

/// <summary>A message as a device shows it, within the 4 KB that push services take.</summary>
public sealed record PushNote(string Title, string Body, string? Url)
{
    private const int TitleCharsMax = 100, BodyCharsMax = 450, UrlCharsMax = 600;

    // Written as they are: escapes of Japanese would take twice the room.
    private static readonly JsonSerializerOptions Plainly = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static PushNote Of(MessageContent content) => new(
        PlainText.OneLine(content.Subject, TitleCharsMax),
        PlainText.Cut(content.Text, BodyCharsMax),
        content.Link is { } link && link.AbsoluteUri.Length <= UrlCharsMax ? link.AbsoluteUri : null);

    /// <summary>What the page's service worker gets: id, campaign, title, body, url.</summary>
    public string ForBrowsers(OutgoingMessage message) => JsonSerializer.Serialize(
        new { id = message.Key, campaign = PlainText.Cut(message.Campaign, 100), title = Title, body = Body, url = Url }, Plainly);
}
