using System.Text;
using System.Text.Json;

namespace LStep.Api.Ingest;

/// <summary>
/// When an event happened: the client's word, corrected for its clock where that can be told, and never far ahead of ours.
/// </summary>
internal static class EventTime
{
    private const long AheadMsMax = IngestLimits.AheadMinutesMax * 60_000L;

    public static bool TryRead(in Message message, Reception reception, out DateTimeOffset at, out Refusal? refusal)
    {
        at = default;
        var now = reception.Now.ToUnixTimeMilliseconds();
        if (!TryMs(message, message.Timestamp, "timestamp", out var timestamp, out refusal)) return false;
        if (!TryMs(message, message.OriginalTimestamp, "originalTimestamp", out var original, out refusal)) return false;
        if (!TryMs(message, message.SentAt, "sentAt", out var sentAt, out refusal)) return false;
        if (sentAt is null && reception.SentAtUnreadable)
        {
            refusal = Refusal.UnreadableDate("sentAt");
            return false;
        }
        sentAt ??= reception.SentAtMs;

        long ms;
        // Where a relay already corrected timestamp, originalTimestamp is still what sentAt belongs to.
        if (reception.CorrectsTime && sentAt is not null && (original ?? timestamp) is { } told) ms = now - (sentAt.Value - told);
        else ms = timestamp ?? original ?? now;

        if (ms < 0)
        {
            refusal = Refusal.UnreadableDate("The corrected time");
            return false;
        }
        if (ms > now + AheadMsMax)
        {
            if (reception.Simulated)
            {
                refusal = Refusal.InTheFuture;
                return false;
            }
            ms = now;
        }
        at = DateTimeOffset.FromUnixTimeMilliseconds(ms);
        return true;
    }

    /// <summary>A batch's own sentAt, which is the same for all of its messages.</summary>
    public static Reception WithSentAt(this Reception reception, ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty) return reception;
        var reader = new Utf8JsonReader(json, Fields.Options);
        reader.Read();
        var message = new Message { Body = json };
        var read = TryMs(message, Token.Of(ref reader), "sentAt", out var ms, out _);
        return reception with { SentAtMs = ms, SentAtUnreadable = !read };
    }

    private static bool TryMs(in Message message, Token token, string field, out long? ms, out Refusal? refusal)
    {
        ms = null;
        refusal = null;
        if (token.IsAbsent) return true;
        if (TryMs(message, token, out var read))
        {
            ms = read;
            return true;
        }
        refusal = Refusal.UnreadableDate(field);
        return false;
    }

    private static bool TryMs(in Message message, Token token, out long ms)
    {
        ms = 0;
        if (token.Kind == JsonTokenType.String)
        {
            // Some serialisers escape the '+' of an offset.
            var text = token.Escaped ? Encoding.UTF8.GetBytes(token.Text(message.Body)!) : token.Raw(message.Body);
            if (ClientDates.TryReadIso(text, out ms)) return true;
        }
        return MessageParser.TryNumber(message, token, out var number) && ClientDates.TryReadUnix(number, out ms);
    }
}
