using LStep.Grains.Campaigns.Channels;

namespace LStep.Grains.Campaigns.Templates;

/// <summary>A mail as a page that stands alone.</summary>
public static class MailPreview
{
    /// <returns>Its HTML with the pictures that it carries inside, since a browser knows no cid: address.</returns>
    public static string Html(MessageContent content)
    {
        var html = content.Html ?? "";
        foreach (var picture in content.Attachments.IsDefault ? [] : content.Attachments)
            if (picture.ContentId is not null && picture.ContentType.StartsWith("image/", StringComparison.Ordinal))
                html = html.Replace($"cid:{picture.ContentId}", Address(picture), StringComparison.Ordinal);
        return html;
    }

    private static string Address(Attachment picture) => $"data:{picture.ContentType};base64,{Convert.ToBase64String(picture.Content)}";
}
