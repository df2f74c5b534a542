using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using LStep.Api.Http;
using ModelContextProtocol.Protocol;

namespace LStep.Api.Assistants;

/// <summary>What a tool says: JSON of a bounded size, or an error in words that say what to do.</summary>
internal static class ToolAnswers
{
    private const int CharsMax = 40_000;

    /// <summary>A model reads it, and no page.</summary>
    private static readonly JsonSerializerOptions Written = new(Json.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static CallToolResult Of(ApiAnswer answer) =>
        answer.IsProblem ? Problem(answer.Body)
        : answer.Body is not JsonObject body ? Said(new JsonObject { ["answer"] = answer.Body?.DeepClone() })
        : Bounded(body) is { } told ? Said(told)
        : Error("answer_too_large", $"The answer has more than {CharsMax} characters: ask for fewer items.");

    public static CallToolResult Wrong(IReadOnlyList<InputError> errors) =>
        Error("bad_arguments", string.Join(' ', errors.Select(error => $"{error.Path}: {error.Message}")));

    public static CallToolResult Error(string code, string detail) =>
        new() { IsError = true, Content = [new TextContentBlock { Text = $"{code}: {detail}" }] };

    public static CallToolResult Said(JsonObject told) => new()
    {
        Content = [new TextContentBlock { Text = told.ToJsonString(Written) }],
        StructuredContent = JsonSerializer.SerializeToElement(told, Written),
    };

    private static CallToolResult Problem(JsonNode? problem)
    {
        var errors = problem?["errors"] is JsonArray all
            ? string.Concat(all.Select(one => $" {one?["path"]}: {one?["message"]}"))
            : "";
        return Error(problem?["code"]?.ToString() ?? "failed", problem?["detail"]?.ToString() + errors);
    }

    /// <summary>Leaves out the largest fields and names them; null where that would be the items of a list.</summary>
    private static JsonObject? Bounded(JsonObject answer)
    {
        var left = new List<string>();
        while (answer.ToJsonString(Written).Length > CharsMax)
        {
            var (largest, _) = answer.MaxBy(field => field.Value?.ToJsonString(Written).Length ?? 0);
            if (largest == "items") return null;
            answer.Remove(largest);
            left.Add(largest);
        }
        if (left.Count > 0) answer["leftOut"] = new JsonArray([.. left.Select(name => JsonValue.Create(name))]);
        return answer;
    }
}
