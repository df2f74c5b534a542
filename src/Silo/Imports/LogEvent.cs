using System.Globalization;
using System.Text.Json;

namespace LStep.Silo.Imports;

/// <summary>An event of a platform's log, as the table of a source sees it.</summary>
/// <param name="Names">What it may be known by.</param>
/// <param name="Id">The same whenever the same event is read.</param>
/// <param name="Field">A field by its name; null where there is none.</param>
internal sealed record LogEvent(string[] Names, string Id, DateTimeOffset At, Func<string, string?> Field)
{
    /// <summary>What a person calls it.</summary>
    public string Name => Names[0];

    /// <summary>The first of fields apart by '|' that is not empty; a text in quotes as it is; of a/b how many percent a is of b.</summary>
    public string? Value(string expression)
    {
        if (expression.Length > 1 && expression[0] == '\'' && expression[^1] == '\'') return expression[1..^1];
        foreach (var path in expression.Split('|'))
        {
            var found = path.Split('/') is [var part, var whole] ? Percent(part, whole) : Field(path);
            if (!string.IsNullOrEmpty(found)) return found;
        }
        return null;
    }

    private string? Percent(string part, string whole) =>
        Number(Field(part)) is { } a && Number(Field(whole)) is { } b && b > 0
            ? Math.Round(100 * a / b, 4).ToString(CultureInfo.InvariantCulture) : null;

    public static decimal? Number(string? text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < 1_000_000_000_000m
            ? number : null;

    /// <summary>A member by its path, also within a text that is JSON itself.</summary>
    public static string? Member(JsonElement element, ReadOnlySpan<char> path)
    {
        var dot = path.IndexOf('.');
        var name = dot < 0 ? path : path[..dot];
        var rest = dot < 0 ? default : path[(dot + 1)..];
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out var member)) return null;
        if (rest.IsEmpty) return Text(member);
        return member.ValueKind == JsonValueKind.String ? Within(Text(member), rest) : Member(member, rest);
    }

    /// <summary>A member of a text that is JSON; null where it is none.</summary>
    public static string? Within(string? text, ReadOnlySpan<char> path)
    {
        if (text is null || !text.AsSpan().TrimStart().StartsWith("{")) return null;
        try
        {
            using var document = JsonDocument.Parse(text);
            return Member(document.RootElement, path);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static string? Text(JsonElement element)
    {
        try
        {
            return element.ValueKind switch
            {
                JsonValueKind.String => element.GetString(),
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => element.GetRawText(),
                _ => null,
            };
        }
        catch (InvalidOperationException)
        {
            return null; // half a surrogate pair
        }
    }
}
