using System.Text;
using System.Text.Json;

namespace LStep.Api.Ingest;

/// <summary>The names that mean something at the top of a message or a batch.</summary>
internal enum Field : byte
{
    Unknown, Type, Name, Event, UserId, SentAt, Traits, GroupId, Context, WriteKey, MessageId, Timestamp,
    PreviousId, Properties, AnonymousId, OriginalTimestamp, Batch,
}

/// <summary>What the readers of this folder share: positions of values inside the body instead of copies.</summary>
internal static class Fields
{
    /// <summary>As deep as a body can be: Nesting refuses a deep event alone, instead of its whole batch.</summary>
    public static JsonReaderOptions Options { get; } = new() { MaxDepth = IngestLimits.BodyBytesMax };

    /// <summary>The bytes of the value the reader stands on, quotes and brackets included; leaves it at the value's end.</summary>
    public static Range Value(ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return start..(int)reader.BytesConsumed;
    }

    /// <summary>A string with half characters replaced: for texts that are compared or shown, never stored as they are.</summary>
    public static string Text(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped) return Encoding.UTF8.GetString(reader.ValueSpan);
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(reader.ValueSpan);
        }
    }

    public static Field Of(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped) return Of(reader.ValueSpan);
        // An escaped name is as good as a plain one. What is longer than any name, even with every character escaped, is none.
        Span<byte> buffer = stackalloc byte[17 * 6];
        if (reader.ValueSpan.Length > buffer.Length) return Field.Unknown;
        try
        {
            return Of(buffer[..reader.CopyString(buffer)]);
        }
        catch (InvalidOperationException)
        {
            return Field.Unknown;
        }
    }

    private static Field Of(ReadOnlySpan<byte> name) => name.Length switch
    {
        4 => name.SequenceEqual("type"u8) ? Field.Type : name.SequenceEqual("name"u8) ? Field.Name : Field.Unknown,
        5 => name.SequenceEqual("event"u8) ? Field.Event : name.SequenceEqual("batch"u8) ? Field.Batch : Field.Unknown,
        6 => name.SequenceEqual("userId"u8) ? Field.UserId
            : name.SequenceEqual("traits"u8) ? Field.Traits
            : name.SequenceEqual("sentAt"u8) ? Field.SentAt : Field.Unknown,
        7 => name.SequenceEqual("context"u8) ? Field.Context : name.SequenceEqual("groupId"u8) ? Field.GroupId : Field.Unknown,
        8 => name.SequenceEqual("writeKey"u8) ? Field.WriteKey : Field.Unknown,
        9 => name.SequenceEqual("messageId"u8) ? Field.MessageId : name.SequenceEqual("timestamp"u8) ? Field.Timestamp : Field.Unknown,
        10 => name.SequenceEqual("properties"u8) ? Field.Properties : name.SequenceEqual("previousId"u8) ? Field.PreviousId : Field.Unknown,
        11 => name.SequenceEqual("anonymousId"u8) ? Field.AnonymousId : Field.Unknown,
        17 => name.SequenceEqual("originalTimestamp"u8) ? Field.OriginalTimestamp : Field.Unknown,
        _ => Field.Unknown,
    };
}
