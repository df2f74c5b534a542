using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace LStep.Api.Auth;

/// <summary>A write with a session needs the header that only a page of ours can know the value of.</summary>
internal sealed class AntiForgery : AuthorizationHandler<AntiForgery>, IAuthorizationRequirement
{
    public const string Header = "X-LStep-CSRF";

    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, AntiForgery requirement)
    {
        var isSession = context.User.Identity is Caller { FromBrowser: true };
        if (!isSession || (context.Resource is HttpContext http && IsProven(http.Request, (Caller)context.User.Identity!))) context.Succeed(requirement);
        return Task.CompletedTask;
    }

    private static bool IsProven(HttpRequest request, Caller caller) => !IsWrite(request.Method) || caller.Matches(request.Headers[Header]);

    private static bool IsWrite(string method) => !(HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method));
}
