using Microsoft.Extensions.FileProviders;

namespace LStep.Silo;

/// <summary>The built dashboard: beside the program where it was published, in the source tree where it was built.</summary>
public static class WebRoot
{
    // Pages of the dashboard have addresses of their own; these beginnings are the API's, and a wrong one is a 404.
    private const string Pages = "{*page:nonfile:regex(^(?!(api|v1|hubs|health|openapi|o|c|u)(/|$)))}";

    public static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            foreach (var candidate in new[] { Path.Combine(folder.FullName, "wwwroot"), Path.Combine(folder.FullName, "src", "Silo", "wwwroot") })
                if (File.Exists(Path.Combine(candidate, "index.html")))
                    return candidate;
        return null;
    }

    public static void UseDashboard(this WebApplication app)
    {
        if (app.Environment.WebRootFileProvider is NullFileProvider) return;
        app.UseDefaultFiles();
        app.UseStaticFiles();
        app.MapFallbackToFile(Pages, "index.html");
        // A customer's id may look like a file's name: ana.b@example.com.
        app.MapFallbackToFile("customers/{*id}", "index.html");
    }
}
