using System.Text.Json;

namespace LStep.Domain.Deciding;

/// <summary>Texts in JSON that no database takes: U+0000, and half of a character, which cannot even be read.</summary>
static class ReadableTexts
{
    /// <summary>The place of the first such text; null when there is none.</summary>
    public static string? WhereNot(JsonElement json, string path)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.String:
                return Is(json.GetString) ? null : path;
            case JsonValueKind.Array:
                foreach (var (index, item) in json.EnumerateArray().Index())
                    if (WhereNot(item, $"{path}[{index}]") is { } place) return place;
                return null;
            case JsonValueKind.Object:
                foreach (var member in json.EnumerateObject())
                {
                    if (!Is(() => member.Name)) return path;
                    if (WhereNot(member.Value, $"{path}.{Nearest.Cut(member.Name)}") is { } place) return place;
                }
                return null;
            default:
                return null;
        }
    }

    static bool Is(Func<string?> text)
    {
        try
        {
            return text() is not { } read || !read.Contains('\0', StringComparison.Ordinal);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
