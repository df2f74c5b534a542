using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace LStep.Api.Auth;

/// <summary>The schemes by which keys are known, and the policies that say what each may do.</summary>
public static class Authentication
{
    public static IServiceCollection AddKeys(this IServiceCollection services)
    {
        services.AddSingleton<KeyRing>().AddSingleton<SignInGuard>();
        // The core alone: AddAuthentication brings data protection along, which wants a folder for keys that nothing here uses.
        services.AddAuthenticationCore().AddWebEncoders();
        new AuthenticationBuilder(services)
            .AddScheme<AuthenticationSchemeOptions, BearerHandler>(Schemes.Bearer, null)
            .AddScheme<AuthenticationSchemeOptions, SessionHandler>(Schemes.Session, null)
            .AddScheme<AuthenticationSchemeOptions, WriteKeyHandler>(Schemes.WriteKey, null)
            .AddPolicyScheme(Schemes.BearerOrSession, null, options =>
            {
                // A bad token is refused even beside a good cookie.
                options.ForwardDefaultSelector = http =>
                    http.Request.Headers.Authorization.Count == 0 ? Schemes.Session
                    : BearerHandler.IsOfProvider(http) ? Schemes.ProviderToken
                    : Schemes.Bearer;
                options.ForwardChallenge = Schemes.Bearer;
            });
        services.AddAuthorization(Policies.Configure);
        return services.AddSingleton<IAuthorizationMiddlewareResultHandler, AuthorizationProblems>();
    }

    public static Task Describe(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancel)
    {
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Schemes.Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer" },
            [Schemes.Session] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Cookie, Name = SessionHandler.Cookie,
            },
            [Schemes.WriteKey] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "basic" },
        };
        return Task.CompletedTask;
    }

    /// <summary>Which schemes an endpoint takes; none where anybody may come.</summary>
    public static Task Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        string[] schemes =
            metadata.OfType<IAllowAnonymous>().Any() ? []
            : context.Description.RelativePath!.StartsWith("v1/", StringComparison.Ordinal) ? [Schemes.WriteKey]
            : metadata.OfType<IAuthorizeData>().Any(data => data.Policy == Policies.Ingest) ? [Schemes.WriteKey, Schemes.Bearer]
            : metadata.OfType<IAuthorizeData>().Any() ? [Schemes.Bearer, Schemes.Session]
            : [];
        operation.Security =
        [
            .. schemes.Select(scheme => new OpenApiSecurityRequirement
            {
                [new OpenApiSecuritySchemeReference(scheme, context.Document)] = [],
            }),
        ];
        return Task.CompletedTask;
    }
}
