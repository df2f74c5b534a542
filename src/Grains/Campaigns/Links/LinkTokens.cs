using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using LStep.Domain.Campaigning;

namespace LStep.Grains.Campaigns.Links;

/// <summary>What a link is for: one that was signed for another purpose is no link at all.</summary>
public enum LinkPurpose : byte { Open = 1, Click = 2, Unsubscribe = 3 }

/// <param name="Channel">Of an unsubscribe link.</param>
/// <param name="Target">Of a click: the only address that it ever leads to.</param>
public sealed record LinkToken(LinkPurpose Purpose, long ActionId, Channel? Channel = null, string? Target = null);

/// <summary>
/// Tokens of links: version (1 byte), purpose (1), action id (8, big-endian), for an unsubscribe link the channel (1), for a click the
/// target in ASCII, and of all this 16 bytes of HMAC-SHA-256; in base64url. The customer is not in it: the tables know whose action it is.
/// </summary>
public static class LinkTokens
{
    /// <summary>A longer address is not tracked: with the token around it, it would pass what servers take as one line.</summary>
    public const int TargetBytesMax = 2_048;

    private const byte Version = 1;
    private const int MacBytes = 16;
    private const int HeadBytes = 10;
    private const int CharsMax = (HeadBytes + TargetBytesMax + MacBytes + 2) * 4 / 3;

    public static string Write(byte[] key, LinkToken token)
    {
        var target = token.Target is { } address ? Encoding.ASCII.GetBytes(address) : [];
        ArgumentOutOfRangeException.ThrowIfGreaterThan(target.Length, TargetBytesMax);
        var bytes = new byte[HeadBytes + (token.Channel is null ? 0 : 1) + target.Length + MacBytes];
        (bytes[0], bytes[1]) = (Version, (byte)token.Purpose);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(2), token.ActionId);
        if (token.Channel is { } channel) bytes[HeadBytes] = (byte)channel;
        target.CopyTo(bytes, bytes.Length - MacBytes - target.Length);
        HMACSHA256.HashData(key, bytes.AsSpan(..^MacBytes)).AsSpan(..MacBytes).CopyTo(bytes.AsSpan(^MacBytes..));
        return Base64Url.EncodeToString(bytes);
    }

    /// <returns>Null for what this installation did not sign for this purpose.</returns>
    public static LinkToken? Read(byte[] key, LinkPurpose purpose, string text)
    {
        if (text.Length > CharsMax || !Base64Url.IsValid(text)) return null;
        var bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        if (!Base64Url.TryDecodeFromChars(text, bytes, out var length) || length < HeadBytes + MacBytes) return null;
        var signed = bytes.AsSpan(..(length - MacBytes));
        var mac = HMACSHA256.HashData(key, signed).AsSpan(..MacBytes);
        if (!CryptographicOperations.FixedTimeEquals(mac, bytes.AsSpan(signed.Length, MacBytes))) return null;
        if (signed[0] != Version || signed[1] != (byte)purpose) return null;
        // One text for each token: unused bits of the last character and white space between are not its own.
        if (Base64Url.EncodeToString(bytes.AsSpan(..length)) != text) return null;
        return Inside(purpose, BinaryPrimitives.ReadInt64BigEndian(signed[2..]), signed[HeadBytes..]);
    }

    /// <summary>
    /// The address as it is led to: as it was written, where a header can hold it. Null for every scheme but http and https, for one that
    /// brings a name and password, and for what is too long.
    /// </summary>
    public static string? TargetIn(string text)
    {
        if (text.Length > TargetBytesMax || !Uri.TryCreate(text, UriKind.Absolute, out var uri)) return null;
        if (uri.Scheme is not ("http" or "https") || uri.Host.Length == 0 || uri.UserInfo.Length > 0) return null;
        var address = IsPlain(text) ? text : uri.AbsoluteUri.Replace(uri.Host, uri.IdnHost, StringComparison.Ordinal);
        return IsPlain(address) && address.Length <= TargetBytesMax ? address : null;
    }

    /// <summary>Printable ASCII without a space: nothing in it ends a header.</summary>
    private static bool IsPlain(string text) => !text.AsSpan().ContainsAnyExceptInRange('!', '~');

    private static LinkToken? Inside(LinkPurpose purpose, long actionId, ReadOnlySpan<byte> rest)
    {
        switch (purpose)
        {
            case LinkPurpose.Open:
                return rest.IsEmpty ? new LinkToken(purpose, actionId) : null;
            case LinkPurpose.Click:
                return TargetIn(Encoding.ASCII.GetString(rest)) is { } target ? new LinkToken(purpose, actionId, Target: target) : null;
            default:
                return rest.Length == 1 && Enum.IsDefined((Channel)rest[0])
                    ? new LinkToken(purpose, actionId, (Channel)rest[0]) : null;
        }
    }
}
