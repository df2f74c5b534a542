using System.Globalization;
using LStep.Api.Auth;
using LStep.Api.Http;
using LStep.Grains;
using LStep.Grains.Rules;
using LStep.Grains.Trials;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api.Trials;

/// <summary>Rule sets played over the recorded history.</summary>
public static class BacktestsApi
{
    private const string List = "backtests";
    private const int DaysDefault = 90;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/rules/backtest", Start).RequireAuthorization(Policies.Admin).WithName("startBacktest").WithTags("Rules")
            .WithSummary("Play a rule set over the recorded history")
            .WithDescription(
                "As if it had been in force from the beginning of each customer's log, beside the active set. Answers at once; the report "
                + "is at the address in Location. Nothing else is written. One runs and one waits; more are refused for the while.");

        api.MapGet("/rules/backtests", Page).WithName("listBacktests").WithTags("Rules")
            .WithSummary("Backtests").WithDescription("Newest first, with their progress.")
            .WithMetadata(QueryParameter.Cursor, QueryParameter.Limit());

        api.MapGet("/rules/backtests/{id}", One).WithName("getBacktest").WithTags("Rules")
            .WithSummary("One backtest").WithDescription("How far it is, or the figures of both sets.");
    }

    private static async Task<Results<Accepted<BacktestStarted>, UnprocessableProblem, BusyProblem>> Start(
        BacktestRequest body, Backtests backtests, RuleSets sets, RulebookSource rulebook, TimeProvider clock, HttpContext http)
    {
        var (rules, wrong) = await Candidates.Read(body.Rules, sets, http.RequestAborted);
        if (wrong is not null) return wrong;
        var now = clock.Now();
        var to = body.To ?? now;
        if (to > now)
            return new UnprocessableProblem(new InputError("$.to", "in_the_future", $"to lies ahead; it is {Json.Instant(now)} now."));
        var from = body.From ?? to.AddDays(-Math.Min(DaysDefault, (to - DateTimeOffset.UnixEpoch).TotalDays));
        if (from >= to) return new UnprocessableProblem(new InputError("$.from", "bad_range", "from is before to."));

        var id = await backtests.Start(
            http.Caller().Key.Person, rules, rulebook.Current.Rules.Version, from, to, now, http.RequestAborted);
        if (id is null)
            return new BusyProblem($"{TrialLimits.BacktestsUnfinishedMax} backtests are unfinished. Try again when one is over.");
        return TypedResults.Accepted($"/api/rules/backtests/{id}", new BacktestStarted(id));
    }

    private static async Task<Results<Ok<Page<Backtest>>, BadRequestProblem>> Page(HttpContext http, Backtests backtests)
    {
        var query = new QueryReader(http);
        var place = query.Cursor(List, 2);
        var limit = query.Limit();
        if (query.Refusal is { } refusal) return refusal;

        var rows = await backtests.Page(
            place is null ? null : DateTimeOffset.ParseExact(place[0], "O", CultureInfo.InvariantCulture), place?[1], limit + 1,
            http.RequestAborted);
        return TypedResults.Ok(
            Cursors.Page(rows, limit, Backtest.Of, last => query.CursorOf(List, last.StartedAt.ToString("O"), last.Id)));
    }

    private static async Task<Results<Ok<Backtest>, NotFoundProblem>> One(string id, Backtests backtests, HttpContext http) =>
        !id.Contains('\0') && await backtests.One(id, http.RequestAborted) is { } row
            ? TypedResults.Ok(Backtest.Of(row))
            : new NotFoundProblem("backtest");
}
