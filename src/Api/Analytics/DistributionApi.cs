using LStep.Api.Http;
using LStep.Grains.Analytics;
using LStep.Grains.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api.Analytics;

/// <summary>Customers per tag.</summary>
public static class DistributionApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/analytics/distribution", Now).WithName("getDistribution").WithTags("Analytics").WithSummary("Distribution")
            .WithDescription(
                "Customers per tag: now, and at the end of each day of the range. from and to are business days, both included; the "
                + "last 28 up to today without them.")
            .WithRange();

    private static async Task<Results<Ok<Distribution>, UnprocessableProblem>> Now(
        TagReads reads, RulebookSource rulebook, TimeProvider clock, HttpContext http)
    {
        var (range, wrong) = AnalyticsRange.Read(new QueryReader(http), rulebook, clock);
        if (wrong is not null) return wrong;
        return TypedResults.Ok(Distribution.Of(await reads.Distribution(range, http.RequestAborted)));
    }
}
