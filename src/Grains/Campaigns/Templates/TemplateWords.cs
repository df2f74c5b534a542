using System.Collections.Frozen;
using System.Text.Json;

namespace LStep.Grains.Campaigns.Templates;

/// <summary>Codes in the words of one language: _words/LOCALE.json.</summary>
internal sealed class TemplateWords
{
    private readonly FrozenDictionary<string, string> words;

    /// <summary>Every code as it is.</summary>
    public static TemplateWords None { get; } = new(FrozenDictionary<string, string>.Empty);

    private TemplateWords(FrozenDictionary<string, string> words) => this.words = words;

    /// <returns>The code itself where there is no word for it.</returns>
    public string Of(string code) => words.GetValueOrDefault(code, code);

    /// <exception cref="TemplateException">The file is no JSON object of texts.</exception>
    public static TemplateWords Read(TemplateFiles files, string locale)
    {
        var path = TemplateLocale.Fallbacks(locale).Select(each => $"_words/{each}.json").FirstOrDefault(
            each => files.Text(each) is not null);
        if (path is null) return None;
        try
        {
            var read = JsonSerializer.Deserialize<Dictionary<string, string>>(files.Text(path)!);
            return new TemplateWords((read ?? []).ToFrozenDictionary(StringComparer.Ordinal));
        }
        catch (JsonException trouble)
        {
            throw new TemplateException($"{path}, line {trouble.LineNumber + 1}: no JSON object of texts.", trouble);
        }
    }
}
