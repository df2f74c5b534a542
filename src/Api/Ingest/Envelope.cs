using System.Buffers;
using System.Text.Json;
using LStep.Grains.Database;

namespace LStep.Api.Ingest;

/// <summary>
/// A request's body cut into its messages: valid JSON as a whole, but for characters inside its texts, the messages not yet looked at.
/// The key and sentAt may stand behind the batch, so this pass comes before the messages are read.
/// </summary>
public sealed class Envelope
{
    private static readonly SearchValues<byte> Blank = SearchValues.Create(" \t\r\n"u8);

    public string? WriteKey { get; private set; }

    /// <summary>The batch's own sentAt as a JSON value, or empty.</summary>
    public Range SentAt { get; private set; }

    /// <summary>Where each message lies in the body.</summary>
    public List<Range> Messages { get; } = [];

    /// <exception cref="MalformedBodyException">The body as a whole cannot be taken.</exception>
    public static Envelope ReadBatch(ReadOnlySpan<byte> body)
    {
        var envelope = new Envelope();
        Read(body, (ref Utf8JsonReader reader, Field field) =>
        {
            switch (field)
            {
                case Field.WriteKey when reader.TokenType == JsonTokenType.String:
                    envelope.WriteKey = Fields.Text(ref reader);
                    return;
                case Field.SentAt:
                    envelope.SentAt = Fields.Value(ref reader);
                    return;
                case Field.Batch when reader.TokenType == JsonTokenType.StartArray:
                    envelope.Messages.Clear();
                    while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                        envelope.Add(Fields.Value(ref reader));
                    envelope.hasBatch = true;
                    return;
                default:
                    reader.Skip();
                    return;
            }
        });
        if (!envelope.hasBatch) throw new MalformedBodyException("missing_batch", "The body has no array named batch.");
        return envelope;
    }

    /// <exception cref="MalformedBodyException">The body as a whole cannot be taken.</exception>
    public static Envelope ReadSingle(ReadOnlySpan<byte> body)
    {
        var envelope = new Envelope();
        Read(body, (ref Utf8JsonReader reader, Field field) =>
        {
            if (field == Field.WriteKey && reader.TokenType == JsonTokenType.String) envelope.WriteKey = Fields.Text(ref reader);
            else reader.Skip();
        });
        var start = body.IndexOfAnyExcept(Blank);
        envelope.Add(start..(body.LastIndexOfAnyExcept(Blank) + 1));
        return envelope;
    }

    /// <summary>SDKs of the browser put the key into each message.</summary>
    public string? FirstMessagesKey(ReadOnlySpan<byte> body)
    {
        if (Messages.Count == 0 || body[Messages[0].Start] != '{') return null;
        return ReadSingle(body[Messages[0]]).WriteKey;
    }

    private bool hasBatch;

    private delegate void OnField(ref Utf8JsonReader reader, Field field);

    private void Add(Range message)
    {
        if (Messages.Count == IngestLimits.EventsPerRequestMax)
            throw new MalformedBodyException("too_many_events", $"A request may bring {IngestLimits.EventsPerRequestMax} events at most.");
        Messages.Add(message);
    }

    private static void Read(ReadOnlySpan<byte> body, OnField onField)
    {
        try
        {
            var reader = new Utf8JsonReader(body, Fields.Options);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                throw new MalformedBodyException("malformed", "The body has to be a JSON object.");
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var field = Fields.Of(ref reader);
                reader.Read();
                onField(ref reader, field);
            }
            // Anything behind the object makes this throw.
            reader.Read();
        }
        catch (JsonException e)
        {
            throw new MalformedBodyException(
                "malformed", $"The body is not valid JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}).");
        }
    }
}

/// <summary>The request as a whole is refused with 400; no event of it was taken.</summary>
public sealed class MalformedBodyException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}
