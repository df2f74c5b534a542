using LStep.Api.Standards;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace LStep.Api.Xapi;

/// <summary>The door for players that speak xAPI: a store of statements, states and profiles before the ingest.</summary>
public static class XapiServices
{
    private const string CorsPolicy = "xapi";

    /// <summary>Needs the ingest and the grains.</summary>
    public static IServiceCollection AddXapi(this IServiceCollection services, LearningMap map) => services
        .AddCors(cors => cors.AddPolicy(CorsPolicy, AnyOrigin)).AddSingleton(map)
        .AddSingleton<XapiRequests>().AddSingleton<StatementIntake>().AddSingleton<StatementDoor>().AddSingleton<StatementReading>()
        .AddSingleton<DocumentStore>();

    public static IEndpointRouteBuilder MapXapi(this IEndpointRouteBuilder app)
    {
        var xapi = app.MapGroup("/xapi").WithTags("xAPI").RequireCors(CorsPolicy).WithMetadata(XapiRequests.Responses);
        StatementsApi.Map(xapi);
        DocumentsApi.Map(xapi);
        LookupsApi.Map(xapi);
        return app;
    }

    /// <summary>Players run in pages of any site; what authorises them is the write key.</summary>
    private static void AnyOrigin(CorsPolicyBuilder policy) => policy
        .SetIsOriginAllowed(_ => true).AllowCredentials().WithMethods("GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS").AllowAnyHeader()
        .WithExposedHeaders(
            "ETag", "Last-Modified", "X-Experience-API-Version", "X-Experience-API-Consistent-Through", "Retry-After", "X-RateLimit-Reset")
        .SetPreflightMaxAge(TimeSpan.FromHours(2));
}
