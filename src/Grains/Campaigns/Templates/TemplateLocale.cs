namespace LStep.Grains.Campaigns.Templates;

/// <summary>Languages as templates are named by them: "en", "ja", "pt-br".</summary>
internal static class TemplateLocale
{
    public const string Default = "en";
    private const int CharactersMax = 35;

    /// <returns>The locale itself, its language, and the default, in this order.</returns>
    public static IEnumerable<string> Fallbacks(string? locale)
    {
        var name = locale?.Split('.', '@')[0].Trim().Replace('_', '-').ToLowerInvariant() ?? "";
        if (name.Length is > 0 and <= CharactersMax && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-'))
        {
            yield return name;
            for (var dash = name.LastIndexOf('-'); dash > 0; dash = name.LastIndexOf('-', dash - 1)) yield return name[..dash];
        }
        yield return Default;
    }
}
