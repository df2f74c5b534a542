using LStep.Grains.Campaigns.Templates;
using MimeKit;

namespace LStep.Grains.Campaigns.Channels.Sink;

/// <summary>A mail that a sink kept, as a page.</summary>
public static class SinkPreview
{
    public static string Html(SinkMessage message) => MailPreview.Html(new MessageContent(
        message.Subject, Html: message.Html, Attachments: message.Mime is { } mime ? [.. Pictures(mime)] : []));

    private static IEnumerable<Attachment> Pictures(byte[] mime)
    {
        using var stream = new MemoryStream(mime, writable: false);
        using var mail = MimeMessage.Load(stream);
        foreach (var part in mail.BodyParts.OfType<MimePart>())
        {
            if (part is not { ContentId: { } id, Content: { } content }) continue;
            using var decoded = new MemoryStream();
            content.DecodeTo(decoded);
            yield return new Attachment(part.FileName ?? "", part.ContentType.MimeType, decoded.ToArray(), id);
        }
    }
}
