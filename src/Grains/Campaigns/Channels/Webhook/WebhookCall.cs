using System.Globalization;
using LStep.Grains.Campaigns.Channels.Http;

namespace LStep.Grains.Campaigns.Channels.Webhook;

/// <summary>One signed call of a webhook, to whoever is to be told of something.</summary>
/// <param name="wallClock">Of the timestamp, which receivers compare with their own clock.</param>
public sealed class WebhookCall(HttpClient http, TimeProvider wallClock)
{
    /// <param name="id">The same in every try of one call.</param>
    /// <param name="idempotent">The receiver keeps ids.</param>
    public async Task<SendOutcome> Post(
        Uri url, IReadOnlyList<WebhookSecret> secrets, string id, byte[] body, bool idempotent, CancellationToken cancel)
    {
        var seconds = wallClock.GetUtcNow().ToUnixTimeSeconds();
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", seconds.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", string.Join(' ', secrets.Select(secret => secret.Sign(id, seconds, body))));
        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            return OutsideHttp.Outcome(answer, wallClock);
        }
        catch (UnansweredException e)
        {
            return e.Outcome(idempotent);
        }
    }
}
