using LStep.Api.Ingest;
using LStep.Grains.Operations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace LStep.Api;

/// <summary>While the process ends what is under way, whoever still comes is told to go elsewhere. Health stays to be asked.</summary>
public static class Leaving
{
    public const string Code = "shutting_down";

    public static IApplicationBuilder UseLeaving(this IApplicationBuilder app)
    {
        var phase = app.ApplicationServices.GetRequiredService<SiloPhase>();
        return app.Use((http, next) =>
        {
            if (phase.Current < Phase.Stopping || http.Request.Path.StartsWithSegments("/health")) return next(http);
            // A connection that is kept would lead back here.
            http.Response.Headers.Connection = "close";
            if (http.Request.Path.StartsWithSegments("/v1")) CrossOrigin.Allow(http);
            return Problems.Write(http, Problems.Unavailable(Code));
        });
    }
}
