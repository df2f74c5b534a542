using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace LStep.Api.Http;

/// <param name="Next">Opaque; null at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>
/// Places in lists, as text that callers hand back unread. A cursor names its list and is signed with the installation's key, so that one
/// that was made up, changed, or given by another list or installation is refused before anything reads it.
/// </summary>
public sealed class Cursors(byte[] key)
{
    private const int SignatureBytes = 16;
    private const int CharsMax = 4_000;

    public string Of(string list, params string[] place)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(place);
        return Base64Url.EncodeToString([.. SignatureOf(list, body), .. body]);
    }

    public bool TryRead(string list, string text, int parts, out string[] place)
    {
        place = [];
        if (text.Length > CharsMax || !Base64Url.IsValid(text)) return false;
        var bytes = Base64Url.DecodeFromChars(text).AsSpan();
        if (bytes.Length <= SignatureBytes) return false;
        var body = bytes[SignatureBytes..];
        if (!CryptographicOperations.FixedTimeEquals(bytes[..SignatureBytes], SignatureOf(list, body))) return false;
        place = JsonSerializer.Deserialize<string[]>(body) ?? [];
        return place.Length == parts;
    }

    /// <summary>One row more than the page was read to know whether there is a next one.</summary>
    public static Page<TItem> Page<TRow, TItem>(List<TRow> rows, int limit, Func<TRow, TItem> item, Func<TRow, string> cursor) =>
        new(rows.Take(limit).Select(item).ToArray(), rows.Count > limit ? cursor(rows[limit - 1]) : null);

    private ReadOnlySpan<byte> SignatureOf(string list, ReadOnlySpan<byte> body) =>
        HMACSHA256.HashData(key, (byte[])[.. Encoding.UTF8.GetBytes(list + "\n"), .. body]).AsSpan(0, SignatureBytes);
}
