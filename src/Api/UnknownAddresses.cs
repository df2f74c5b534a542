using LStep.Api.Assistants;
using LStep.Api.Auth;
using LStep.Api.Http;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.DependencyInjection;

namespace LStep.Api;

/// <summary>
/// What routing refuses by itself under /api, /hubs and /mcp: an address that is none, a method or a kind of body that an address does not
/// take. Whoever has no key learns no more of it than of any other address.
/// </summary>
internal static class UnknownAddresses
{
    private static readonly string[] Guarded = ["/api", "/hubs", AssistantsApi.Path];

    /// <summary>Comes after routing and before authorization.</summary>
    public static IApplicationBuilder UseUnknownAddresses(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (http.GetEndpoint() is not RouteEndpoint && Array.Exists(Guarded, path => http.Request.Path.StartsWithSegments(path)))
            http.SetEndpoint(new Endpoint(
                http.GetEndpoint()?.RequestDelegate ?? NotFound, new EndpointMetadataCollection(WhoMayKnow(http)), "refused by routing"));
        return next(http);
    });

    private static Task NotFound(HttpContext http) => Problems.Write(http, Problems.OfStatus(StatusCodes.Status404NotFound));

    /// <summary>Of an address that takes other bodies, whoever may call it; else every key that reads.</summary>
    private static object[] WhoMayKnow(HttpContext http)
    {
        foreach (var endpoint in http.RequestServices.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
                     .OrderBy(endpoint => endpoint.RoutePattern.InboundPrecedence))
            if (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains(http.Request.Method) == true
                && new TemplateMatcher(new RouteTemplate(endpoint.RoutePattern), []).TryMatch(http.Request.Path, []))
                return endpoint.Metadata.GetMetadata<IAllowAnonymous>() is { } anybody
                    ? [anybody] : [.. endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>()];
        return [new AuthorizeAttribute(Policies.Viewer)];
    }
}
