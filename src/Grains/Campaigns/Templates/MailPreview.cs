using LStep.Grains.Campaigns.Channels;

namespace LStep.Grains.Campaigns.Templates;

/// <summary>A mail as a page that stands alone.</summary>
public static class MailPreview
{
    // First of all, so that nothing in the mail comes before it: looking at a mail asks no server for anything, so that its pixel does not
    // count whoever looks at it here as the customer. A link would open a window, which whoever frames the page can forbid.
    private const string Begin =
        "<!doctype html><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; "
        + "style-src 'unsafe-inline'\"><base target=\"_blank\">";

    /// <returns>Its HTML with the pictures that it carries inside, since a browser knows no cid: address.</returns>
    public static string Html(MessageContent content)
    {
        var html = content.Html ?? "";
        foreach (var picture in content.Attachments.IsDefault ? [] : content.Attachments)
            if (picture.ContentId is not null && picture.ContentType.StartsWith("image/", StringComparison.Ordinal))
                html = html.Replace($"cid:{picture.ContentId}", Address(picture), StringComparison.Ordinal);
        return Begin + html;
    }

    private static string Address(Attachment picture) => $"data:{picture.ContentType};base64,{Convert.ToBase64String(picture.Content)}";
}
