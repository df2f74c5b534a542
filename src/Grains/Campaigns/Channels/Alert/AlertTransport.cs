using LStep.Domain.Campaigning;
using LStep.Grains.Campaigns.Channels.Http;

namespace LStep.Grains.Campaigns.Channels.Alert;

/// <summary>Tells a room of the team: Slack, Teams, or whatever reads JSON.</summary>
public sealed class AlertTransport(AlertOptions options, TimeProvider wallClock) : IChannelTransport, IDisposable
{
    // The operator's own address, often of a chat server within the school's network.
    private readonly HttpClient http = OutsideHttp.Client(Reach.Anywhere, options.Timeout, wallClock);

    public Channel Channel => Channel.Alert;

    /// <summary>No such room knows keys.</summary>
    public bool IsIdempotent => false;

    public int AtOnceMax => 2;

    public async Task<SendOutcome> Send(OutgoingMessage message, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, options.Url)
        {
            Content = new ByteArrayContent(AlertBody.Of(message, options.Format)),
        };
        request.Content.Headers.ContentType = new("application/json");
        try
        {
            using var answer = await http.SendAsync(request, cancel);
            if (options.Format == AlertFormat.Teams && answer.IsSuccessStatusCode
                && TeamsRefuses(await answer.Content.ReadAsStringAsync(cancel)))
                return new SendOutcome.NotNow("Teams took the call and delivered nothing.");
            return OutsideHttp.Outcome(answer, wallClock);
        }
        catch (UnansweredException e)
        {
            return e.Outcome(idempotent: false);
        }
    }

    public void Dispose() => http.Dispose();

    /// <summary>Its connectors answer 200 when the room behind them refuses, and say so in the text alone.</summary>
    private static bool TeamsRefuses(string body) => body.StartsWith("Webhook message delivery failed", StringComparison.OrdinalIgnoreCase);
}
