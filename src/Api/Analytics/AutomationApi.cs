using LStep.Api.Http;
using LStep.Grains.Analytics;
using LStep.Grains.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api.Analytics;

/// <summary>What goes by itself, and how well.</summary>
public static class AutomationApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/analytics/automation", Now).WithName("getAutomation").WithTags("Analytics").WithSummary("Automation")
            .WithDescription(
                "What was applied by itself and what by people, what was taken back, how reviews were decided, and what campaigns "
                + "did. from and to are business days, both included; the last 28 up to today without them.")
            .WithRange();

    private static async Task<Results<Ok<Automation>, UnprocessableProblem>> Now(
        AutomationReads reads, RulebookSource rulebook, TimeProvider clock, HttpContext http)
    {
        var (range, wrong) = AnalyticsRange.Read(new QueryReader(http), rulebook, clock);
        if (wrong is not null) return wrong;
        return TypedResults.Ok(Automation.Of(await reads.Of(range, http.RequestAborted)));
    }
}
