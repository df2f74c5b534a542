using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace LStep.Grains.Campaigns.Channels.Webhook;

/// <summary>Signs calls after Standard Webhooks, so that a receiver can tell who made them and when.</summary>
public sealed class WebhookSecret
{
    public const string Prefix = "whsec_";
    public const int BytesMin = 16, BytesMax = 128;

    private readonly byte[] key;

    private WebhookSecret(byte[] key) => this.key = key;

    /// <summary>"v1," and the signature in base64.</summary>
    /// <param name="id">Must have no dot, or two calls could have one signature.</param>
    public string Sign(string id, long unixSeconds, byte[] body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{unixSeconds}."), .. body];
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed));
    }

    /// <summary>One, or several apart by blanks or commas: while a secret is changed, calls bear a signature of each.</summary>
    /// <returns>Null where one of them is none.</returns>
    public static IReadOnlyList<WebhookSecret>? Parse(string text)
    {
        var secrets = new List<WebhookSecret>();
        foreach (var part in text.Split([' ', ',', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!part.StartsWith(Prefix, StringComparison.Ordinal) || !Base64.IsValid(part.AsSpan(Prefix.Length), out var length)
                || length is < BytesMin or > BytesMax) return null;
            secrets.Add(new WebhookSecret(Convert.FromBase64String(part[Prefix.Length..])));
        }
        return secrets.Count is > 0 and <= 5 ? secrets : null;
    }

    public override string ToString() => Prefix + "…";
}
