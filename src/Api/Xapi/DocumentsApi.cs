using System.Text.Json.Nodes;
using LStep.Api.Auth;
using LStep.Api.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api.Xapi;

/// <summary>States and profiles: what players keep of a learner, of an activity, or of both.</summary>
public static class DocumentsApi
{
    private static readonly OperationBody Anything = new(typeof(JsonObject), new JsonObject { ["bookmark"] = "slide-7" });

    /// <summary>A document may call itself a page: no browser shall run it as one of ours.</summary>
    private static readonly ContentPolicy Inert = new("sandbox; default-src 'none'");

    internal static void Map(IEndpointRouteBuilder xapi)
    {
        Map(xapi, DocumentResource.State, "A state: what a player keeps of a learner in an activity");
        Map(xapi, DocumentResource.ActivityProfile, "A profile of an activity");
        Map(xapi, DocumentResource.AgentProfile, "A profile of an agent");
    }

    private static void Map(IEndpointRouteBuilder xapi, DocumentResource resource, string what)
    {
        var parameters = XapiMetadata.Texts(resource.Parameters);
        object[] refusals =
        [
            new ProblemResponse(StatusCodes.Status409Conflict, "precondition_needed", "too_many_documents"),
            new ProblemResponse(StatusCodes.Status412PreconditionFailed, "precondition_failed"), XapiMetadata.NoContent,
        ];
        xapi.MapGet(resource.Path, (HttpContext http, XapiRequests requests, DocumentStore store) => Get(resource, http, requests, store))
            .RequireAuthorization(Policies.Ingest).WithName("get" + resource.Name).WithSummary(what)
            .WithDescription($"Without {resource.Id} the ids of all of them, with since of those that changed after it.")
            .WithMetadata(parameters).WithMetadata(XapiMetadata.Texts("since"))
            .WithMetadata(new ProducesAnything(), Inert, new ProblemResponse(StatusCodes.Status404NotFound, "not_found"));
        xapi.MapPut(
                resource.Path, (HttpContext http, XapiRequests requests, DocumentStore store) =>
                    Change(resource, http, requests, store, merge: false))
            .RequireAuthorization(Policies.Ingest).WithName("put" + resource.Name).WithSummary($"{what}: replaced")
            .WithDescription("If-Match and If-None-Match are heeded.").WithMetadata(parameters).WithMetadata(refusals)
            .WithMetadata(Anything);
        xapi.MapPost(
                resource.Path, (HttpContext http, XapiRequests requests, DocumentStore store) =>
                    Change(resource, http, requests, store, merge: true))
            .RequireAuthorization(Policies.Ingest).WithName("post" + resource.Name).WithSummary($"{what}: merged with what is there")
            .WithDescription("JSON objects are merged at their first level. If-Match and If-None-Match are heeded.")
            .WithMetadata(parameters).WithMetadata(refusals).WithMetadata(Anything);
        xapi.MapDelete(
                resource.Path, (HttpContext http, XapiRequests requests, DocumentStore store) => Delete(resource, http, requests, store))
            .RequireAuthorization(Policies.Ingest).WithName("delete" + resource.Name).WithSummary($"{what}: deleted")
            .WithDescription(resource.IsState ? "Without stateId all of them." : "If-Match is heeded.").WithMetadata(parameters)
            .WithMetadata(refusals);
    }

    private static Task<IResult> Get(DocumentResource resource, HttpContext http, XapiRequests requests, DocumentStore store) =>
        requests.Without(http, async (version, key) =>
        {
            var query = new XapiQuery(http, [.. resource.Parameters, "since"]);
            var named = await store.Named(resource, query, version, key, http.RequestAborted);
            return query.Text(resource.Id) is null ? await store.Ids(named, query, http) : await store.One(resource, named, query, http);
        });

    private static Task<IResult> Change(
        DocumentResource resource, HttpContext http, XapiRequests requests, DocumentStore store, bool merge) =>
        requests.With(http, (version, key, body) => requests.Admitted(key, 1, async () =>
        {
            var query = new XapiQuery(http, resource.Parameters);
            var named = await store.Named(resource, query, version, key, http.RequestAborted);
            return await store.Change(resource, named, query, version, body, merge, http);
        }));

    private static Task<IResult> Delete(DocumentResource resource, HttpContext http, XapiRequests requests, DocumentStore store) =>
        requests.Without(http, async (version, key) =>
        {
            var query = new XapiQuery(http, resource.Parameters);
            var named = await store.Named(resource, query, version, key, http.RequestAborted);
            return await store.Delete(resource, named, query, http);
        });

    /// <summary>Documents are of any type.</summary>
    private sealed class ProducesAnything : IProducesResponseTypeMetadata
    {
        public Type Type => typeof(Stream);

        public int StatusCode => StatusCodes.Status200OK;

        public IEnumerable<string> ContentTypes => ["application/octet-stream"];
    }
}
