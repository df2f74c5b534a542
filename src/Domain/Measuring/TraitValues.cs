using System.Collections.Immutable;
using System.Text.Json;

namespace LStep.Domain.Measuring;

/// <summary>Reads the values of traits; null where a value is not of the kind asked for.</summary>
static class TraitValues
{
    // Later nobody enrolls; at the very end of what a DateTimeOffset holds, adding a day would throw.
    static readonly DateTimeOffset LastDate = new(9000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static string? Text(JsonElement value, int charsMax = int.MaxValue) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { } text && text.Length <= charsMax ? text : null;

    /// <summary>A boolean, 0 or 1, or one of the words that people write for them.</summary>
    public static bool? Flag(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => Of(Numbers.Of(value)),
        JsonValueKind.String => value.GetString()!.Trim().ToLowerInvariant() switch
        {
            "true" or "yes" or "on" or "y" => true,
            "false" or "no" or "off" or "n" => false,
            _ => Of(Numbers.Of(value)),
        },
        _ => null,
    };

    public static Tier? Tier(JsonElement value) => Text(value)?.Trim().ToLowerInvariant() switch
    {
        "freemium" => Domain.Tier.Freemium,
        "pro" => Domain.Tier.Pro,
        "enterprise" => Domain.Tier.Enterprise,
        _ => null,
    };

    /// <summary>As <see cref="Dates"/> reads it, from 2000 to 9000.</summary>
    public static DateTimeOffset? Date(JsonElement value) =>
        TryReadDate(value, out var date) && date >= Dates.FirstGiven && date <= LastDate ? date : null;

    /// <summary>0, 1970-01-01, 0001-01-01, 0000-00-00: what many systems write for a date that they do not have.</summary>
    public static bool IsUnsetDate(JsonElement value) =>
        TryReadDate(value, out var date) ? date < Dates.FirstGiven : Text(value)?.StartsWith("0000", StringComparison.Ordinal) == true;

    public static decimal? Percent(JsonElement value) =>
        Numbers.Of(value) is { } number && Numbers.TryScore(number, 100, out var percent) ? percent : null;

    static bool TryReadDate(JsonElement value, out DateTimeOffset date)
    {
        date = default;
        return value.ValueKind switch
        {
            JsonValueKind.String => Dates.TryRead(value.GetString(), out date),
            JsonValueKind.Number => Dates.TryRead(value.GetRawText(), out date),
            _ => false,
        };
    }

    static bool? Of(decimal? number) => number switch { 1 => true, 0 => false, _ => null };

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
