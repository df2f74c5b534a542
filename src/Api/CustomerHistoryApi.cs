using System.Globalization;
using LStep.Api.Ingest;
using LStep.Domain.Measuring;
using LStep.Grains;
using LStep.Grains.Customers;
using LStep.Grains.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api;

public sealed record ActivityTold(string MessageId, string Type, string Event, DateTimeOffset OccurredAt, DateTimeOffset ReceivedAt, RawJson Properties);

/// <param name="Kind">activity, transition, review_opened or review_closed; the field of that name is set, review for the last two.</param>
public sealed record Happening(DateTimeOffset At, string Kind, ActivityTold? Activity, TransitionRow? Transition, ReviewRow? Review);

public sealed record Decision(string CustomerId, int Number, DateTimeOffset At, RawJson Record);

/// <summary>What happened to one customer: daily rows, the timeline, stored decisions.</summary>
public static class CustomerHistoryApi
{
    private const int DaysDefault = 30;
    private const int DaysMax = 3_660;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/customers/{id}/metrics", Metrics).Tagged("Customers")
            .Told("Daily metrics", "The rows of a range of business days, both ends included; the last 30 days without one. A day without activity has no row.")
            .Takes("from", "to").Answers<Page<DailyMetricsRow>>(200, 400, 401, 404);

        api.MapGet("/customers/{id}/timeline", Timeline).Tagged("Customers")
            .Told("Timeline", "Everything that happened to the customer, newest first, with reasons.")
            .Takes("cursor", "limit").Answers<Page<Happening>>(200, 400, 401, 404);

        api.MapGet("/customers/{id}/decisions/{n:int}", Stored).Tagged("Customers")
            .Told("A stored decision", "The record a transition or review was decided with: every rule and clause with what was observed.")
            .Answers<Decision>(200, 401, 404);
    }

    private static async Task<IResult> Metrics(string id, HttpContext http, CustomerStore customers, CustomerReads reads, RulebookSource rulebook, TimeProvider clock)
    {
        var query = new QueryReader(http);
        var calendar = rulebook.Current.Calendar;
        var (from, to) = query.Days(calendar.DayOf(clock.Now()), DaysDefault, DaysMax);
        if (query.Refusal is { } refusal) return refusal;
        if (await customers.Find(id, http.RequestAborted) is not { State: var state }) return Problems.NotFound("customer");

        // Stored rows trail the log by seconds. What the state itself holds is made from it, so that a reader sees what was just acknowledged.
        var fresh = state.Days.Select(day => day.Date).Where(date => date >= from && date <= to && DailyRow.IsInReach(state, date, calendar))
            .Select(date => DailyRow.Of(state, date, calendar)).OfType<DailyRow>().Select(DailyMetricsRow.Of).ToList();
        var stored = (await reads.DailyRows(id, from, to, http.RequestAborted)).ExceptBy(fresh.Select(row => row.Date), row => row.Date);
        return Results.Ok(new Page<DailyMetricsRow>([.. stored.Concat(fresh).OrderBy(row => row.Date)], null));
    }

    private static async Task<IResult> Timeline(string id, HttpContext http, TimelineReads timeline, CustomerReads reads)
    {
        var query = new QueryReader(http);
        var limit = query.Limit();
        var list = "timeline of " + id;
        var place = query.Cursor(list, 3) is [var at, var kind, var key]
            ? new TimelinePlace(DateTimeOffset.ParseExact(at, "O", CultureInfo.InvariantCulture), Enum.Parse<TimelineKind>(kind), key)
            : null;
        if (query.Refusal is { } refusal) return refusal;

        var entries = await timeline.Before(id, place, limit + 1, http.RequestAborted);
        if (entries.Count == 0 && !await reads.Exists(id, http.RequestAborted)) return Problems.NotFound("customer");
        return Results.Ok(Cursor.Page(entries, limit, Told, last => Cursor.Of(list, last.Place.At.ToString("O"), last.Place.Kind.ToString(), last.Place.Key)));
    }

    private static async Task<IResult> Stored(string id, int n, HttpContext http, CustomerReads reads) =>
        await reads.Decision(id, n, http.RequestAborted) is { } decision
            ? Results.Ok(new Decision(decision.CustomerId, decision.Number, decision.At, new RawJson(decision.Record)))
            : Problems.NotFound("decision");

    private static Happening Told(TimelineEntry entry) => new(
        entry.Place.At,
        Names.Snake(entry.Place.Kind),
        entry.Activity is { } done
            ? new ActivityTold(done.MessageId, Names.Snake(done.Type), done.Event, done.OccurredAt, done.ReceivedAt, new RawJson(done.Properties))
            : null,
        entry.Transition is { } moved ? TransitionRow.Of(moved) : null,
        entry.Review is { } review ? ReviewRow.Of(review) : null);
}
