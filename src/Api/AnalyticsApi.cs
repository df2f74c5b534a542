using LStep.Grains;
using LStep.Grains.Feeds;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api;

/// <summary>Figures over the population, from the same rows as the states.</summary>
public static class AnalyticsApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/analytics/distribution", Now).Tagged("Analytics")
            .Told("Distribution", "Customers per tag, now.")
            .Answers<Distribution>(200, 401);

    private static async Task<IResult> Now(FeedReads reads, TimeProvider clock, HttpContext http) =>
        Results.Ok(Distribution.Of(await reads.Counts(http.RequestAborted), clock.Now()));
}
