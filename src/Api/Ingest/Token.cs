using System.Text;
using System.Text.Json;

namespace LStep.Api.Ingest;

/// <summary>Where a scalar value lies in a message: nothing is copied until it is known to be needed.</summary>
/// <param name="Start">Its first byte; of a string, the one after the quote.</param>
internal readonly record struct Token(JsonTokenType Kind, int Start, int Length, bool Escaped)
{
    /// <summary>Not sent, or sent as null: SDKs send null for what they do not know.</summary>
    public bool IsAbsent => Kind is JsonTokenType.None or JsonTokenType.Null;

    public bool IsContainer => Kind is JsonTokenType.StartObject or JsonTokenType.StartArray;

    public bool IsText => Kind is JsonTokenType.String or JsonTokenType.Number;

    /// <summary>The token the reader stands on; an object or array is skipped and only its kind kept.</summary>
    public static Token Of(ref Utf8JsonReader reader)
    {
        var kind = reader.TokenType;
        var start = (int)reader.TokenStartIndex;
        if (kind is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            reader.Skip();
            return new Token(kind, start, (int)reader.BytesConsumed - start, false);
        }
        return new Token(kind, kind == JsonTokenType.String ? start + 1 : start, reader.ValueSpan.Length, reader.ValueIsEscaped);
    }

    /// <summary>The text of a string, or a number as it was written; null for anything else.</summary>
    public string? Text(ReadOnlySpan<byte> message)
    {
        if (!IsText) return null;
        if (!Escaped) return Encoding.UTF8.GetString(Raw(message));
        var reader = new Utf8JsonReader(message.Slice(Start - 1, Length + 2));
        reader.Read();
        return Fields.Text(ref reader);
    }

    /// <summary>An object or array with nothing in it: PHP writes an empty map as [].</summary>
    public bool IsEmptyContainer(ReadOnlySpan<byte> message) => IsContainer && Raw(message)[1..^1].Trim(" \t\r\n"u8).IsEmpty;

    /// <summary>Not sent, or sent as a text with nothing in it, or as an empty map.</summary>
    public bool IsMissing(ReadOnlySpan<byte> message) =>
        IsAbsent || (Kind == JsonTokenType.String && string.IsNullOrWhiteSpace(Text(message))) || IsEmptyContainer(message);

    public ReadOnlySpan<byte> Raw(ReadOnlySpan<byte> message) => message.Slice(Start, Length);
}
