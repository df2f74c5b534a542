using System.Globalization;
using System.Text.Json;

namespace LStep.Domain.Measuring;

/// <summary>
/// One form for each number: without a negative zero and without trailing zeros. PostgreSQL knows no negative zero, so that a state that
/// kept one would differ from its log for ever.
/// </summary>
public static class Numbers
{
    /// <summary>A score this near a bound is the bound: senders compute in floating point.</summary>
    public const decimal BoundTolerance = 0.001m;

    /// <summary>The same value in its one form.</summary>
    public static decimal Normal(decimal number) => number == 0 ? 0 : number / 1.0000000000000000000000000000m;

    /// <summary>A score in its one form, rounded to the decimals that are kept.</summary>
    public static decimal Score(decimal number) =>
        Normal(Math.Round(number, Limits.ScoreDecimals, MidpointRounding.AwayFromZero));

    /// <summary>A score of 0 to max; false where the number lies outside by more than the tolerance.</summary>
    public static bool TryScore(decimal number, decimal max, out decimal score)
    {
        score = Score(Math.Clamp(number, 0, max));
        return number >= -BoundTolerance && number <= max + BoundTolerance;
    }

    /// <summary>A JSON number, or a text that is one; null for anything else, and for what a decimal cannot hold.</summary>
    internal static decimal? Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.TryGetDecimal(out var number) ? Normal(number) : null,
        JsonValueKind.String =>
            decimal.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? Normal(number) : null,
        _ => null,
    };

    /// <summary>Whether <see cref="Score(decimal)"/> would leave it as it is, to its last digit.</summary>
    internal static bool IsScore(decimal number) =>
        number.Scale <= Limits.ScoreDecimals && Normal(number).Scale == number.Scale && !(number == 0 && decimal.IsNegative(number));
}
