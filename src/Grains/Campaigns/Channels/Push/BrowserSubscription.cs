using System.Buffers.Text;
using System.Text.Json;
using Lib.Net.Http.WebPush;

namespace LStep.Grains.Campaigns.Channels.Push;

/// <summary>What a browser gives the page that asks to send it messages, read from its JSON.</summary>
public static class BrowserSubscription
{
    private const int TextCharsMax = 4_096, EndpointCharsMax = 2_048, PointBytes = 65, SecretBytes = 16;

    /// <summary>Null where it is none that any browser made.</summary>
    public static PushSubscription? Parse(string text)
    {
        if (text.Length > TextCharsMax) return null;
        try
        {
            using var json = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 4 });
            var root = json.RootElement;
            var keys = root.GetProperty("keys");
            var (endpoint, point, secret) = (Text(root, "endpoint"), Text(keys, "p256dh"), Text(keys, "auth"));
            if (endpoint.Length > EndpointCharsMax || !Uri.TryCreate(endpoint, UriKind.Absolute, out var url) || url.UserInfo.Length > 0
                || url.Scheme is not ("https" or "http") || !IsOf(point, PointBytes) || !IsOf(secret, SecretBytes)) return null;
            var subscription = new PushSubscription { Endpoint = url.AbsoluteUri };
            subscription.SetKey(PushEncryptionKeyName.P256DH, point.TrimEnd('='));
            subscription.SetKey(PushEncryptionKeyName.Auth, secret.TrimEnd('='));
            return subscription;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString() ?? "";

    private static bool IsOf(string base64Url, int bytes) => Base64Url.IsValid(base64Url, out var length) && length == bytes;
}
