using LStep.Api.Http;
using LStep.Grains.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace LStep.Api.Auth;

/// <summary>Names of the authorization policies: the least role that an endpoint is for.</summary>
public static class Policies
{
    public const string Viewer = "viewer";
    public const string Success = "success";
    public const string Admin = "admin";

    /// <summary>The hub is for viewers. A browser cannot give its socket a header: its origin is checked instead.</summary>
    public const string Hub = "hub";

    /// <summary>Write keys, and no other key.</summary>
    public const string Ingest = "ingest";

    /// <summary>Metadata of endpoints with one of the policies: the answers to a caller without a key, or with too small a role.</summary>
    public static object[] Responses { get; } =
    [
        new ProblemResponse(StatusCodes.Status401Unauthorized, "unauthorized"),
        new ProblemResponse(StatusCodes.Status403Forbidden, AuthorizationProblems.Codes),
    ];

    internal static void Configure(AuthorizationOptions options)
    {
        options.AddPolicy(Viewer, Keys(Role.Viewer, new SameOrigin(), new AntiForgery()));
        options.AddPolicy(Success, Keys(Role.Success, new SameOrigin(), new AntiForgery()));
        options.AddPolicy(Admin, Keys(Role.Admin, new SameOrigin(), new AntiForgery()));
        options.AddPolicy(Hub, Keys(Role.Viewer, new SameOrigin()));
        options.AddPolicy(Ingest, new AuthorizationPolicyBuilder(Schemes.WriteKey).RequireRole(Tokens.NameOf(Role.Ingest)).Build());
    }

    private static AuthorizationPolicy Keys(Role least, params IAuthorizationRequirement[] further) =>
        new AuthorizationPolicyBuilder(Schemes.BearerOrSession)
            .RequireRole(Enum.GetValues<Role>().Where(role => role != Role.Ingest && role >= least).Select(Tokens.NameOf))
            .AddRequirements(further)
            .Build();
}
