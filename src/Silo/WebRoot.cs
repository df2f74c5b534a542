using Microsoft.Extensions.FileProviders;

namespace LStep.Silo;

/// <summary>The built dashboard: beside the program where it was published, in the source tree where it was built.</summary>
public static class WebRoot
{
    // The dashboard's own addresses and those of its customers, as src/Api/dashboard/src/router.ts has them; any other is a 404.
    private static readonly string[] Pages =
    [
        "/", "/today", "/customers", "/reviews", "/tasks", "/campaigns", "/actions", "/journeys", "/mailbox", "/rules", "/events",
        "/rejected", "/operations", "/audit", "/kpis", "/cohorts", "/risks", "/automation", "/value",
        "/matrix", "/predictions", "/recommendations",
    ];
    private const string OneCustomer = "/customers/";

    public static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            foreach (var candidate in new[] { "wwwroot", "src/Silo/wwwroot" }.Select(path => Path.Combine(folder.FullName, path)))
                if (File.Exists(Path.Combine(candidate, "index.html")))
                    return candidate;
        return null;
    }

    /// <summary>
    /// Files as they are, and the one page at every address that is the dashboard's own. No endpoint: one that takes every
    /// address would answer 405 to the writes of a wrong one.
    /// </summary>
    public static void UseDashboard(this WebApplication app)
    {
        if (app.Environment.WebRootFileProvider is NullFileProvider) return;
        app.Use((http, next) =>
        {
            if (http.GetEndpoint() is null && IsPage(http.Request)) http.Request.Path = "/index.html";
            return next(http);
        });
        app.UseStaticFiles(
            new StaticFileOptions { OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = Keeping(file.Context) });
    }

    /// <summary>
    /// The build gives what it puts in this folder a name of its content; whatever else there is, a browser asks for again.
    /// </summary>
    private static string Keeping(HttpContext http) =>
        http.Request.Path.StartsWithSegments("/assets") ? "public, max-age=31536000, immutable" : "no-cache";

    private static bool IsPage(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Path.Value is { } path
        && (Pages.Contains(path)
            || (path.StartsWith(OneCustomer, StringComparison.Ordinal) && path.IndexOf('/', OneCustomer.Length) < 0));
}
