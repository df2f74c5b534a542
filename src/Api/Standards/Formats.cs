using System.Globalization;
using System.Text.RegularExpressions;

namespace LStep.Api.Standards;

/// <summary>How texts are written that the standard gives a form.</summary>
internal static partial class Formats
{
    private const int RegexMs = 1_000;

    public static bool IsIri(string text) => IriForm().IsMatch(text);

    public static bool IsUuid(string text) => UuidForm().IsMatch(text);

    public static bool IsLanguage(string text) => LanguageForm().IsMatch(text);

    public static bool IsDuration(string text) => DurationForm().IsMatch(text) && !text.EndsWith('T') && text != "P";

    public static bool IsTimestamp(string text) => TryTimestamp(text, out _);

    public static bool IsMailto(string text) => MailtoForm().IsMatch(text);

    public static bool IsSha1(string text) => Sha1Form().IsMatch(text);

    public static bool IsSha2(string text) => Sha2Form().IsMatch(text);

    public static bool IsMediaType(string text) => MediaTypeForm().IsMatch(text);

    /// <summary>Without an offset it is UTC.</summary>
    public static bool TryTimestamp(string text, out DateTimeOffset at)
    {
        at = default;
        if (TimestampForm().Match(text) is not { Success: true } match) return false;
        var (whole, offset) = (match.Groups["whole"].Value.Replace('t', 'T').Replace(' ', 'T'), match.Groups["offset"].Value);
        if (offset is "-00" or "-0000" or "-00:00") return false;
        // A leap second, or the end of a day: nothing else has 60 or 24 there.
        if (match.Groups["second"].Value == "60") whole = whole.Replace(":60", ":59", StringComparison.Ordinal);
        if (!DateTime.TryParseExact(
                whole, ["yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd"], CultureInfo.InvariantCulture, DateTimeStyles.None,
                out var local)) return false;
        var fraction = match.Groups["fraction"].Value is { Length: > 0 } digits
            ? digits[..Math.Min(digits.Length, 7)].PadRight(7, '0') : "0";
        local = local.AddTicks(long.Parse(fraction, CultureInfo.InvariantCulture));
        if (!TryOffset(offset, out var minutes)) return false;
        var ticks = local.Ticks - minutes * TimeSpan.TicksPerMinute;
        if (ticks < 0 || ticks > DateTime.MaxValue.Ticks) return false;
        at = new DateTimeOffset(ticks, TimeSpan.Zero);
        return true;
    }

    /// <summary>Null where it cannot be told: months and years have no length of their own.</summary>
    public static double? Seconds(string duration)
    {
        if (!IsDuration(duration)) return null;
        var match = DurationForm().Match(duration);
        if (Part("years") > 0 || Part("months") > 0) return null;
        var seconds = (((((Part("weeks") * 7) + Part("days")) * 24) + Part("hours")) * 60 + Part("minutes")) * 60 + Part("seconds");
        return double.IsFinite(seconds) ? seconds : null;

        double Part(string name) => match.Groups[name].Value is { Length: > 0 } text
            ? double.Parse(text.Replace(',', '.'), CultureInfo.InvariantCulture) : 0;
    }

    private static bool TryOffset(string text, out int minutes)
    {
        minutes = 0;
        if (text is "" or "Z" or "z") return true;
        var digits = text[1..].Replace(":", "", StringComparison.Ordinal).PadRight(4, '0');
        var (hour, minute) = (int.Parse(digits[..2], CultureInfo.InvariantCulture), int.Parse(digits[2..], CultureInfo.InvariantCulture));
        minutes = (hour * 60 + minute) * (text[0] == '-' ? -1 : 1);
        return hour < 24 && minute < 60;
    }

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9+.\-]*:[^\s<>""{}|\\^`\x00-\x20]+$", RegexOptions.None, RegexMs)]
    private static partial Regex IriForm();

    [GeneratedRegex(@"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$", RegexOptions.None, RegexMs)]
    private static partial Regex UuidForm();

    [GeneratedRegex("^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$", RegexOptions.None, RegexMs)]
    private static partial Regex LanguageForm();

    [GeneratedRegex(@"^mailto:[^\s@<>]+@[^\s@<>]+$", RegexOptions.IgnoreCase, RegexMs)]
    private static partial Regex MailtoForm();

    [GeneratedRegex("^[0-9a-fA-F]{40}$", RegexOptions.None, RegexMs)]
    private static partial Regex Sha1Form();

    /// <summary>SHA-224 to SHA-512.</summary>
    [GeneratedRegex("^([0-9a-fA-F]{56}|[0-9a-fA-F]{64}|[0-9a-fA-F]{96}|[0-9a-fA-F]{128})$", RegexOptions.None, RegexMs)]
    private static partial Regex Sha2Form();

    [GeneratedRegex(@"^[\w!#$&^.+\-]+/[\w!#$&^.+*\-]+\s*(;.*)?$", RegexOptions.None, RegexMs)]
    private static partial Regex MediaTypeForm();

    [GeneratedRegex(
        @"^P((?<weeks>\d+([.,]\d+)?)W|((?<years>\d+([.,]\d+)?)Y)?((?<months>\d+([.,]\d+)?)M)?((?<days>\d+([.,]\d+)?)D)?"
        + @"(T((?<hours>\d+([.,]\d+)?)H)?((?<minutes>\d+([.,]\d+)?)M)?((?<seconds>\d+([.,]\d+)?)S)?)?)$", RegexOptions.None, RegexMs)]
    private static partial Regex DurationForm();

    [GeneratedRegex(
        @"^(?<whole>\d{4}-\d\d-\d\d([Tt ]\d\d:\d\d(:(?<second>\d\d))?)?)([.,](?<fraction>\d+))?(?<offset>Z|z|[+\-]\d\d(:?\d\d)?)?$",
        RegexOptions.None, RegexMs)]
    private static partial Regex TimestampForm();
}
