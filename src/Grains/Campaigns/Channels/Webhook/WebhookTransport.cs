using LStep.Domain.Campaigning;
using LStep.Grains.Campaigns.Channels.Http;

namespace LStep.Grains.Campaigns.Channels.Webhook;

/// <summary>Asks the platform to do what a campaign wants done there.</summary>
/// <param name="channel">Webhook; or Push and Line, where the platform itself reaches the person.</param>
public sealed class WebhookTransport(WebhookOptions options, TimeProvider wallClock, Channel channel = Channel.Webhook)
    : IChannelTransport, IDisposable
{
    private readonly HttpClient http = OutsideHttp.Client(options.Reach, options.Timeout, wallClock);

    public Channel Channel => channel;
    public bool IsIdempotent => options.Idempotent;
    public int AtOnceMax => 16;

    public Task<SendOutcome> Send(OutgoingMessage message, CancellationToken cancel)
    {
        try
        {
            return new WebhookCall(http, wallClock).Post(
                options.Url, options.Secrets, message.Key.ToString(), WebhookBody.Of(message), options.Idempotent, cancel);
        }
        catch (UnsendableException e)
        {
            return Task.FromResult<SendOutcome>(new SendOutcome.Failed(e.Message));
        }
    }

    public void Dispose() => http.Dispose();
}
