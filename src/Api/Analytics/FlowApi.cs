using LStep.Api.Http;
using LStep.Grains.Analytics;
using LStep.Grains.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api.Analytics;

/// <summary>Moves from tag to tag.</summary>
public static class FlowApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/analytics/flow", Now).WithName("getFlow").WithTags("Analytics").WithSummary("Flow")
            .WithDescription(
                "How many moved from tag to tag, by the business day on which the move became due. Moves taken back, their undos and "
                + "imports are left out. from and to are both included; the last 28 days up to today without them.")
            .WithRange();

    private static async Task<Results<Ok<Flow>, UnprocessableProblem>> Now(
        TagReads reads, RulebookSource rulebook, TimeProvider clock, HttpContext http)
    {
        var (range, wrong) = AnalyticsRange.Read(new QueryReader(http), rulebook, clock);
        if (wrong is not null) return wrong;
        return TypedResults.Ok(Flow.Of(await reads.Flow(range, http.RequestAborted)));
    }
}
