using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace LStep.Domain.Measuring;

/// <summary>Reads the values of traits; null where a value is not of the kind asked for.</summary>
static class TraitValues
{
    // Seconds reach this in the year 5138; milliseconds passed it in 1973.
    const decimal MillisecondsFrom = 100_000_000_000m;

    public static string? Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static decimal? Number(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.TryGetDecimal(out var number) ? number : null,
        JsonValueKind.String =>
            decimal.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
        _ => null,
    };

    public static bool? Flag(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => bool.TryParse(value.GetString(), out var flag) ? flag : null,
        _ => null,
    };

    public static Tier? Tier(JsonElement value) => Text(value)?.Trim().ToLowerInvariant() switch
    {
        "freemium" => Domain.Tier.Freemium,
        "pro" => Domain.Tier.Pro,
        "enterprise" => Domain.Tier.Enterprise,
        _ => null,
    };

    // Outside these nobody enrolled; at the very ends of what a DateTimeOffset holds, adding a day would throw.
    static readonly DateTimeOffset FirstDate = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);
    static readonly DateTimeOffset LastDate = new(9000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>ISO-8601 (UTC where no offset is given), Unix seconds or milliseconds; whole milliseconds.</summary>
    public static DateTimeOffset? Date(JsonElement value) =>
        AnyDate(value) is { } date && date >= FirstDate && date <= LastDate ? date : null;

    static DateTimeOffset? AnyDate(JsonElement value)
    {
        if (Text(value) is { } text && text.Length >= 10 && text[4] == '-' && text[7] == '-')
            return DateTimeOffset.TryParse(
                text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date)
                ? DateTimeOffset.FromUnixTimeMilliseconds(date.ToUnixTimeMilliseconds()) : null;
        if (Number(value) is not { } number) return null;
        if (Math.Abs(number) < MillisecondsFrom) number *= 1000;
        number = Math.Floor(number);
        return number >= DateTimeOffset.MinValue.ToUnixTimeMilliseconds() && number <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)number) : null;
    }

    public static decimal? Percent(JsonElement value) => Number(value) is >= 0 and <= 100 and var percent ? percent : null;

    /// <summary>A free trait as a rule sees it: a number, a text, or a list of texts; anything else is compared by its JSON.</summary>
    public static MetricValue Metric(string json)
    {
        using var document = JsonDocument.Parse(json);
        var value = document.RootElement;
        return value.ValueKind switch
        {
            JsonValueKind.Number => value.TryGetDecimal(out var number) ? new MetricValue(Number: number) : new MetricValue(Text: json),
            JsonValueKind.String => new MetricValue(Text: value.GetString()),
            JsonValueKind.True => new MetricValue(Text: "true"),
            JsonValueKind.False => new MetricValue(Text: "false"),
            JsonValueKind.Null => default,
            JsonValueKind.Array => new MetricValue(List: [.. value.EnumerateArray().Select(item => Text(item) ?? item.GetRawText())]),
            _ => new MetricValue(Text: json),
        };
    }
}
