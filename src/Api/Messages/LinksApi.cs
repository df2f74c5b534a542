using LStep.Api.Http;
using LStep.Grains.Campaigns.Links;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api.Messages;

/// <summary>The pixel of a mail and the links in it. No key: what is signed is the address itself.</summary>
public static class LinksApi
{
    /// <summary>One transparent pixel.</summary>
    private static readonly byte[] Pixel = Convert.FromBase64String("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

    public static void Map(IEndpointRouteBuilder app)
    {
        var links = app.MapGroup("").AllowAnonymous().ExcludeFromDescription().WithMetadata(MessagePage.Policy);
        links.MapGet("/o/{token}", Open).WithName("openPixel");
        links.MapGet("/c/{token}", Click).WithName("followLink");
    }

    /// <summary>The same answer whatever the token is: nobody learns by it what exists.</summary>
    private static async Task Open(HttpContext http, string token, MessageLinks links, LinkHits hits)
    {
        if (links.Read(LinkPurpose.Open, token) is { } open) await hits.Record(http, open);
        http.Response.Headers.CacheControl = "no-store, no-cache, must-revalidate, private";
        // Mail programs show it from elsewhere than from a page of ours.
        http.Response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        http.Response.ContentType = "image/gif";
        http.Response.ContentLength = Pixel.Length;
        await http.Response.Body.WriteAsync(Pixel, http.RequestAborted);
    }

    private static async Task Click(HttpContext http, string token, MessageLinks links, LinkHits hits, LinkGuard guard)
    {
        if (links.Read(LinkPurpose.Click, token) is not { Target: { } target } click)
        {
            await MessagePage.WriteBad(http, guard);
            return;
        }
        await hits.Record(http, click);
        http.Response.Headers.CacheControl = "no-store";
        http.Response.StatusCode = StatusCodes.Status302Found;
        http.Response.Headers.Location = target;
    }
}
