using LStep.Api.Http;
using LStep.Grains.Analytics;
using LStep.Grains.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api.Analytics;

/// <summary>What becomes of those who start together.</summary>
public static class CohortsApi
{
    private const int MonthsDefault = 12;

    private static readonly string[] Groupings = ["month", "tier", "engagement"];

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/analytics/cohorts", Now).WithName("getCohorts").WithTags("Analytics").WithSummary("Cohorts")
            .WithDescription(
                "Those who started in the range's months, by month, tier or engagement level of their first 28 days: the share in "
                + "each tag after 0, 1, 2 … months, 36 at most. The last 12 months without from and to.")
            .WithRange().WithMetadata(QueryParameter.OneOf("by", Groupings) with { Codes = [] });

    private static async Task<Results<Ok<Cohorts>, UnprocessableProblem>> Now(
        CohortReads reads, RulebookSource rulebook, TimeProvider clock, HttpContext http)
    {
        var query = new QueryReader(http);
        var by = query.OneOf("by", Groupings) ?? Groupings[0];
        var (range, wrong) = AnalyticsRange.Read(query, rulebook, clock, YearBefore);
        if (wrong is not null) return wrong;
        return TypedResults.Ok(Cohorts.Of(by, await reads.Of(by, range, http.RequestAborted)));
    }

    /// <summary>The first day of the twelve months that end with this day's.</summary>
    private static DateOnly YearBefore(DateOnly to)
    {
        var month = new DateOnly(to.Year, to.Month, 1);
        return to.Year > 1 ? month.AddMonths(1 - MonthsDefault) : month;
    }
}
