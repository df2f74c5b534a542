using System.Text.Json;
using System.Text.RegularExpressions;
using Fluid.Values;

namespace LStep.Grains.Campaigns.Templates;

/// <summary>Turns the JSON of a customer into values of Liquid, without reflection over types, and within bounds.</summary>
internal static partial class TemplateVariables
{
    private const int JsonCharactersMax = 1 << 20;
    private const int DepthMax = 16;
    private const int MembersMax = 500;
    private const int ItemsMax = 200;
    private const int TextCharactersMax = 4_000;

    /// <exception cref="TemplateException">It is no JSON object, too large or too deep.</exception>
    public static Dictionary<string, FluidValue> Read(string json)
    {
        if (json.Length > JsonCharactersMax) throw new TemplateException($"The variables are longer than {JsonCharactersMax} characters.");
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = DepthMax });
            if (document.RootElement.ValueKind != JsonValueKind.Object) throw new TemplateException("The variables are no JSON object.");
            return Members(document.RootElement, isCustomer: false);
        }
        catch (JsonException trouble)
        {
            throw new TemplateException("The variables are no JSON object that can be read.", trouble);
        }
    }

    private static Dictionary<string, FluidValue> Members(JsonElement element, bool isCustomer)
    {
        var members = new Dictionary<string, FluidValue>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject().Take(MembersMax))
        {
            var isName = isCustomer && member.Name is "name" or "first_name";
            members[member.Name] = isName ? Name(member.Value) : Value(member.Value, member.Name == "customer");
        }
        return members;
    }

    private static FluidValue Name(JsonElement element) =>
        Text(element) is { } text && PersonName.Clean(text) is { } name ? new StringValue(name) : NilValue.Instance;

    /// <param name="isCustomer">Names in it are cleaned of what would not look like one in a message.</param>
    public static FluidValue Value(JsonElement element, bool isCustomer = false) => element.ValueKind switch
    {
        JsonValueKind.Object => new DictionaryValue(new FluidValueDictionaryFluidIndexable(Members(element, isCustomer))),
        JsonValueKind.Array => new ArrayValue([.. element.EnumerateArray().Take(ItemsMax).Select(item => Value(item))]),
        JsonValueKind.Number => element.TryGetDecimal(out var number) ? NumberValue.Create(number) : NilValue.Instance,
        JsonValueKind.True => BooleanValue.True,
        JsonValueKind.False => BooleanValue.False,
        JsonValueKind.String => Text(element) is { } text ? new StringValue(text) : NilValue.Instance,
        _ => NilValue.Instance,
    };

    /// <returns>Null for an empty text too, which Liquid would take for something.</returns>
    private static string? Text(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String) return null;
        try
        {
            var text = Unseen().Replace(element.GetString()!, " ");
            return string.IsNullOrWhiteSpace(text) ? null : text.Length <= TextCharactersMax ? text : Cut(text, TextCharactersMax);
        }
        catch (InvalidOperationException)
        {
            return null; // half a surrogate pair
        }
    }

    /// <summary>What would break the line of a text for people, or turn it around.</summary>
    [GeneratedRegex(@"[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+")]
    private static partial Regex Unseen();

    private static string Cut(string text, int length) => text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}
