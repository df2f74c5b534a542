using System.Text;
using System.Text.Json;
using LStep.Domain.Measuring;

namespace LStep.Api.Ingest;

/// <summary>
/// When an event happened: the client's word, corrected for its clock where that can be told, and never far ahead of ours.
/// </summary>
internal static class EventTime
{
    private const long AheadMsMax = IngestLimits.AheadMinutesMax * 60_000L;
    private const int DateChars = 10;
    private const int DaysOfEveryMonth = 28;
    private static readonly long FirstGivenMs = Dates.FirstGiven.ToUnixTimeMilliseconds();

    public static bool TryRead(in Message message, Reception reception, out DateTimeOffset at, out Refusal? refusal)
    {
        at = default;
        refusal = null;
        var now = reception.Now.ToUnixTimeMilliseconds();
        var readsTimestamp = TryMs(message, message.Timestamp, out var timestamp);
        var readsOriginal = TryMs(message, message.OriginalTimestamp, out var original);
        if ((!readsTimestamp && original is null) || (!readsOriginal && timestamp is null))
        {
            refusal = Refusal.UnreadableDate(readsTimestamp ? "originalTimestamp" : "timestamp");
            return false;
        }
        var ms = Corrected(reception, now, original ?? timestamp, SentAt(message, reception)) ?? Given(timestamp) ?? Given(original);
        ms = Given(ms) ?? now;
        if (ms > now + AheadMsMax)
        {
            if (reception.Simulated)
            {
                refusal = Refusal.InTheFuture;
                return false;
            }
            ms = now;
        }
        at = DateTimeOffset.FromUnixTimeMilliseconds(ms.Value);
        return true;
    }

    /// <summary>A batch's own sentAt, which is the same for all of its messages.</summary>
    public static Reception WithSentAt(this Reception reception, ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty) return reception;
        json = Characters.Mended(json);
        var reader = new Utf8JsonReader(json, Fields.Options);
        reader.Read();
        TryMs(new Message { Body = json }, Token.Of(ref reader), out var ms);
        return reception with { SentAtMs = ms };
    }

    /// <summary>One that cannot be read is as good as none: the event's own time then stands as it is.</summary>
    private static long? SentAt(in Message message, Reception reception)
    {
        TryMs(message, message.SentAt, out var own);
        return own ?? reception.SentAtMs;
    }

    /// <summary>
    /// The receipt less what passed between the event and its sending, both by the client's clock, which may count the years of another
    /// calendar. Where a relay already corrected timestamp, originalTimestamp is still what sentAt belongs to. Null where nothing can be
    /// told from the two: a sentAt that was never set stands beside a time that was.
    /// </summary>
    private static long? Corrected(Reception reception, long now, long? told, long? sentAt) =>
        reception.CorrectsTime && told is { } happened && sentAt is { } sent && IsGiven(happened) == IsGiven(sent)
            ? now - (sent - happened)
            : null;

    private static bool IsGiven(long ms) => ms >= FirstGivenMs;

    private static long? Given(long? ms) => ms >= FirstGivenMs ? ms : null;

    /// <summary>Null and true where there is none: SDKs send null, others an empty text or a date of zeros.</summary>
    private static bool TryMs(in Message message, Token token, out long? ms)
    {
        ms = null;
        if (token.IsMissing(message.Body)) return true;
        if (!token.IsText) return false;
        // Some serialisers escape the '+' of an offset.
        var text = token.Escaped ? Encoding.UTF8.GetBytes(token.Text(message.Body)!) : token.Raw(message.Body);
        if (text.TrimStart((byte)' ').StartsWith("0000"u8)) return true;
        if (!TryInstant(text, out var read)) return false;
        ms = read.ToUnixTimeMilliseconds();
        return true;
    }

    /// <summary>
    /// Months of other calendars have days that ours do not: 1405-02-31. Such a day counts from the last that every month has; beside a
    /// sentAt of the same calendar that is right within a month.
    /// </summary>
    private static bool TryInstant(ReadOnlySpan<byte> text, out DateTimeOffset instant)
    {
        if (Dates.TryRead(text, out instant)) return true;
        text = text.Trim((byte)' ');
        if (text.Length is < DateChars or > IngestLimits.DateCharsMax || text[4] != '-' || text[7] != '-') return false;
        if (text[8..DateChars] is not [>= (byte)'2' and <= (byte)'3', >= (byte)'0' and <= (byte)'9'] || IsOurs(text[..4])) return false;
        var day = (text[8] - '0') * 10 + text[9] - '0';
        if (day is <= DaysOfEveryMonth or > 32) return false;
        Span<byte> early = stackalloc byte[text.Length];
        text.CopyTo(early);
        "28"u8.CopyTo(early[8..]);
        if (!Dates.TryRead(early, out instant) || instant > DateTimeOffset.MaxValue.AddDays(DaysOfEveryMonth - day)) return false;
        instant = instant.AddDays(day - DaysOfEveryMonth);
        return true;
    }

    /// <summary>Whether a year is one of the centuries in which our calendar's learners live.</summary>
    private static bool IsOurs(ReadOnlySpan<byte> year) => year[..2].SequenceEqual("19"u8) || year[..2].SequenceEqual("20"u8);
}
