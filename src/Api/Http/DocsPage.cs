using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Scalar.AspNetCore;

namespace LStep.Api.Http;

/// <summary>
/// /docs shows the OpenAPI document to people. The package's own page has an inline script, which the content security policy refuses, so
/// the page is ours and the package gives the script. The document itself needs a viewer: without a session the page says so.
/// </summary>
public static class DocsPage
{
    private const string Page = """
        <!doctype html>
        <html lang="en">
        <head>
          <meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
          <link rel="icon" href="/favicon.svg" type="image/svg+xml">
          <title>L-Step API</title>
        </head>
        <body>
          <div id="app"></div>
          <script src="/docs/scalar.js"></script>
          <script type="module" src="/docs/start.js"></script>
        </body>
        </html>
        """;

    private const string Start = """
        const answer = await fetch("/openapi/v1.json");
        if (answer.ok) {
          Scalar.createApiReference("#app", {
            content: await answer.json(), withDefaultFonts: false, telemetry: false, hideClientButton: true,
            showDeveloperTools: "never", agent: { disabled: true }, mcp: { disabled: true },
          });
        } else {
          const link = document.createElement("a");
          link.href = "/";
          link.textContent = "Sign in to the dashboard first, then come back.";
          document.getElementById("app").append(link);
        }
        """;

    private const string Asset = "ScalarStaticAssets.scalar.js";

    public static void Map(IEndpointRouteBuilder app)
    {
        var docs = app.MapGroup("/docs").AllowAnonymous().ExcludeFromDescription();
        docs.MapGet("", () => TypedResults.Content(Page, "text/html; charset=utf-8"));
        docs.MapGet("/start.js", () => TypedResults.Content(Start, "text/javascript; charset=utf-8"));
        docs.MapGet("/scalar.js", Script);
    }

    /// <summary>The package has it packed; the compression of answers packs it again for whoever takes that.</summary>
    private static FileStreamHttpResult Script(HttpResponse response)
    {
        response.Headers.CacheControl = "public, max-age=86400";
        var packed = typeof(ScalarOptions).Assembly.GetManifestResourceStream(Asset)
            ?? throw new InvalidOperationException($"Scalar.AspNetCore has no {Asset}.");
        return TypedResults.Stream(new GZipStream(packed, CompressionMode.Decompress), "text/javascript; charset=utf-8");
    }
}
