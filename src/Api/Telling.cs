using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api;

/// <summary>Names of the query parameters an endpoint knows, for the OpenAPI document.</summary>
public sealed record QueryTaken(IReadOnlyList<string> Names);

/// <summary>What the OpenAPI document says of an endpoint, in one line each.</summary>
public static class Telling
{
    public static RouteHandlerBuilder Tagged(this RouteHandlerBuilder endpoint, string noun) => endpoint.WithTags(noun);

    public static RouteHandlerBuilder Told(this RouteHandlerBuilder endpoint, string summary, string description) =>
        endpoint.WithSummary(summary).WithDescription(description);

    /// <summary>The query parameters, which are read by hand so that one answer can name everything wrong with them.</summary>
    public static RouteHandlerBuilder Takes(this RouteHandlerBuilder endpoint, params string[] query) => endpoint.WithMetadata(new QueryTaken(query));

    /// <summary>The success first, then the problems it may answer.</summary>
    public static RouteHandlerBuilder Answers<T>(this RouteHandlerBuilder endpoint, int success, params int[] problems) =>
        endpoint.Produces<T>(success).WithProblems(problems);

    public static RouteHandlerBuilder Answers(this RouteHandlerBuilder endpoint, int success, params int[] problems) =>
        endpoint.Produces(success).WithProblems(problems);

    private static RouteHandlerBuilder WithProblems(this RouteHandlerBuilder endpoint, int[] problems)
    {
        foreach (var status in problems) endpoint.Produces<Problem>(status, Problems.ContentType);
        return endpoint;
    }
}
