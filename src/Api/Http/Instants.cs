using System.Globalization;

namespace LStep.Api.Http;

/// <summary>Instants and dates as callers write them.</summary>
public static class Instants
{
    // Forms are listed, not guessed: "01/02/2026" means two days, so it means none here.
    private static readonly string[] Forms =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-dd",
    ];

    /// <summary>UTC, cut to whole milliseconds. Without an offset it is UTC.</summary>
    public static bool TryParse(string? text, out DateTimeOffset at)
    {
        var read = DateTimeOffset.TryParseExact(
            text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out at);
        if (read) at = new DateTimeOffset(at.Ticks - (at.Ticks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
        return read;
    }

    public static bool TryParseDay(string? text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
}
