using LStep.Grains;
using LStep.Grains.Feeds;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api.Analytics;

/// <summary>Figures over the population, from the same rows as the states.</summary>
public static class AnalyticsApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/analytics/distribution", Now).WithName("getDistribution").WithTags("Analytics")
            .WithSummary("Distribution").WithDescription("Customers per tag, now.");

    private static async Task<Ok<Distribution>> Now(FeedReads reads, TimeProvider clock, HttpContext http) =>
        TypedResults.Ok(Distribution.Of(await reads.CountsForReport(http.RequestAborted), clock.Now()));
}
