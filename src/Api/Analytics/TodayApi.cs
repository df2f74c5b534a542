using LStep.Api.Auth;
using LStep.Api.Http;
using LStep.Domain.Analysing;
using LStep.Grains;
using LStep.Grains.Analytics;
using LStep.Grains.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api.Analytics;

/// <summary>What somebody who begins the day has to know.</summary>
public static class TodayApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/analytics/today", Now).WithName("getToday").WithTags("Analytics").WithSummary("Today")
            .WithDescription(
                "The business day so far: moves beside those of the day before, customers at risk and their value, what waits for people, "
                + "and what went by itself. owner leaves only the customers at risk of that owner.")
            .WithMetadata(QueryParameter.Text("owner"));

    private static async Task<Results<Ok<Today>, BadRequestProblem>> Now(
        TodayReads reads, TagReads tags, AutomationReads automation, RulebookSource rulebook, TimeProvider clock, HttpContext http)
    {
        var query = new QueryReader(http);
        var owner = query.Text("owner");
        if (query.Refusal is { } refusal) return refusal;
        var today = rulebook.Current.Calendar.DayOf(clock.Now());
        var day = new DayRange(today, today);
        return TypedResults.Ok(Today.Of(
            await reads.Of(today, owner, http.Caller().Key.Name, http.RequestAborted), await tags.Flow(day, http.RequestAborted),
            await automation.Of(day, http.RequestAborted), owner));
    }
}
