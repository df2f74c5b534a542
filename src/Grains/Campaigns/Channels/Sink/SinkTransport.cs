using System.Text;
using LStep.Domain.Campaigning;
using LStep.Grains.Campaigns.Channels.Smtp;
using LStep.Grains.Campaigns.Channels.Webhook;
using MimeKit;

namespace LStep.Grains.Campaigns.Channels.Sink;

/// <summary>Stands in for a channel and contacts nobody: what it is given is made ready to go out and kept.</summary>
/// <param name="from">Of mails.</param>
public sealed class SinkTransport(Channel channel, MailboxAddress from, KeepInSink keep) : IChannelTransport
{
    public Channel Channel => channel;

    /// <summary>A message that is given twice is kept once.</summary>
    public bool IsIdempotent => true;

    public int AtOnceMax => 8;

    public async Task<SendOutcome> Send(OutgoingMessage message, CancellationToken cancel)
    {
        try
        {
            await keep(Kept(message), cancel);
            return new SendOutcome.Sent("sink");
        }
        catch (UnsendableException e)
        {
            return new SendOutcome.Failed(e.Message);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            return new SendOutcome.NotNow($"The sink cannot keep it ({e.GetType().Name}).");
        }
    }

    /// <exception cref="UnsendableException">The channel itself could not send it either.</exception>
    private SinkMessage Kept(OutgoingMessage message)
    {
        var content = message.Content;
        var kept = new SinkMessage(message.Key, message.ActionId, channel, message.CustomerId, message.Campaign, message.Step, message.At,
            To(message), PlainText.OneLine(content.Subject, Mail.SubjectCharsMax), content.Text ?? "", content.Html, null);
        switch (channel)
        {
            case Channel.Email:
                using (var mail = Mail.Compose(message, from, null)) return kept with { Mime = mail.Bytes() };
            case Channel.Webhook: return kept with { Text = Encoding.UTF8.GetString(WebhookBody.Of(message)) };
            default: return content.Link is { } link ? kept with { Text = $"{content.Text}\n{link.AbsoluteUri}" } : kept;
        }
    }

    private static string To(OutgoingMessage message) => message.Channel switch
    {
        Channel.Email => message.Recipient.Email ?? "",
        Channel.Line => message.Recipient.LineUserId ?? "",
        Channel.Push => $"{(message.Recipient.PushTokens.IsDefault ? 0 : message.Recipient.PushTokens.Length)} devices",
        _ => "",
    };
}
