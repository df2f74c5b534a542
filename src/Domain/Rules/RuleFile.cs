using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using LStep.Domain.Deciding;

namespace LStep.Domain.Rules;

/// <summary>
/// Rules as a file that people keep under version control: JSON with comments, one rule a block, in the order of the ids, always laid out
/// alike. {"comment": "…", "rules": […], "cases": […]}; a bare list is the rules alone.
/// </summary>
public static class RuleFile
{
    static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The file as plain JSON: its members, or what is wrong with it.</summary>
    public static Parsed<JsonElement> Read(string text) => Read(text, "rules");

    /// <param name="list">What the file is of, and its member is called.</param>
    internal static Parsed<JsonElement> Read(string text, string list)
    {
        ImmutableArray<string> members = ["comment", list, "cases"];
        try
        {
            using var document = JsonDocument.Parse(text.TrimStart('\uFEFF'), Lenient);
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Array)
                return new Parsed<JsonElement>.Ok(JsonSerializer.SerializeToElement(
                    new Dictionary<string, JsonElement> { [list] = root }));
            if (root.ValueKind != JsonValueKind.Object)
                return Failed(new InputError("$", "not_an_object", $"The file holds an object with {list}, or a list of them."));
            foreach (var member in root.EnumerateObject())
                if (!members.Contains(member.Name))
                    return Failed(new InputError(
                        $"$.{Nearest.Cut(member.Name)}", "unknown_member",
                        $"A file of {list} has no such member.{Nearest.Question(member.Name, members)}"));
            return new Parsed<JsonElement>.Ok(root.Clone());
        }
        catch (JsonException e)
        {
            return Failed(new InputError(
                $"line {e.LineNumber + 1}, column {e.BytePositionInLine + 1}", "not_json", "This is not JSON from here on."));
        }
    }

    public static string Print(IEnumerable<Rule> rules)
    {
        var text = new StringBuilder()
            .AppendLine("// ./lstep rules test FILE runs the cases beside these rules, ./lstep rules import FILE publishes them.")
            .AppendLine("{").AppendLine("  \"rules\": [");
        var blocks = rules.OrderBy(rule => rule.Id).Select(Block).ToList();
        return text.AppendJoin(",\n", blocks).Append("\n  ]\n}\n").ToString().ReplaceLineEndings("\n");
    }

    static string Block(Rule rule)
    {
        using var document = JsonDocument.Parse(JsonText.Of(json => RuleJson.Write(json, rule)));
        var members = document.RootElement.EnumerateObject().Where(member => !IsDefault(member))
            .Select(member => $"      {Quoted(member.Name)}: {Laid(member.Value, "      ", member.Name == "conditions")}");
        return $"    {{\n{string.Join(",\n", members)}\n    }}";
    }

    /// <summary>What needs not be said.</summary>
    static bool IsDefault(JsonProperty member) => (member.Name, member.Value.GetRawText()) is ("automatic" or "active", "true")
        or ("requiresApproval" or "usualRhythm", "false") or ("notification", "{}");

    /// <summary>Conditions take a line each; a clause and everything else stays on its line.</summary>
    internal static string Laid(JsonElement json, string indent, bool opens)
    {
        var inner = indent + "  ";
        return json.ValueKind switch
        {
            JsonValueKind.Object when opens && !IsClause(json) =>
                $"{{\n{string.Join(",\n", json.EnumerateObject().Select(
                    member => $"{inner}{Quoted(member.Name)}: {Laid(member.Value, inner, opens)}"))}\n{indent}}}",
            JsonValueKind.Array when opens =>
                $"[\n{string.Join(",\n", json.EnumerateArray().Select(item => inner + Laid(item, inner, !IsOneClause(item))))}\n{indent}]",
            JsonValueKind.Object => $"{{ {string.Join(", ", json.EnumerateObject().Select(
                member => $"{Quoted(member.Name)}: {Laid(member.Value, inner, opens: false)}"))} }}",
            JsonValueKind.Array => $"[{string.Join(", ", json.EnumerateArray().Select(item => Laid(item, inner, opens: false)))}]",
            JsonValueKind.String => Quoted(json.GetString()!),
            _ => json.GetRawText(),
        };
    }

    static bool IsClause(JsonElement json) =>
        json.TryGetProperty("operator", out var op) && op.ValueKind == JsonValueKind.String && json.TryGetProperty("value", out _);

    static bool IsOneClause(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object && json.EnumerateObject().ToList() is [{ Value.ValueKind: JsonValueKind.Object } only]
        && IsClause(only.Value);

    internal static string Quoted(string text) => JsonText.Of(json => json.WriteStringValue(text));

    static Parsed<JsonElement>.Failed Failed(InputError error) => new([error]);
}
