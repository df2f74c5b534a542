using System.Globalization;
using LStep.Api.Http;
using LStep.Domain.Measuring;
using LStep.Grains;
using LStep.Grains.Customers;
using LStep.Grains.Rules;
using LStep.Grains.Time.Daily;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api.Customers;

/// <summary>What happened to one customer: daily rows, the timeline, stored decisions.</summary>
public static class HistoryApi
{
    private const int DaysDefault = 30;
    private const int DaysMax = 3_660;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/customers/{id}/metrics", Metrics).WithName("listDailyMetrics").WithTags("Customers")
            .WithSummary("Daily metrics")
            .WithDescription(
                "The rows of a range of business days, both ends included; the last 30 days without one. "
                + "A day without activity has no row.")
            .WithMetadata(QueryParameter.Day("from"), QueryParameter.Day("to"));

        api.MapGet("/customers/{id}/timeline", Timeline).WithName("listTimeline").WithTags("Customers")
            .WithSummary("Timeline")
            .WithDescription("Everything that happened to the customer and was sent to it, newest first, with reasons.")
            .WithMetadata(QueryParameter.Cursor, QueryParameter.Limit());

        api.MapGet("/customers/{id}/decisions/{n:int}", Stored).WithName("getDecision").WithTags("Customers")
            .WithSummary("A stored decision")
            .WithDescription("The record a transition or review was decided with: every rule and clause with what was observed.");
    }

    private static async Task<Results<Ok<Page<DailyMetricsRow>>, BadRequestProblem, NotFoundProblem>> Metrics(
        string id, HttpContext http, CustomerStore customers, DailyReads daily, RulebookSource rulebook, TimeProvider clock)
    {
        var query = new QueryReader(http);
        var calendar = rulebook.Current.Calendar;
        var (from, to) = query.Days(calendar.DayOf(clock.Now()), DaysDefault, DaysMax);
        if (query.Refusal is { } refusal) return refusal;
        if (await customers.Find(id, http.RequestAborted) is not { State: var state }) return new NotFoundProblem("customer");

        // Stored rows trail the log by up to a minute. What the state itself holds is made from it, so that a reader sees what was just
        // acknowledged.
        var fresh = state.Days.Select(day => day.Date)
            .Where(date => date >= from && date <= to && DailyRow.IsInReach(state, date, calendar))
            .Select(date => DailyRow.Of(state, date, calendar)).OfType<DailyRow>().Select(DailyMetricsRow.Of).ToList();
        var stored = (await daily.Between(id, from, to, http.RequestAborted)).ExceptBy(fresh.Select(row => row.Date), row => row.Date);
        return TypedResults.Ok(new Page<DailyMetricsRow>([.. stored.Concat(fresh).OrderBy(row => row.Date)], null));
    }

    private static async Task<Results<Ok<Page<TimelineItem>>, BadRequestProblem, NotFoundProblem>> Timeline(
        string id, HttpContext http, TimelineReads timeline, CustomerReads reads)
    {
        var query = new QueryReader(http);
        var limit = query.Limit();
        var list = "timeline of " + id;
        var place = query.Cursor(list, 3) is [var at, var kind, var key]
            ? new TimelinePlace(DateTimeOffset.ParseExact(at, "O", CultureInfo.InvariantCulture), Enum.Parse<TimelineKind>(kind), key)
            : null;
        if (query.Refusal is { } refusal) return refusal;

        var entries = await timeline.Before(id, place, limit + 1, http.RequestAborted);
        if (entries.Count == 0 && !await reads.Exists(id, http.RequestAborted)) return new NotFoundProblem("customer");
        return TypedResults.Ok(Cursors.Page(
            entries, limit, TimelineItem.Of,
            last => query.CursorOf(list, last.Place.At.ToString("O"), last.Place.Kind.ToString(), last.Place.Key)));
    }

    private static async Task<Results<Ok<Decision>, NotFoundProblem>> Stored(string id, int n, HttpContext http, CustomerReads reads) =>
        await reads.Decision(id, n, http.RequestAborted) is { } decision
            ? TypedResults.Ok(new Decision(decision.CustomerId, decision.Number, decision.At, new RawJson(decision.Record)))
            : new NotFoundProblem("decision");
}
