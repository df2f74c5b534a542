using LStep.Api.Http;
using LStep.Grains;
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
        RulebookSource rulebook, TimeProvider clock, HttpContext http)
    {
        var (range, wrong) = AnalyticsRange.Read(new QueryReader(http), rulebook, clock);
        if (wrong is not null) return wrong;
        await Task.CompletedTask;
        var previous = range.Previous;
        return TypedResults.Ok(new Automation(
            range.From, range.To, previous.From, previous.To, clock.Now(), 0, 0, 0, 0, 0, 0, null, null, 0, null, 0, null, null,
            new ReviewFigures(0, 0, 0, 0, 0, 0, 0, null, null, []), [], []));
    }
}
