using MailKit;
using MailKit.Net.Smtp;
using MimeKit;

namespace LStep.Grains.Campaigns.Channels.Smtp;

/// <summary>A connection that remembers what the server refused, whatever becomes of the connection afterwards.</summary>
public sealed class SmtpConnection : SmtpClient
{
    /// <summary>The server's word about the sender or the recipient of the mail under way; null while it took both.</summary>
    public SmtpResponse? Refusal { get; private set; }

    public int Mails { get; private set; }

    /// <summary>The clock's timestamp of the last mail.</summary>
    public long UsedAt { get; set; }

    /// <exception cref="OperationCanceledException">It took too long.</exception>
    public async Task<string> Give(
        MimeMessage mail, MailboxAddress from, MailboxAddress to, ITransferProgress progress, CancellationToken cancel)
    {
        Refusal = null;
        Mails++;
        var format = FormatOptions.Default.Clone();
        if (to.NeedsUtf8() || from.NeedsUtf8()) format.International = true;
        return await SendAsync(format, mail, from, [to], cancel, progress);
    }

    protected override void OnSenderNotAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response)
    {
        Refusal = response;
        base.OnSenderNotAccepted(message, mailbox, response);
    }

    protected override void OnRecipientNotAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response)
    {
        // A server that takes the commands in one go refuses the recipient, too, when it refused the sender: the first word counts.
        Refusal ??= response;
        base.OnRecipientNotAccepted(message, mailbox, response);
    }
}
