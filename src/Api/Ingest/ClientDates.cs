namespace LStep.Api.Ingest;

/// <summary>Reads the dates that clients send, as whole milliseconds since 1970 (finer parts are cut off).</summary>
public static class ClientDates
{
    /// <summary>10000-01-01, which no DateTimeOffset reaches.</summary>
    public const long MsEnd = 253_402_300_800_000;

    /// <summary>Numbers below are seconds (until the year 5138), from it on milliseconds (from 1973 on).</summary>
    private const decimal FirstMs = 100_000_000_000m;

    /// <summary>
    /// ISO-8601: a date, or a date and a time with 'T' or a space, seconds and fraction optional; without an offset it is UTC.
    /// </summary>
    public static bool TryReadIso(ReadOnlySpan<byte> text, out long ms)
    {
        ms = 0;
        if (text.Length < 10 || text[4] != '-' || text[7] != '-') return false;
        if (!Digits(text[..4], out var year) || !Digits(text[5..7], out var month) || !Digits(text[8..10], out var day)) return false;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return false;
        ms = (new DateOnly(year, month, day).DayNumber - EpochDay) * 86_400_000L;
        if (text.Length == 10) return ms >= 0;
        if (text[10] is not ((byte)'T' or (byte)'t' or (byte)' ') || !TryReadTime(text[11..], out var rest, out var timeMs)) return false;
        if (!TryReadOffset(rest, out var offsetMs)) return false;
        ms += timeMs - offsetMs;
        return ms is >= 0 and < MsEnd;
    }

    /// <summary>Unix seconds or milliseconds.</summary>
    public static bool TryReadUnix(decimal number, out long ms)
    {
        ms = 0;
        if (number < 0 || number >= MsEnd) return false;
        ms = (long)(number < FirstMs ? number * 1000 : number);
        return true;
    }

    private static readonly int EpochDay = new DateOnly(1970, 1, 1).DayNumber;

    private static bool TryReadTime(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> rest, out long ms)
    {
        rest = default;
        ms = 0;
        if (text.Length < 5 || text[2] != ':' || !Digits(text[..2], out var hour) || !Digits(text[3..5], out var minute)) return false;
        var second = 0;
        rest = text[5..];
        if (rest.Length >= 3 && rest[0] == ':')
        {
            if (!Digits(rest[1..3], out second)) return false;
            rest = rest[3..];
            if (rest.Length > 1 && rest[0] is (byte)'.' or (byte)',')
            {
                var digits = 0;
                for (rest = rest[1..]; digits < rest.Length && rest[digits] is >= (byte)'0' and <= (byte)'9'; digits++)
                    if (digits < 3) ms = ms * 10 + rest[digits] - '0';
                if (digits == 0) return false;
                for (var missing = digits; missing < 3; missing++) ms *= 10;
                rest = rest[digits..];
            }
        }
        // A leap second counts as the last second of its minute; 24:00 as the day's end is not read.
        if (hour > 23 || minute > 59 || second > 60) return false;
        ms += ((hour * 60L + minute) * 60 + Math.Min(second, 59)) * 1000;
        return true;
    }

    private static bool TryReadOffset(ReadOnlySpan<byte> text, out long ms)
    {
        ms = 0;
        if (text.IsEmpty) return true;
        if (text[0] is (byte)'Z' or (byte)'z') return text.Length == 1;
        if (text[0] is not ((byte)'+' or (byte)'-') || text.Length is not (3 or 5 or 6) || (text.Length == 6 && text[3] != ':'))
            return false;
        var minutes = 0;
        if (!Digits(text[1..3], out var hours) || (text.Length > 3 && !Digits(text[^2..], out minutes))) return false;
        if (hours > 18 || minutes > 59) return false;
        ms = (hours * 60 + minutes) * 60_000L * (text[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool Digits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (var c in text)
        {
            if (c is < (byte)'0' or > (byte)'9') return false;
            value = value * 10 + c - '0';
        }
        return true;
    }
}
