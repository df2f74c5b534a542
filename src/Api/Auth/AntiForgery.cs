using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace LStep.Api.Auth;

/// <summary>A write with a session needs the header that only a page of ours can know the value of.</summary>
internal sealed class AntiForgery : AuthorizationHandler<AntiForgery>, IAuthorizationRequirement
{
    public const string Header = "X-LStep-CSRF";

    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, AntiForgery requirement)
    {
        if (context.User.Identity is not Caller { FromBrowser: true } caller
            || (context.Resource is HttpContext http && (!IsWrite(http.Request.Method) || caller.Matches(http.Request.Headers[Header]))))
            context.Succeed(requirement);
        return Task.CompletedTask;
    }

    private static bool IsWrite(string method) =>
        !(HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method));
}
