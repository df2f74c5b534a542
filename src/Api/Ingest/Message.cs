using System.Text.Json;

namespace LStep.Api.Ingest;

/// <summary>The parts of one message that ingest looks at, found in one pass over its bytes.</summary>
internal ref struct Message
{
    public ReadOnlySpan<byte> Body;
    public Token Type, Event, Name, UserId, AnonymousId, PreviousId, GroupId, MessageId;
    public Token Timestamp, OriginalTimestamp, SentAt;

    /// <summary>The objects as they came; their kind says when they are none: PHP writes an empty one as an array.</summary>
    public Token Properties, Traits;

    public UsedProperties Used;
    public DeviceHints Device;

    /// <summary>The body has been checked to be one JSON object.</summary>
    public static Message Read(ReadOnlySpan<byte> body)
    {
        var message = new Message { Body = body };
        var reader = new Utf8JsonReader(body, Fields.Options);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = Fields.Of(ref reader);
            reader.Read();
            switch (field)
            {
                case Field.Type: message.Type = Token.Of(ref reader); break;
                case Field.Event: message.Event = Token.Of(ref reader); break;
                case Field.Name: message.Name = Token.Of(ref reader); break;
                case Field.UserId: message.UserId = Token.Of(ref reader); break;
                case Field.AnonymousId: message.AnonymousId = Token.Of(ref reader); break;
                case Field.PreviousId: message.PreviousId = Token.Of(ref reader); break;
                case Field.GroupId: message.GroupId = Token.Of(ref reader); break;
                case Field.MessageId: message.MessageId = Token.Of(ref reader); break;
                case Field.Timestamp: message.Timestamp = Token.Of(ref reader); break;
                case Field.OriginalTimestamp: message.OriginalTimestamp = Token.Of(ref reader); break;
                case Field.SentAt: message.SentAt = Token.Of(ref reader); break;
                case Field.Traits: message.Traits = Token.Of(ref reader); break;
                case Field.Properties: message.Properties = message.Used.Read(ref reader); break;
                case Field.Context: message.Device.ReadContext(ref reader); break;
                default: reader.Skip(); break;
            }
        }
        return message;
    }
}

/// <summary>The values of the properties that the event table uses; names are matched like event names.</summary>
internal struct UsedProperties
{
    public Token Name, Device, Count, FeatureId, ContentId, LessonId, ModuleId, ActionId, Channel, Score, Final, CurriculumCompletion;

    /// <summary>Reads the object the reader stands on; of properties sent twice the later counts.</summary>
    public Token Read(ref Utf8JsonReader reader)
    {
        this = default;
        if (reader.TokenType != JsonTokenType.StartObject) return Token.Of(ref reader);
        var start = (int)reader.TokenStartIndex;
        Span<byte> buffer = stackalloc byte[LongestName];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var length = reader.ValueIsEscaped ? 0 : Normalise(reader.ValueSpan, buffer);
            reader.Read();
            Assign(buffer[..length], ref reader);
        }
        return new Token(JsonTokenType.StartObject, start, (int)reader.BytesConsumed - start, false);
    }

    public readonly Token SubjectOf(SubjectProperty subject) => subject switch
    {
        SubjectProperty.FeatureId => FeatureId,
        SubjectProperty.ContentId => ContentId,
        SubjectProperty.LessonId => LessonId,
        SubjectProperty.ModuleId => ModuleId,
        SubjectProperty.ActionId => ActionId,
        SubjectProperty.Channel => Channel,
        _ => default,
    };

    private const int LongestName = 20;

    private void Assign(scoped ReadOnlySpan<byte> name, ref Utf8JsonReader reader)
    {
        if (name.SequenceEqual("name"u8)) Name = Token.Of(ref reader);
        else if (name.SequenceEqual("count"u8)) Count = Token.Of(ref reader);
        else if (name.SequenceEqual("score"u8)) Score = Token.Of(ref reader);
        else if (name.SequenceEqual("final"u8)) Final = Token.Of(ref reader);
        else if (name.SequenceEqual("device"u8)) Device = Token.Of(ref reader);
        else if (name.SequenceEqual("channel"u8)) Channel = Token.Of(ref reader);
        else if (name.SequenceEqual("lessonid"u8)) LessonId = Token.Of(ref reader);
        else if (name.SequenceEqual("moduleid"u8)) ModuleId = Token.Of(ref reader);
        else if (name.SequenceEqual("actionid"u8)) ActionId = Token.Of(ref reader);
        else if (name.SequenceEqual("featureid"u8)) FeatureId = Token.Of(ref reader);
        else if (name.SequenceEqual("contentid"u8)) ContentId = Token.Of(ref reader);
        else if (name.SequenceEqual("curriculumcompletion"u8)) CurriculumCompletion = Token.Of(ref reader);
        else reader.Skip();
    }

    /// <summary>Lower case without spaces, '_' and '-'; 0 when it is longer than any name used.</summary>
    private static int Normalise(ReadOnlySpan<byte> name, Span<byte> buffer)
    {
        var length = 0;
        foreach (var c in name)
        {
            if (c is (byte)' ' or (byte)'_' or (byte)'-') continue;
            if (length == buffer.Length) return 0;
            buffer[length++] = c is >= (byte)'A' and <= (byte)'Z' ? (byte)(c + 32) : c;
        }
        return length;
    }
}
