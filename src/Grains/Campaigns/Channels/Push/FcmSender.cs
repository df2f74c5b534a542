using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using LStep.Grains.Campaigns.Channels.Http;

namespace LStep.Grains.Campaigns.Channels.Push;

/// <summary>Reaches an app by Firebase Cloud Messaging's HTTP v1 API.</summary>
public sealed class FcmSender : IDisposable
{
    private const int TokenCharsMax = 4_096;

    private readonly Uri url;
    private readonly TimeProvider wallClock;
    private readonly HttpClient http;
    private readonly GoogleAccess access;

    public FcmSender(FcmOptions options, TimeProvider wallClock)
    {
        this.wallClock = wallClock;
        url = new Uri(options.Endpoint, $"/v1/projects/{Uri.EscapeDataString(options.ProjectId)}/messages:send");
        http = OutsideHttp.Client(Reach.Anywhere, options.Timeout, wallClock);
        access = new GoogleAccess(options, http, wallClock);
    }

    public async Task<DeviceOutcome> Send(string token, OutgoingMessage message, CancellationToken cancel)
    {
        if (token.Length is 0 or > TokenCharsMax) return new DeviceOutcome(new SendOutcome.Failed("The app's token is none."), Gone: true);
        string? bearer;
        try
        {
            bearer = await access.Token(cancel);
        }
        catch (UnansweredException)
        {
            // Of the message itself nothing was given.
            return new DeviceOutcome(new SendOutcome.NotNow("Google's sign-in does not answer."));
        }
        if (bearer is null) return new DeviceOutcome(new SendOutcome.NotNow("Google gives the service account no token."));
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = JsonContent.Create(Body(token, message)) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        try
        {
            using var answer = await http.SendAsync(request, cancel);
            return Read(answer, await answer.Content.ReadAsStringAsync(cancel));
        }
        catch (UnansweredException e)
        {
            return new DeviceOutcome(e.Outcome(idempotent: false));
        }
    }

    public void Dispose()
    {
        http.Dispose();
        access.Dispose();
    }

    private static object Body(string token, OutgoingMessage message)
    {
        var note = PushNote.Of(message.Content);
        var (id, data) = (message.Key.ToString("N"), new Dictionary<string, string> { ["campaign"] = message.Campaign });
        data["id"] = message.Key.ToString();
        if (note.Url is not null) data["url"] = note.Url;
        return new
        {
            message = new
            {
                token,
                notification = new { title = note.Title, body = note.Body },
                data,
                // A copy replaces the one that still waits for the device.
                android = new { collapse_key = id },
                apns = new { headers = new Dictionary<string, string> { ["apns-collapse-id"] = id } },
            },
        };
    }

    private DeviceOutcome Read(HttpResponseMessage answer, string body)
    {
        if (answer.IsSuccessStatusCode) return new DeviceOutcome(new SendOutcome.Sent(Name(body)));
        if (answer.StatusCode == HttpStatusCode.Unauthorized)
        {
            access.Forget();
            return new DeviceOutcome(new SendOutcome.NotNow("Google refused the access token."));
        }
        var gone = SaysGone(body);
        return gone ? new DeviceOutcome(new SendOutcome.Failed("The app takes no messages any more."), Gone: true)
            : new DeviceOutcome(OutsideHttp.Outcome(answer, wallClock));
    }

    private static string? Name(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return PlainText.OneLine(json.RootElement.GetProperty("name").GetString(), 200);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The token is no longer known, belongs to another sender, or is none.</summary>
    private static bool SaysGone(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.GetProperty("error").GetProperty("details").EnumerateArray().Any(detail =>
                (detail.TryGetProperty("errorCode", out var code) && code.GetString() is "UNREGISTERED" or "SENDER_ID_MISMATCH")
                || (detail.TryGetProperty("fieldViolations", out var fields)
                    && fields.EnumerateArray().Any(field => field.GetProperty("field").GetString() == "message.token")));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return false;
        }
    }
}
