using System.Text.Json;
using System.Text.Json.Nodes;
using LStep.Api.Standards;
using Microsoft.Net.Http.Headers;

namespace LStep.Api.Xapi;

/// <summary>How statements are given back: exactly, by identifiers alone, or in one language.</summary>
internal sealed class StatementFormat
{
    private static readonly string[] Identifiers = ["objectType", "mbox", "mbox_sha1sum", "openid", "account"];
    private static readonly string[] Spoken = ["display", "name", "description"];

    private readonly string name;
    private readonly string[] languages;

    private StatementFormat(string name, string[] languages) => (this.name, this.languages) = (name, languages);

    public static StatementFormat Of(string name, string acceptLanguage) => new(
        name,
        name == "canonical" && StringWithQualityHeaderValue.TryParseList([acceptLanguage], out var accepted)
            ? [
                .. accepted.Where(one => one.Quality is not 0).OrderByDescending(one => one.Quality ?? 1)
                    .Select(one => one.Value.ToString()),
            ]
            : []);

    public string Apply(string json)
    {
        if (name == "exact") return json;
        var statement = (JsonObject)JsonNode.Parse(json)!;
        if (name == "ids") ByIds(statement);
        else InOneLanguage(statement);
        return statement.ToJsonString(StrictJson.Plain);
    }

    private void InOneLanguage(JsonNode? node)
    {
        if (node is JsonArray items)
            foreach (var item in items) InOneLanguage(item);
        if (node is not JsonObject fields) return;
        foreach (var (field, value) in fields.ToList())
            if (field == "extensions") continue;
            else if (Spoken.Contains(field) && value is JsonObject map) fields[field] = Chosen(map);
            else InOneLanguage(value);
    }

    /// <summary>The first of the languages asked for, also where a region more or less is said; else the first that is there.</summary>
    private JsonObject Chosen(JsonObject map)
    {
        foreach (var language in languages)
            if (Find(language) is { } found) return Only(found);
        return map.FirstOrDefault().Key is { } first ? Only(first) : [];

        string? Find(string language) =>
            map.Select(one => one.Key).FirstOrDefault(key => key.Equals(language, StringComparison.OrdinalIgnoreCase))
            ?? map.Select(one => one.Key).FirstOrDefault(key => key.StartsWith(language + "-", StringComparison.OrdinalIgnoreCase)
                || language.StartsWith(key + "-", StringComparison.OrdinalIgnoreCase));

        JsonObject Only(string language) => new() { [language] = map[language]?.DeepClone() };
    }

    private static void ByIds(JsonObject statement)
    {
        foreach (var field in new[] { "actor", "authority" })
            if (statement[field] is JsonObject agent) statement[field] = Agent(agent);
        if (statement["verb"] is JsonObject verb) statement["verb"] = new JsonObject { ["id"] = verb["id"]?.DeepClone() };
        if (statement["object"] is JsonObject subject)
            switch ((string?)subject["objectType"] ?? "Activity")
            {
                case "Activity":
                    statement["object"] = Activity(subject);
                    break;
                case "Agent" or "Group":
                    statement["object"] = Agent(subject);
                    break;
                case "SubStatement":
                    ByIds(subject);
                    break;
            }
        if (statement["context"] is JsonObject context) Context(context);
    }

    private static void Context(JsonObject context)
    {
        foreach (var field in new[] { "instructor", "team" })
            if (context[field] is JsonObject agent) context[field] = Agent(agent);
        if (context["contextActivities"] is JsonObject lists)
            foreach (var (list, activities) in lists.ToList())
                lists[list] = new JsonArray([.. ((JsonArray)activities!).Select(activity => (JsonNode)Activity((JsonObject)activity!))]);
        foreach (var (list, member) in new[] { ("contextAgents", "agent"), ("contextGroups", "group") })
            if (context[list] is JsonArray agents)
                foreach (var one in agents.OfType<JsonObject>()) one[member] = Agent((JsonObject)one[member]!);
    }

    private static JsonObject Activity(JsonObject activity) => new() { ["id"] = activity["id"]?.DeepClone() };

    /// <summary>A group that has no identifier is known by its members.</summary>
    private static JsonObject Agent(JsonObject agent)
    {
        var known = new JsonObject();
        foreach (var field in Identifiers)
            if (agent[field] is { } value) known[field] = value.DeepClone();
        if (known.Count <= 1 && agent["member"] is JsonArray members)
            known["member"] = new JsonArray([.. members.Select(member => (JsonNode)Agent((JsonObject)member!))]);
        return known;
    }
}
