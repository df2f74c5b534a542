using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;

namespace LStep.Api.Ingest;

/// <summary>Numbers and yes or no, as senders write them.</summary>
internal static class Numbers
{
    /// <summary>Rounded figures of percentages end up this far outside their range.</summary>
    private const decimal BoundTolerance = 0.001m;

    /// <summary>A number, or a text that is one.</summary>
    public static bool TryRead(in Message message, Token token, out decimal number)
    {
        number = 0;
        if (!token.IsText) return false;
        var raw = token.Raw(message.Body);
        if (!(Utf8Parser.TryParse(raw, out number, out var read) && read == raw.Length)
            && !decimal.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out number)) return false;
        number = Plain(number);
        return true;
    }

    /// <summary>A score from 0 to max, or null where the message has none that is a number; false when it lies outside.</summary>
    public static bool TryScore(in Message message, Token token, int max, out decimal? score)
    {
        score = null;
        if (!token.IsText) return true;
        // A number of any size is one; what is none, such as "passed", is no score.
        if (!TryRead(message, token, out var number)) return !IsHuge(token.Raw(message.Body));
        if (number < -BoundTolerance || number > max + BoundTolerance) return false;
        score = Rounded(Math.Clamp(number, 0, max));
        return true;
    }

    /// <summary>As many decimals as are kept, so that a sum is exact in any order.</summary>
    public static decimal Rounded(decimal number) =>
        Plain(Math.Round(number, IngestLimits.ScoreDecimals, MidpointRounding.AwayFromZero));

    /// <summary>Read as consent is: true, 1, yes, on or y in any case; anything else is no yes.</summary>
    public static bool IsYes(in Message message, Token token)
    {
        if (token.Kind == JsonTokenType.True) return true;
        if (!token.IsText) return false;
        if (TryRead(message, token, out var number)) return number == 1;
        return token.Text(message.Body)!.Trim().ToLowerInvariant() is "true" or "yes" or "on" or "y";
    }

    /// <summary>Without a minus before zero and without zeros at the end: what is stored compares equal to what was read.</summary>
    private static decimal Plain(decimal number) => number == 0 ? 0 : number / 1.000000000000000000000000000000m;

    private static bool IsHuge(ReadOnlySpan<byte> text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) && text.IndexOfAnyInRange((byte)'0', (byte)'9') >= 0;
}
