using System.Text.Json;
using Fluid.Values;

namespace LStep.Grains.Campaigns.Templates;

/// <summary>
/// A template that makes JSON of JSON, within the bounds of messages' templates. What it prints in quotes cannot leave them, and the
/// filter json prints a value with its own.
/// </summary>
public sealed class JsonTemplate
{
    private readonly LiquidText text;

    private JsonTemplate(LiquidText text) => this.text = text;

    /// <param name="line">Of the file, at which the text begins.</param>
    /// <param name="variables">The names of what it is filled with.</param>
    /// <exception cref="TemplateException">It is no Liquid, or names what does not exist; says the file, the line and the name.</exception>
    public static JsonTemplate Parse(TemplateFile file, string text, int line, IEnumerable<string> variables) =>
        new(LiquidText.Parse(file, text, line, VariableNames.AllFree(variables)));

    /// <exception cref="TemplateException">It takes too many steps, too much room or too long.</exception>
    public string Render(IReadOnlyDictionary<string, JsonElement> variables, TimeProvider clock)
    {
        var values = new Dictionary<string, FluidValue>(StringComparer.Ordinal);
        foreach (var (name, value) in variables) values[name] = TemplateVariables.Value(value);
        return text.Render(LiquidJson.Encoder, new Filling(values, TemplateWords.None, "en", clock, IsPayload: true));
    }
}
