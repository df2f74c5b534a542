using LStep.Api.Http;
using LStep.Grains.Analytics;
using LStep.Grains.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api.Analytics;

/// <summary>Messages, NPS, tickets and revenue kept by business week.</summary>
public static class WeeklyApi
{
    private const int DaysBeforeThisWeek = 77;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/analytics/weekly", Now).WithName("getWeekly").WithTags("Analytics").WithSummary("Weekly figures")
            .WithDescription(
                "By business week, Monday to Sunday: opens, clicks and conversions of messages by the tag they were sent for, NPS and "
                + "support tickets by the tag of then, and payments by customers within 90 days of a recovery. Of a week that is not "
                + "wholly in the range its days in the range are counted. from and to are both included; the last 12 weeks without them.")
            .WithRange();

    private static async Task<Results<Ok<Weekly>, UnprocessableProblem>> Now(
        WeeklyReads reads, RulebookSource rulebook, TimeProvider clock, HttpContext http)
    {
        var (range, wrong) = AnalyticsRange.Read(new QueryReader(http), rulebook, clock, to => Begin(to));
        if (wrong is not null) return wrong;
        return TypedResults.Ok(Weekly.Of(await reads.Of(range, http.RequestAborted)));
    }

    private static DateOnly Begin(DateOnly to) =>
        to.DayNumber < 2 * DaysBeforeThisWeek ? DateOnly.MinValue : Weekly.MondayOf(to).AddDays(-DaysBeforeThisWeek);
}
