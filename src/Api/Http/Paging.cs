using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace LStep.Api.Http;

/// <param name="Next">Opaque; null at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>
/// A place in a list, as text that callers hand back unread. It names its list and carries a check, so that a cursor of another
/// list or a changed one is refused instead of answering something odd.
/// </summary>
public static class Cursor
{
    private const int CheckBytes = 4;
    private const int CharsMax = 2_000;

    public static string Of(string list, params string[] place)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(place);
        return Base64Url.EncodeToString([.. CheckOf(list, body), .. body]);
    }

    public static bool TryRead(string list, string text, int parts, out string[] place)
    {
        place = [];
        if (text.Length > CharsMax || !Base64Url.IsValid(text)) return false;
        var bytes = Base64Url.DecodeFromChars(text);
        if (bytes.Length <= CheckBytes || !bytes.AsSpan(0, CheckBytes).SequenceEqual(CheckOf(list, bytes.AsSpan(CheckBytes)))) return false;
        place = JsonSerializer.Deserialize<string[]>(bytes.AsSpan(CheckBytes)) ?? [];
        return place.Length == parts;
    }

    /// <summary>One row more than the page was read to know whether there is a next one.</summary>
    public static Page<TItem> Page<TRow, TItem>(List<TRow> rows, int limit, Func<TRow, TItem> item, Func<TRow, string> cursor) =>
        new(rows.Take(limit).Select(item).ToArray(), rows.Count > limit ? cursor(rows[limit - 1]) : null);

    private static byte[] CheckOf(string list, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(list + "\n"));
        hash.AppendData(body);
        return hash.GetHashAndReset()[..CheckBytes];
    }
}
