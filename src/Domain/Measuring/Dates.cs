using System.Globalization;
using System.Text;

namespace LStep.Domain.Measuring;

/// <summary>
/// Reads the dates that senders write, in traits and as event times: ISO-8601 and Unix times. Any year from 1 on is read; a caller to whom
/// an instant before <see cref="FirstGiven"/> means "not given" says so itself, since a device of another calendar is corrected by its own
/// sentAt of the same odd year.
/// </summary>
public static class Dates
{
    /// <summary>2000-01-01T00:00Z. Many systems write 0, 1970-01-01 or 0001-01-01 for a date that they do not have.</summary>
    public static DateTimeOffset FirstGiven { get; } = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Numbers below are seconds (until the year 5138), from it on milliseconds (from 1973 on).</summary>
    const decimal FirstMilliseconds = 100_000_000_000m;

    const int CharsMax = 64;
    const long MillisecondsPerDay = 86_400_000;
    static readonly long FirstMs = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    static readonly long LastMs = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();
    static readonly int EpochDay = new DateOnly(1970, 1, 1).DayNumber;

    /// <summary>
    /// A text, or a JSON number as it was written. ISO-8601 extended or basic: a date, or a date and a time after 'T' or a space, with
    /// hours, minutes, seconds and fraction as far as they are there; 24:00 is the end of the day, a leap second the last of its minute;
    /// without an offset it is UTC. Else a number as <see cref="TryRead(decimal, out DateTimeOffset)"/> reads it. Whole milliseconds, UTC;
    /// finer parts are cut off. False when it is none of these or lies outside the years 1 to 9999.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> utf8, out DateTimeOffset instant)
    {
        instant = default;
        var text = utf8.Trim((byte)' ');
        if (text.Length is 0 or > CharsMax) return false;
        if (TryReadDay(text, out var rest, out var day)) return TryReadTime(rest, day, out instant);
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && TryRead(number, out instant);
    }

    /// <inheritdoc cref="TryRead(ReadOnlySpan{byte}, out DateTimeOffset)"/>
    public static bool TryRead(ReadOnlySpan<char> text, out DateTimeOffset instant)
    {
        instant = default;
        text = text.Trim(' ');
        Span<byte> utf8 = stackalloc byte[CharsMax];
        return text.Length <= CharsMax && Encoding.UTF8.TryGetBytes(text, utf8, out var written) && TryRead(utf8[..written], out instant);
    }

    /// <summary>Eight digits that make a date are one; else Unix seconds or milliseconds.</summary>
    public static bool TryRead(decimal number, out DateTimeOffset instant)
    {
        instant = default;
        if (number is >= 10_000_000m and <= 99_999_999m && decimal.IsInteger(number)
            && TryDay((int)number / 10_000, (int)number / 100 % 100, (int)number % 100, out var day))
            return TryInstant(day * MillisecondsPerDay, out instant);
        // Compared before it is multiplied: the largest decimals would overflow.
        if (Math.Abs(number) > LastMs) return false;
        return TryInstant((long)decimal.Floor(Math.Abs(number) < FirstMilliseconds ? number * 1000 : number), out instant);
    }

    /// <summary>Whether a text begins with a date, as days since 1970; eight digits alone, or with a time behind, are one too.</summary>
    static bool TryReadDay(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> rest, out int day)
    {
        day = 0;
        rest = default;
        if (text.Length >= 10 && text[4] == '-' && text[7] == '-')
        {
            rest = text[10..];
            return Digits(text[..4], out var year) && Digits(text[5..7], out var month) && Digits(text[8..10], out var dayOfMonth)
                && TryDay(year, month, dayOfMonth, out day);
        }
        if (text.Length < 8 || !Digits(text[..8], out var digits)) return false;
        rest = text[8..];
        if (!rest.IsEmpty && !IsTimeMark(rest[0])) return false;
        return TryDay(digits / 10_000, digits / 100 % 100, digits % 100, out day);
    }

    static bool TryDay(int year, int month, int dayOfMonth, out int day)
    {
        var exists = year is >= 1 and <= 9999 && month is >= 1 and <= 12
            && dayOfMonth >= 1 && dayOfMonth <= DateTime.DaysInMonth(year, month);
        day = exists ? new DateOnly(year, month, dayOfMonth).DayNumber - EpochDay : 0;
        return exists;
    }

    /// <summary>What stands behind the date: nothing, or a time and perhaps an offset.</summary>
    static bool TryReadTime(ReadOnlySpan<byte> text, int day, out DateTimeOffset instant)
    {
        instant = default;
        var ms = day * MillisecondsPerDay;
        if (text.IsEmpty) return TryInstant(ms, out instant);
        if (!IsTimeMark(text[0]) || text.Length < 3 || !Digits(text[1..3], out var hour)) return false;
        var rest = text[3..];
        int minute = 0, second = 0, fraction = 0;
        var hasSeconds = TryTwo(ref rest, ref minute) && TryTwo(ref rest, ref second);
        if (hasSeconds && !TryFraction(ref rest, out fraction)) return false;
        if (hour > 24 || minute > 59 || second > 60 || (hour == 24 && (minute, second, fraction) != (0, 0, 0))) return false;
        if (!TryReadOffset(rest, out var offset)) return false;
        ms += ((hour * 60L + minute) * 60 + Math.Min(second, 59)) * 1000 + fraction;
        return TryInstant(ms - offset * 60_000L, out instant);
    }

    static bool IsTimeMark(byte c) => c is (byte)'T' or (byte)'t' or (byte)' ';

    /// <summary>The next two digits, with or without a colon before them; false, and nothing taken, when there are none.</summary>
    static bool TryTwo(ref ReadOnlySpan<byte> text, ref int value)
    {
        var digits = text.Length > 0 && text[0] == ':' ? text[1..] : text;
        if (digits.Length < 2 || !Digits(digits[..2], out var read)) return false;
        value = read;
        text = digits[2..];
        return true;
    }

    static bool TryFraction(ref ReadOnlySpan<byte> text, out int ms)
    {
        ms = 0;
        if (text.IsEmpty || text[0] is not ((byte)'.' or (byte)',')) return true;
        var digits = 0;
        for (text = text[1..]; digits < text.Length && text[digits] is >= (byte)'0' and <= (byte)'9'; digits++)
            if (digits < 3) ms = ms * 10 + text[digits] - '0';
        for (var missing = digits; missing < 3; missing++) ms *= 10;
        text = text[digits..];
        return digits > 0;
    }

    /// <summary>Nothing, Z, UTC, or ±hh, ±hhmm, ±hh:mm; a space may stand before it. In minutes.</summary>
    static bool TryReadOffset(ReadOnlySpan<byte> text, out int minutes)
    {
        minutes = 0;
        if (text.IsEmpty) return true;
        if (text[0] == ' ') text = text[1..];
        if (text.SequenceEqual("Z"u8) || text.SequenceEqual("z"u8) || text.SequenceEqual("UTC"u8)) return true;
        if (text.Length < 3 || text[0] is not ((byte)'+' or (byte)'-') || !Digits(text[1..3], out var hours)) return false;
        var rest = text[3..];
        var part = 0;
        if ((!rest.IsEmpty && !TryTwo(ref rest, ref part)) || !rest.IsEmpty || hours > 18 || part > 59) return false;
        minutes = (hours * 60 + part) * (text[0] == '-' ? -1 : 1);
        return true;
    }

    static bool TryInstant(long ms, out DateTimeOffset instant)
    {
        var exists = ms >= FirstMs && ms <= LastMs;
        instant = exists ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : default;
        return exists;
    }

    static bool Digits(ReadOnlySpan<byte> text, out int value)
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
