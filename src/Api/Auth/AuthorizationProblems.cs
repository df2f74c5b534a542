using System.Security.Claims;
using LStep.Api.Http;
using LStep.Api.Ingest;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Infrastructure;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;

namespace LStep.Api.Auth;

/// <summary>Answers a refused request with a problem that names the first requirement it did not meet.</summary>
internal sealed class AuthorizationProblems : IAuthorizationMiddlewareResultHandler
{
    public static readonly string[] Codes = ["forbidden", "foreign_origin", "csrf"];

    private readonly AuthorizationMiddlewareResultHandler framework = new();

    public Task HandleAsync(
        RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult) =>
        authorizeResult is { Forbidden: true, AuthorizationFailure: { } failure }
            ? Problems.Write(context, Refusal(context.User, [.. failure.FailedRequirements]))
            : framework.HandleAsync(next, context, policy, authorizeResult);

    private static Problem Refusal(ClaimsPrincipal caller, IAuthorizationRequirement[] unmet)
    {
        // Of several, the group's and the endpoint's own, the one that the fewest roles meet.
        if (unmet.OfType<RolesAuthorizationRequirement>().MinBy(role => role.AllowedRoles.Count()) is { } needed)
            return Forbidden(
                "forbidden", $"This needs the role {needed.AllowedRoles.First()}; "
                + (caller.FindFirstValue(ClaimTypes.Role) is { } role ? $"this key has {role}." : "this token gives none here."));
        return unmet.OfType<SameOrigin>().Any()
            ? Forbidden("foreign_origin", "A session is for pages of this address only.")
            : Forbidden("csrf", $"A write with a session needs the header {AntiForgery.Header}; GET /api/session gives its value.");
    }

    private static Problem Forbidden(string code, string detail) => Problems.Make(StatusCodes.Status403Forbidden, code, detail);
}
