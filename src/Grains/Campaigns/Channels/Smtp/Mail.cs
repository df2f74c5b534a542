using MimeKit;

namespace LStep.Grains.Campaigns.Channels.Smtp;

/// <summary>A message as a mail: MIME, with its headers, signed.</summary>
public static class Mail
{
    public const int SubjectCharsMax = 400;
    public const int AttachmentsMax = 20;
    public const int BodyCharsMax = 2_000_000;
    public const int AttachmentBytesMax = 10_000_000;

    private const int FileNameCharsMax = 100, UrlCharsMax = 900;

    /// <exception cref="UnsendableException">It has no address, no text, or too much of something.</exception>
    public static MimeMessage Compose(OutgoingMessage message, MailboxAddress from, DkimKey? dkim, MailboxAddress? replyTo = null)
    {
        var mail = new MimeMessage();
        mail.From.Add(from);
        if (replyTo is not null) mail.ReplyTo.Add(replyTo);
        mail.To.Add(MailAddresses.Mailbox(message.Recipient.Email, message.Recipient.Name));
        mail.Subject = PlainText.OneLine(message.Content.Subject, SubjectCharsMax);
        mail.Date = message.At;
        // The same in every try, so that a receiver that gets it twice shows it once.
        mail.MessageId = $"{message.Key:N}@{from.DomainOf()}";
        // Keeps holiday answers away.
        mail.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        Unsubscription(mail, message.OneClickUnsubscribe);
        mail.Body = Body(message.Content);
        mail.Prepare(EncodingConstraint.SevenBit);
        dkim?.Sign(mail);
        return mail;
    }

    /// <summary>Whole, as it goes over the line.</summary>
    public static byte[] Bytes(this MimeMessage mail)
    {
        using var stream = new MemoryStream();
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        mail.WriteTo(format, stream);
        return stream.ToArray();
    }

    private static void Unsubscription(MimeMessage mail, Uri? oneClick)
    {
        if (oneClick is null) return;
        var url = oneClick.AbsoluteUri;
        if (url.Length > UrlCharsMax || url.Contains('>')) throw new UnsendableException("The link to unsubscribe is too long.");
        mail.Headers.Add(HeaderId.ListUnsubscribe, $"<{url}>");
        mail.Headers.Add(HeaderId.ListUnsubscribePost, "List-Unsubscribe=One-Click");
    }

    private static MimeEntity Body(MessageContent content)
    {
        if (string.IsNullOrWhiteSpace(content.Text) && string.IsNullOrWhiteSpace(content.Html))
            throw new UnsendableException("The mail has no text.");
        if ((content.Text?.Length ?? 0) + (content.Html?.Length ?? 0) > BodyCharsMax)
            throw new UnsendableException($"The mail's text is longer than {BodyCharsMax} characters.");
        var body = new BodyBuilder { TextBody = Clean(content.Text), HtmlBody = Clean(content.Html) };
        var attachments = content.Attachments.IsDefault ? [] : content.Attachments;
        if (attachments.Length > AttachmentsMax || attachments.Sum(attachment => (long)attachment.Content.Length) > AttachmentBytesMax)
            throw new UnsendableException($"The mail has more than {AttachmentsMax} attachments or {AttachmentBytesMax} bytes of them.");
        foreach (var attachment in attachments) Attach(body, attachment);
        return body.ToMessageBody();
    }

    private static void Attach(BodyBuilder body, Attachment attachment)
    {
        var type = ContentType.TryParse(PlainText.OneLine(attachment.ContentType, 100), out var parsed) && parsed.MediaType != "multipart"
            && parsed.MediaType != "message" ? parsed : new ContentType("application", "octet-stream");
        var name = PlainText.OneLine(attachment.FileName, FileNameCharsMax).Replace('/', '_').Replace('\\', '_');
        if (name.Length == 0) name = "attachment";
        if (attachment.ContentId is not { } id) body.Attachments.Add(name, attachment.Content, type);
        else body.LinkedResources.Add(name, attachment.Content, type).ContentId = SafeId(id);
    }

    private static string SafeId(string id) =>
        id.Length is > 0 and <= 100 && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_' or '@')
            ? id : throw new UnsendableException("A picture of the mail has an id with other characters than letters, digits and .-_@");

    /// <summary>NUL ends a text at some servers; the rest is encoded.</summary>
    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Replace('\0', ' ');
}
