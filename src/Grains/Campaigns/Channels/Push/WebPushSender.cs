using System.Net;
using System.Security.Cryptography;
using Lib.Net.Http.WebPush;
using Lib.Net.Http.WebPush.Authentication;
using LStep.Grains.Campaigns.Channels.Http;

namespace LStep.Grains.Campaigns.Channels.Push;

/// <summary>Reaches a browser through its maker's push service (RFC 8030), encrypted for the browser alone (RFC 8291).</summary>
public sealed class WebPushSender : IDisposable
{
    private const int KeptSeconds = 24 * 3600;

    private readonly VapidOptions options;
    private readonly TimeProvider wallClock;
    private readonly HttpClient http;
    private readonly PushServiceClient client;

    public WebPushSender(VapidOptions options, TimeProvider wallClock)
    {
        (this.options, this.wallClock) = (options, wallClock);
        http = OutsideHttp.Client(options.Reach, options.Timeout, wallClock);
        // Trying again is the dispatcher's, which knows how long to wait and counts.
        client = new PushServiceClient(http) { AutoRetryAfter = false };
    }

    public async Task<DeviceOutcome> Send(string token, OutgoingMessage message, CancellationToken cancel)
    {
        if (BrowserSubscription.Parse(token) is not { } subscription)
            return new DeviceOutcome(new SendOutcome.Failed("The browser's subscription cannot be read."), Gone: true);
        var note = new PushMessage(PushNote.Of(message.Content).ForBrowsers(message))
        {
            TimeToLive = KeptSeconds,
            Urgency = PushMessageUrgency.Normal,
            // A copy replaces the one that still waits for the browser.
            Topic = message.Key.ToString("N"),
        };
        try
        {
            using var keys = new VapidAuthentication(options.PublicKey, options.PrivateKey) { Subject = options.Subject };
            await client.RequestPushMessageDeliveryAsync(subscription, note, keys, cancel);
            return new DeviceOutcome(new SendOutcome.Sent());
        }
        catch (PushServiceClientException e) when (e.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone)
        {
            return new DeviceOutcome(new SendOutcome.Failed("The browser takes no messages any more."), Gone: true);
        }
        catch (PushServiceClientException e)
        {
            return OfTheirService(OutsideHttp.Outcome(e.StatusCode, e.Headers, wallClock));
        }
        catch (UnansweredException e)
        {
            return OfTheirService(e.Outcome(idempotent: false));
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or FormatException)
        {
            return new DeviceOutcome(new SendOutcome.Failed("The browser's key is none."), Gone: true);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            // Other devices of this person may have got it by now: theirs must not be lost by a fault of this one's.
            return OfTheirService(new SendOutcome.Unknown($"Web Push broke off ({e.GetType().Name})."));
        }
    }

    public void Dispose() => http.Dispose();

    /// <summary>Each browser names a service of its own, and anybody can name one that never answers: that breaks no channel.</summary>
    private static DeviceOutcome OfTheirService(SendOutcome outcome) => new(outcome switch
    {
        SendOutcome.NotNow later => later with { OfMessageOnly = true },
        SendOutcome.Unknown unknown => unknown with { OfMessageOnly = true },
        _ => outcome,
    });
}
