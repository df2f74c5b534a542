using System.Text.Json.Nodes;

namespace LStep.Api.Assistants;

/// <summary>Answers that are put together from several of the API.</summary>
internal static class Explanations
{
    private const int Ok = 200;

    public static async Task<ApiAnswer> OfStatus(ToolCall call)
    {
        var path = "/api/customers/" + call.Segment("customer_id");
        var customer = await call.Get(path);
        if (customer.IsProblem) return customer;
        var evaluation = await call.Get(path + "/evaluation");
        if (evaluation.IsProblem) return evaluation;
        var latest = customer.Body!["recentTransitions"]?.AsArray().FirstOrDefault();
        return new ApiAnswer(Ok, new JsonObject
        {
            ["customerId"] = Of(customer, "id"), ["tag"] = Of(customer, "tag"), ["tagSince"] = Of(customer, "tagSince"),
            ["lockedUntil"] = Of(customer, "lockedUntil"), ["latestMove"] = latest?.DeepClone(),
            ["decidedOn"] = await DecisionOf(call, path, latest), ["openReview"] = Of(customer, "openReview"),
            ["rulesNow"] = new JsonObject
            {
                ["recommended"] = Of(evaluation, "recommended"), ["rule"] = Of(evaluation, "rule"),
                ["confidence"] = Of(evaluation, "confidence"), ["held"] = Of(evaluation, "held"),
                ["reviewReasons"] = Of(evaluation, "reviewReasons"), ["wouldApply"] = Of(evaluation, "wouldApply"),
                ["met"] = Met(evaluation.Body!["rules"]),
            },
            ["riskIndicators"] = Of(customer, "riskIndicators"), ["nextCheckAt"] = Of(evaluation, "nextCheckAt"),
        });
    }

    public static async Task<ApiAnswer> OfChange(ToolCall call)
    {
        var evaluation = await call.Get($"/api/customers/{call.Segment("customer_id")}/evaluation");
        return evaluation.IsProblem ? evaluation : new ApiAnswer(Ok, new JsonObject
        {
            ["customerId"] = Of(evaluation, "customerId"), ["tag"] = Of(evaluation, "currentTag"),
            ["recommended"] = Of(evaluation, "recommended"), ["held"] = Of(evaluation, "held"),
            ["wouldChange"] = Of(evaluation, "wouldChange"), ["nextCheckAt"] = Of(evaluation, "nextCheckAt"),
        });
    }

    /// <summary>Without the figures of each day, which a page draws.</summary>
    public static async Task<ApiAnswer> OfKpis(ToolCall call)
    {
        var kpis = await call.Get("/api/analytics/kpis", ("from", call.Text("from")), ("to", call.Text("to")));
        if (kpis.IsProblem) return kpis;
        foreach (var kpi in kpis.Body!["items"]!.AsArray()) kpi!.AsObject().Remove("days");
        return kpis;
    }

    public static async Task<ApiAnswer> OfRule(ToolCall call)
    {
        var active = await call.Get("/api/rules");
        if (active.IsProblem) return active;
        var rule = call.Object("rule");
        var rules = active.Body!["rules"]!.DeepClone().AsArray();
        var same = rules.FirstOrDefault(one => IsNamed(one, rule["name"]));
        rule.Remove("id");
        if (same is null) rules.Add(rule);
        else
        {
            rule["id"] = same["id"]!.DeepClone();
            rules[rules.IndexOf(same)] = rule;
        }
        var tried = await call.Post("/api/rules/simulate", new JsonObject { ["rules"] = rules }, ("limit", call.Limit));
        if (!tried.IsProblem) tried.Body!["replaces"] = same?["name"]?.DeepClone();
        return tried;
    }

    private static async Task<JsonNode?> DecisionOf(ToolCall call, string path, JsonNode? move)
    {
        if (move?["decisionId"] is not { } number) return null;
        var stored = await call.Get($"{path}/decisions/{Uri.EscapeDataString(number.ToString())}");
        if (stored.IsProblem || stored.Body!["record"] is not JsonObject record) return null;
        var told = record.DeepClone().AsObject();
        // What was not met is told by what_would_change, of now.
        if (told["rules"] is { } rules) told["rules"] = Met(rules);
        return told;
    }

    private static JsonNode? Of(ApiAnswer answer, string field) => answer.Body![field]?.DeepClone();

    private static JsonArray Met(JsonNode? rules) =>
        [.. (rules as JsonArray ?? []).Where(rule => rule?["met"] is JsonValue met && met.TryGetValue(out bool yes) && yes)
            .Select(rule => rule!.DeepClone())];

    private static bool IsNamed(JsonNode? rule, JsonNode? name) =>
        name is JsonValue given && given.TryGetValue(out string? text) && rule?["name"]?.GetValue<string>() == text;
}
