using System.Globalization;
using System.Text.RegularExpressions;
using LStep.Domain.Measuring;

namespace LStep.Silo.Imports;

/// <summary>Which part of a date of numbers comes first.</summary>
public enum DateOrder { Day, Month, Year }

/// <summary>
/// Reads times as Moodle's report prints them: in the language of whoever downloaded it, and in that one's time zone. The day, the month
/// or the year may come first.
/// </summary>
public sealed partial class MoodleDates(TimeZoneInfo zone, DateOrder? order)
{
    private static readonly string[] Worded =
        ["d MMMM yyyy, h:mm:ss tt", "d MMMM yyyy, h:mm tt", "d MMM yyyy, H:mm:ss", "d MMMM yyyy, H:mm:ss"];

    /// <summary>False where it is no time, or without its order none that can be told.</summary>
    public bool TryRead(string text, out DateTimeOffset at)
    {
        at = default;
        text = text.Trim();
        if (Numbers().Match(text) is not { Success: true } match)
            return DateTime.TryParseExact(text, Worded, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out var worded)
                ? TryPlace(worded, out at) : Dates.TryRead(text.AsSpan(), out at);
        if ((match.Groups["a"].Length == 4 ? DateOrder.Year : order) is not { } first) return false;
        var (year, month, day) = first switch
        {
            DateOrder.Year => (Part(match, "a"), Part(match, "b"), Part(match, "c")),
            DateOrder.Month => (Part(match, "c"), Part(match, "a"), Part(match, "b")),
            _ => (Part(match, "c"), Part(match, "b"), Part(match, "a")),
        };
        if (year < 100) year += 2000;
        var hour = Part(match, "h");
        if (match.Groups["half"].Value is { Length: > 0 } half) hour = (hour % 12) + (half[0] is 'p' or 'P' ? 12 : 0);
        var second = match.Groups["s"].Success ? Part(match, "s") : 0;
        if (year is < 1990 or > 2100 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) 
            || hour > 23 || Part(match, "m") > 59 || second > 59) return false;
        return TryPlace(new DateTime(year, month, day, hour, Part(match, "m"), second, DateTimeKind.Unspecified), out at);
    }

    /// <summary>
    /// The order that every one of the texts can be read in; null where two can, or none.
    /// </summary>
    public static DateOrder? OrderOf(IEnumerable<string> texts, out bool isTold)
    {
        var (canBeDay, canBeMonth, any) = (true, true, false);
        foreach (var match in texts.Select(text => Numbers().Match(text.Trim())).Where(one => one.Success && one.Groups["a"].Length < 4))
        {
            any = true;
            var (a, b) = (Part(match, "a"), Part(match, "b"));
            canBeDay &= a is >= 1 and <= 31 && b is >= 1 and <= 12;
            canBeMonth &= a is >= 1 and <= 12 && b is >= 1 and <= 31;
        }
        isTold = !any || canBeDay != canBeMonth;
        return !any || canBeDay == canBeMonth ? null : canBeDay ? DateOrder.Day : DateOrder.Month;
    }

    private static int Part(Match match, string name) => int.Parse(match.Groups[name].Value, CultureInfo.InvariantCulture);

    /// <summary>A time that the clock skipped in spring is that of an hour later; of one that it showed twice the first.</summary>
    private bool TryPlace(DateTime local, out DateTimeOffset at)
    {
        if (zone.IsInvalidTime(local)) local = local.AddHours(1);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        at = new DateTimeOffset(local, offset).ToUniversalTime();
        return true;
    }

    [GeneratedRegex(
        @"^(?<a>\d{4}|\d{1,2})[./-](?<b>\d{1,2})[./-](?<c>\d{4}|\d{1,2})[,\s]+"
        + @"(?<h>\d{1,2})[:.](?<m>\d{2})(?:[:.](?<s>\d{2}))?\s*(?<half>[AaPp]\.?[Mm]\.?)?$")]
    private static partial Regex Numbers();
}
