using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using LStep.Domain.Campaigning;
using LStep.Grains.Campaigns.Channels.Http;

namespace LStep.Grains.Campaigns.Channels.Line;

/// <summary>Reaches a person who is a friend of the school's account at LINE, by a push message of the Messaging API.</summary>
public sealed class LineTransport(LineOptions options, TimeProvider wallClock) : IChannelTransport, IDisposable
{
    public const string NotKnown = "The customer is not known at LINE.";

    private const int TextCharsMax = 5_000, UserCharsMax = 64;

    private readonly HttpClient http = OutsideHttp.Client(Reach.Anywhere, options.Timeout, wallClock);
    private readonly Uri url = new(options.Endpoint, "/v2/bot/message/push");

    public Channel Channel => Channel.Line;

    /// <summary>LINE keeps retry keys for 24 hours, which is as long as a message is tried.</summary>
    public bool IsIdempotent => true;

    public int AtOnceMax => 8;

    public async Task<SendOutcome> Send(OutgoingMessage message, CancellationToken cancel)
    {
        if (message.Recipient.LineUserId is not { } user || !IsUserId(user)) return new SendOutcome.Failed(NotKnown);
        var text = TextOf(message.Content);
        if (string.IsNullOrWhiteSpace(text)) return new SendOutcome.Failed("The message has no text.");
        using var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = JsonContent.Create(new { to = user, messages = new[] { new { type = "text", text } } }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.Token);
        request.Headers.Add("X-Line-Retry-Key", message.Key.ToString());
        try
        {
            using var answer = await http.SendAsync(request, cancel);
            // It took this key before, and does not send again.
            if (answer.StatusCode == HttpStatusCode.Conflict) return new SendOutcome.Sent(Header(answer, "X-Line-Accepted-Request-Id"));
            return OutsideHttp.Outcome(answer, wallClock, Header(answer, "X-Line-Request-Id"));
        }
        catch (UnansweredException e)
        {
            return e.Outcome(idempotent: true);
        }
    }

    public static bool IsUserId(string? text) => text is { Length: > 0 and <= UserCharsMax } && text.All(char.IsAsciiLetterOrDigit);

    public void Dispose() => http.Dispose();

    /// <summary>The link goes last, since LINE shows what it leads to below.</summary>
    private static string TextOf(MessageContent content)
    {
        var text = content.Text?.Replace('\0', ' ').Trim() ?? "";
        var link = content.Link is { AbsoluteUri: { Length: <= 1_000 } url } ? $"\n{url}" : "";
        return PlainText.Cut(text, TextCharsMax - link.Length) + link;
    }

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? PlainText.OneLine(values.First(), 100) : null;
}
