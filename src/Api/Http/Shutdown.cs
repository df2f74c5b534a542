using LStep.Grains;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace LStep.Api.Http;

/// <summary>While the process stops, it ends the requests under way and refuses new ones. Health stays to be asked.</summary>
public static class Shutdown
{
    public static IApplicationBuilder UseShutdown(this IApplicationBuilder app)
    {
        var phase = app.ApplicationServices.GetRequiredService<SiloPhase>();
        return app.Use((http, next) =>
        {
            if (phase.Current < Phase.Stopping || http.Request.Path.StartsWithSegments("/health")) return next(http);
            // A connection that is kept would lead back here.
            http.Response.Headers.Connection = "close";
            return Problems.Write(http, Problems.Unavailable(Problems.ShuttingDown));
        });
    }
}
