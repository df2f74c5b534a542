using LStep.Api.Http;
using LStep.Grains.Analytics;
using LStep.Grains.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api.Analytics;

/// <summary>Who bears which indicator.</summary>
public static class RisksApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/analytics/risks", Now).WithName("getRisks").WithTags("Analytics").WithSummary("Risk indicators")
            .WithDescription(
                "Customers behind each indicator as of now, and their daily counts, taken at the business-day change. from and to "
                + "are business days, both included; the last 28 up to today without them. The customers behind one: "
                + "/api/customers?risk=TYPE.")
            .WithRange();

    private static async Task<Results<Ok<Risks>, UnprocessableProblem>> Now(
        RiskReads reads, RulebookSource rulebook, TimeProvider clock, HttpContext http)
    {
        var (range, wrong) = AnalyticsRange.Read(new QueryReader(http), rulebook, clock);
        if (wrong is not null) return wrong;
        return TypedResults.Ok(Risks.Of(await reads.Of(range, http.RequestAborted)));
    }
}
