using MailKit;
using MailKit.Net.Smtp;
using MimeKit;

namespace LStep.Grains.Campaigns.Channels.Smtp;

/// <summary>A connection that knows how much it was used.</summary>
public sealed class SmtpConnection : SmtpClient
{
    public int Mails { get; private set; }

    /// <summary>The clock's timestamp of the last mail.</summary>
    public long UsedAt { get; set; }

    /// <returns>The server's last word.</returns>
    public Task<string> Give(MimeMessage mail, MailboxAddress from, MailboxAddress to, ITransferProgress progress, CancellationToken cancel)
    {
        Mails++;
        var format = FormatOptions.Default.Clone();
        if (to.NeedsUtf8() || from.NeedsUtf8()) format.International = true;
        return SendAsync(format, mail, from, [to], cancel, progress);
    }
}
