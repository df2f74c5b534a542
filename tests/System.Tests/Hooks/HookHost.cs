using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using LStep.Api.Hooks;
using LStep.Grains.Campaigns.Templates;
using LStep.System.Tests.Ingest;

namespace LStep.System.Tests.Hooks;

/// <summary>A silo that takes the webhooks of every platform that comes with it, and of two of an operator's own.</summary>
public sealed class HookHost : IAsyncLifetime
{
    public const string Secret = "secret-of-the-tests-0123456789";

    /// <summary>Signed as the Standard Webhooks specification says, and secret in base64.</summary>
    public const string Standard = """
        ---
        signature: hmac-sha256
        header: webhook-signature
        separator: space
        prefix: v1,
        encoding: base64
        timestamp-header: webhook-timestamp
        signed: {header webhook-id}.{timestamp}.{body}
        secret: base64
        id: {{ headers.webhook-id }}
        ---
        {"type":"track","event":"{{ headers["x-topic"] }}","userId":"{{ event.who }}"}
        """;

    /// <summary>Makes whatever an event asks for.</summary>
    public const string Loose = """
        ---
        signature: token
        header: X-Token
        ---
        {%- if event.raw -%}{{ event.raw }}
        {%- elsif event.loop -%}
        {%- for a in event.loop -%}{%- for b in event.loop -%}{%- for c in event.loop -%}x{%- endfor -%}{%- endfor -%}{%- endfor -%}
        {%- elsif event.messages -%}{{ event.messages | json }}
        {%- endif -%}
        """;

    private static readonly HttpClient Http = new();

    public LStepHost Host { get; private set; } = null!;

    public static HookSources Sources(IDictionary<string, string>? own = null, IDictionary<string, string>? secrets = null) =>
        HookSources.Read(
            own is null ? null : new TemplateFiles(own.AsReadOnly()),
            (secrets ?? new Dictionary<string, string>()).ToDictionary(one => one.Key, one => (IReadOnlyList<string>)[one.Value]),
            Wall.Clock);

    public async Task InitializeAsync() => Host = await LStepHost.Start(with: options => options with
    {
        Hooks = Sources(
            new Dictionary<string, string> { ["standard.liquid"] = Standard, ["loose.liquid"] = Loose, ["closed.liquid"] = Loose },
            new Dictionary<string, string>
            {
                ["stripe"] = Secret, ["zendesk"] = Secret, ["typeform"] = Secret, ["thinkific"] = Secret, ["teachable"] = Secret,
                ["loose"] = Secret,
                ["standard"] = "whsec_" + Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret)),
            }),
    });

    public async Task DisposeAsync() => await Host.DisposeAsync();

    /// <summary>As the platform signs it, now or at another instant.</summary>
    internal Task<IngestReply> Send(string source, string body, DateTimeOffset? at = null) =>
        Send(source, Encoding.UTF8.GetBytes(body), Signed(source, Encoding.UTF8.GetBytes(body), at ?? Wall.Now));

    internal Task<IngestReply> Send(string source, byte[] body, Action<HttpRequestMessage> sign) => Send(Host.Address, source, body, sign);

    internal static async Task<IngestReply> Send(Uri silo, string source, byte[] body, Action<HttpRequestMessage> sign)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(silo, $"/v1/hooks/{source}"))
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        sign(request);
        using var answer = await Http.SendAsync(request);
        return new IngestReply(
            answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.Headers, answer.Content.Headers.ContentType?.MediaType);
    }

    /// <summary>What each platform's own documents say, written down once more.</summary>
    internal static Action<HttpRequestMessage> Signed(string source, byte[] body, DateTimeOffset at) => request =>
    {
        byte[] Hmac(string before = "") =>
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(before).Concat(body).ToArray());
        var (seconds, iso) = (at.ToUnixTimeSeconds(), at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"));
        switch (source)
        {
            case "stripe":
                request.Headers.Add("Stripe-Signature", $"t={seconds},v1={Convert.ToHexStringLower(Hmac($"{seconds}."))},v0=6ffbb59b");
                break;
            case "zendesk":
                request.Headers.Add("X-Zendesk-Webhook-Signature", Convert.ToBase64String(Hmac(iso)));
                request.Headers.Add("X-Zendesk-Webhook-Signature-Timestamp", iso);
                break;
            case "typeform":
                request.Headers.Add("Typeform-Signature", $"sha256={Convert.ToBase64String(Hmac())}");
                break;
            case "thinkific":
                request.Headers.Add("X-Thinkific-Hmac-Sha256", Convert.ToHexStringLower(Hmac()));
                break;
            case "teachable":
                request.RequestUri = new Uri(request.RequestUri + $"?token={Secret}");
                break;
            case "standard":
                request.Headers.Add("webhook-id", $"msg_{Convert.ToHexStringLower(SHA256.HashData(body))[..8]}");
                request.Headers.Add("webhook-timestamp", $"{seconds}");
                request.Headers.Add("X-Topic", "Logged In");
                var signed = $"{request.Headers.GetValues("webhook-id").Single()}.{seconds}.";
                request.Headers.Add("webhook-signature", $"v1,AAAA v1,{Convert.ToBase64String(Hmac(signed))}");
                break;
            default:
                request.Headers.Add("X-Token", Secret);
                break;
        }
    };
}
