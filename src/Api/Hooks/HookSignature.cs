using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using LStep.Domain.Measuring;
using Microsoft.AspNetCore.Http;

namespace LStep.Api.Hooks;

public enum SignatureVerdict { Good, Missing, Wrong, Expired }

/// <param name="Token">What the address brought as such, or null.</param>
/// <param name="Body">Every byte of it, before anybody has read it.</param>
public readonly record struct HookDelivery(IHeaderDictionary Headers, string? Token, ReadOnlyMemory<byte> Body);

/// <summary>How a platform proves that it is the one that sends: an HMAC of what it sends, or a secret that it repeats.</summary>
internal sealed partial class HookSignature
{
    public const string TokenScheme = "token";

    private const int EntriesMax = 16;
    private const int DigestBytesMax = 64;
    private const int ToleranceSecondsDefault = 300;
    private const int ToleranceSecondsMax = 86_400;

    private readonly HashAlgorithmName? algorithm;
    private readonly string? header, timestampHeader, timestampPrefix;
    private readonly string prefix = "";
    private readonly char? separator;
    private readonly bool isBase64;
    private readonly TimeSpan? tolerance;
    private readonly ImmutableArray<string> signed = [];

    /// <exception cref="Grains.Campaigns.Templates.TemplateException">A value is missing, or means nothing.</exception>
    public HookSignature(HookHead head)
    {
        var scheme = head.OneOf("signature", "hmac-sha256", "hmac-sha512", "hmac-sha1", TokenScheme);
        IsSecretBase64 = head.OneOf("secret", "text", "base64") == "base64";
        if (scheme == TokenScheme)
        {
            header = head.Text("header");
            return;
        }
        algorithm = new HashAlgorithmName(scheme["hmac-".Length..].ToUpperInvariant());
        header = head.Needed("header", "the name of the header that has the signature");
        prefix = head.Text("prefix") ?? "";
        separator = head.OneOf("separator", "none", "comma", "space") switch { "comma" => ',', "space" => ' ', _ => null };
        isBase64 = head.OneOf("encoding", "hex", "base64") == "base64";
        (timestampHeader, timestampPrefix) = (head.Text("timestamp-header"), head.Text("timestamp-prefix"));
        signed = [.. Parts(head, head.Text("signed") ?? "{body}")];
        tolerance = ToleranceIn(head);
    }

    /// <summary>The secret is the base64 of the key, perhaps behind whsec_.</summary>
    public bool IsSecretBase64 { get; }

    /// <summary>
    /// What is compared takes as long whatever differs. The instant is looked at last: only the platform learns that it is late.
    /// </summary>
    /// <param name="keys">One that is right suffices: while a secret is replaced there are two.</param>
    public SignatureVerdict Verify(HookDelivery delivery, IReadOnlyList<byte[]> keys, DateTimeOffset now)
    {
        if (algorithm is not { } hash) return VerifyToken(delivery, keys);
        var text = delivery.Headers[header!].ToString();
        string[] entries = separator is { } by ? text.Split(by, EntriesMax, StringSplitOptions.TrimEntries) : [text.Trim()];
        var timestamp = timestampHeader is not null ? delivery.Headers[timestampHeader].ToString()
            : timestampPrefix is not null ? After(timestampPrefix, entries).FirstOrDefault() : null;
        var signatures = After(prefix, entries).Select(Decoded).OfType<byte[]>().ToArray();
        if (signatures.Length == 0 || (tolerance is not null && string.IsNullOrEmpty(timestamp))) return SignatureVerdict.Missing;
        var isGood = false;
        foreach (var key in keys)
        {
            var expected = Computed(hash, key, delivery, timestamp);
            foreach (var signature in signatures) isGood |= CryptographicOperations.FixedTimeEquals(expected, signature);
        }
        if (!isGood) return SignatureVerdict.Wrong;
        return tolerance is not { } most || (Dates.TryRead(timestamp, out var at) && (now - at).Duration() <= most)
            ? SignatureVerdict.Good : SignatureVerdict.Expired;
    }

    /// <summary>Compared are hashes, so that the time says nothing of the length either.</summary>
    private SignatureVerdict VerifyToken(HookDelivery delivery, IReadOnlyList<byte[]> keys)
    {
        var token = header is null ? delivery.Token : delivery.Headers[header].ToString();
        if (string.IsNullOrEmpty(token)) return SignatureVerdict.Missing;
        var given = SHA256.HashData(Encoding.UTF8.GetBytes(token));
        var isGood = false;
        foreach (var key in keys) isGood |= CryptographicOperations.FixedTimeEquals(given, SHA256.HashData(key));
        return isGood ? SignatureVerdict.Good : SignatureVerdict.Wrong;
    }

    private byte[] Computed(HashAlgorithmName hash, byte[] key, HookDelivery delivery, string? timestamp)
    {
        using var hmac = IncrementalHash.CreateHMAC(hash, key);
        foreach (var part in signed)
            if (part == "{body}") hmac.AppendData(delivery.Body.Span);
            else hmac.AppendData(Encoding.UTF8.GetBytes(
                part == "{timestamp}" ? timestamp ?? ""
                : part.StartsWith(HeaderPart, StringComparison.Ordinal) ? delivery.Headers[part[HeaderPart.Length..^1]].ToString()
                : part));
        return hmac.GetHashAndReset();
    }

    private static IEnumerable<string> After(string prefix, string[] entries) => entries
        .Where(entry => entry.Length > prefix.Length && entry.StartsWith(prefix, StringComparison.Ordinal))
        .Select(entry => entry[prefix.Length..]);

    private byte[]? Decoded(string text)
    {
        Span<byte> bytes = stackalloc byte[DigestBytesMax];
        return isBase64
            ? Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length].ToArray() : null
            : text.Length <= DigestBytesMax * 2 && text.Length % 2 == 0 && text.All(char.IsAsciiHexDigit) ? Convert.FromHexString(text)
            : null;
    }

    private const string HeaderPart = "{header ";

    /// <summary>Places and the texts between them.</summary>
    private static string[] Parts(HookHead head, string text)
    {
        string[] parts = [.. Place().Split(text).Where(part => part.Length > 0)];
        if (!parts.Contains("{body}")) throw head.Wrong("signed", "without {body} nothing of it would be proved");
        return Array.Find(parts, part => !Place().IsMatch(part) && part.AsSpan().ContainsAny('{', '}')) is null ? parts
            : throw head.Wrong("signed", "there are {body}, {timestamp} and {header NAME}");
    }

    /// <summary>Null where nothing says when it was signed.</summary>
    private TimeSpan? ToleranceIn(HookHead head)
    {
        var text = head.Text("tolerance");
        var isTimed = timestampHeader is not null || timestampPrefix is not null;
        if (isTimed != signed.Contains("{timestamp}"))
            throw isTimed
                ? head.Wrong(timestampHeader is null ? "timestamp-prefix" : "timestamp-header", "signed does not name {timestamp}")
                : head.Wrong("signed", "neither timestamp-header nor timestamp-prefix says where the timestamp is");
        if (!isTimed) return text is null ? null : throw head.Wrong("tolerance", "there is no timestamp");
        if (text is null) return TimeSpan.FromSeconds(ToleranceSecondsDefault);
        return int.TryParse(text, out var seconds) && seconds is > 0 and <= ToleranceSecondsMax ? TimeSpan.FromSeconds(seconds)
            : throw head.Wrong("tolerance", $"give seconds from 1 to {ToleranceSecondsMax}");
    }

    [GeneratedRegex(@"(\{(?:body|timestamp|header [A-Za-z0-9-]+)\})")]
    private static partial Regex Place();
}
