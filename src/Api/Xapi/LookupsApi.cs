using System.Text.Json.Nodes;
using LStep.Api.Auth;
using LStep.Api.Http;
using LStep.Api.Standards;
using LStep.Grains.Xapi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api.Xapi;

/// <param name="Version">Those that are supported.</param>
public sealed record AboutXapi(IReadOnlyList<string> Version);

/// <summary>What the store knows of itself, of an agent and of an activity.</summary>
public static class LookupsApi
{
    internal static void Map(IEndpointRouteBuilder xapi)
    {
        xapi.MapGet("/about", About).AllowAnonymous().WithName("aboutXapi").WithSummary("The versions of xAPI that are supported")
            .WithDescription("The standard has it answer without a key.");
        xapi.MapGet("/agents", Agents).RequireAuthorization(Policies.Ingest).WithName("getAgent")
            .WithSummary("A person, by an agent")
            .WithDescription("What was asked, and nothing else: who else a person is, a write key is not told.")
            .WithMetadata(XapiMetadata.Texts("agent")).WithMetadata(XapiMetadata.Answer(typeof(JsonObject)));
        xapi.MapGet("/activities", Activities).RequireAuthorization(Policies.Ingest).WithName("getActivity")
            .WithSummary("An activity, as the newest statements about it describe it")
            .WithDescription("Of statements that a key of the same name wrote.")
            .WithMetadata(XapiMetadata.Texts("activityId")).WithMetadata(XapiMetadata.Answer(typeof(JsonObject)));
    }

    private static Ok<AboutXapi> About(HttpContext http)
    {
        var version = XapiVersions.Of(http.Request.Headers[XapiVersions.Header].ToString()) ?? XapiVersion.V1;
        http.Response.Headers[XapiVersions.Header] = XapiVersions.Newest(version);
        return TypedResults.Ok(new AboutXapi([.. Enum.GetValues<XapiVersion>().Select(XapiVersions.Newest)]));
    }

    private static Task<IResult> Agents(HttpContext http, XapiRequests requests) => requests.Without(http, (version, _) =>
    {
        var agent = new XapiQuery(http, "agent").NeededAgent("agent", version);
        var person = new JsonObject { ["objectType"] = "Person" };
        foreach (var name in new[] { "name", "mbox", "mbox_sha1sum", "openid", "account" })
            if (agent.TryGetProperty(name, out var value)) person[name] = new JsonArray(JsonNode.Parse(value.GetRawText()));
        return Task.FromResult<IResult>(TypedResults.Text(person.ToJsonString(StrictJson.Plain), "application/json"));
    });

    private static Task<IResult> Activities(HttpContext http, XapiRequests requests, XapiStatements store) =>
        requests.Without(http, async (_, key) =>
        {
            var id = new XapiQuery(http, "activityId").NeededIri("activityId");
            var statements = await store.About(key.Name, StatementParts.ActivityKey(key.Name, id, related: false), http.RequestAborted);
            var activity = new JsonObject { ["objectType"] = "Activity", ["id"] = id };
            foreach (var statement in Enumerable.Reverse(statements))
                if (JsonNode.Parse(statement)!["object"] is JsonObject subject && (string?)subject["id"] == id
                    && subject["definition"] is JsonObject definition) Merge(activity, definition);
            return TypedResults.Text(activity.ToJsonString(StrictJson.Plain), "application/json");
        });

    /// <summary>The later counts, and what is said in another language stays.</summary>
    private static void Merge(JsonObject activity, JsonObject definition)
    {
        if (activity["definition"] is not JsonObject known) activity["definition"] = known = [];
        foreach (var (name, value) in definition)
            if (name is "name" or "description" && known[name] is JsonObject texts && value is JsonObject further)
                foreach (var (language, text) in further) texts[language] = text?.DeepClone();
            else known[name] = value?.DeepClone();
    }
}
