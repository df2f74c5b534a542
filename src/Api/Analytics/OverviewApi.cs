using LStep.Api.Http;
using LStep.Grains.Analytics;
using LStep.Grains.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api.Analytics;

/// <summary>What a morning begins with.</summary>
public static class OverviewApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/analytics/overview", Now).WithName("getOverview").WithTags("Analytics").WithSummary("Overview")
            .WithDescription(
                "Active learners, mastery rate, customers at risk and recovery rate, each with the change against the range of equal "
                + "length before. from and to are business days, both included; the last 28 up to today without them.")
            .WithRange();

    private static async Task<Results<Ok<Overview>, UnprocessableProblem>> Now(
        TagReads reads, RulebookSource rulebook, TimeProvider clock, HttpContext http)
    {
        var (range, wrong) = AnalyticsRange.Read(new QueryReader(http), rulebook, clock);
        if (wrong is not null) return wrong;
        return TypedResults.Ok(Overview.Of(await reads.Overview(range, http.RequestAborted)));
    }
}
