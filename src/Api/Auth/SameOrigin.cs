using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace LStep.Api.Auth;

/// <summary>
/// A session is for pages of this address only. SameSite=Strict stops other sites; this also stops other ports and hosts of the same
/// site, for the hub's sockets above all.
/// </summary>
internal sealed class SameOrigin : AuthorizationHandler<SameOrigin>, IAuthorizationRequirement
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, SameOrigin requirement)
    {
        if (context.User.Identity is not Caller { FromBrowser: true }
            || (context.Resource is HttpContext http && !IsForeign(http.Request)))
            context.Succeed(requirement);
        return Task.CompletedTask;
    }

    private static bool IsForeign(HttpRequest request) =>
        request.Headers.Origin.ToString() is { Length: > 0 } origin
        && !(Uri.TryCreate(origin, UriKind.Absolute, out var from)
            && string.Equals(from.Authority, HostOf(request), StringComparison.OrdinalIgnoreCase));

    // An origin leaves the port out where it is the scheme's own; a Host header may carry it.
    private static string HostOf(HttpRequest request) =>
        Uri.TryCreate($"{request.Scheme}://{request.Host.Value}", UriKind.Absolute, out var own) ? own.Authority : request.Host.Value ?? "";
}
