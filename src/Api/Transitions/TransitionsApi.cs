using LStep.Api.Http;
using LStep.Domain;
using LStep.Grains.Transitions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api.Transitions;

/// <summary>The ledger, in commit order.</summary>
public static class TransitionsApi
{
    /// <summary>The ledger is read by programs that catch up: they may take more at once.</summary>
    private const int LimitMax = 1_000;

    private const string List = "transitions";
    private const string Backward = "transitions backward";
    private static readonly string[] Orders = ["asc", "desc"];

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/transitions", Page).WithName("listTransitions").WithTags("Transitions")
            .WithSummary("Read the ledger")
            .WithDescription(
                "Transitions with an id greater than after, in commit order. Whoever reads on from the last id it has seen misses none. "
                + "With order=desc the latest come first.")
            .WithMetadata(
                QueryParameter.Number("after"), QueryParameter.OneOf("order", Orders), QueryParameter.Cursor,
                QueryParameter.Limit(LimitMax));

    private static async Task<Results<Ok<Page<TransitionRow>>, BadRequestProblem>> Page(HttpContext http, LedgerReads reads)
    {
        var query = new QueryReader(http);
        if (query.OneOf("order", Orders) == "desc") return await Latest(query, http, reads);
        var after = query.Number("after") ?? 0;
        if (query.Cursor(List, 1) is [var last]) after = long.Parse(last);
        var limit = query.Limit(LimitMax);
        if (query.Refusal is { } refusal) return refusal;

        var rows = await reads.Ledger(after, limit + 1, http.RequestAborted);
        return TypedResults.Ok(Cursors.Page(rows, limit, TransitionRow.Of, row => query.CursorOf(List, row.Transition.Id.ToString())));
    }

    private static async Task<Results<Ok<Page<TransitionRow>>, BadRequestProblem>> Latest(
        QueryReader query, HttpContext http, LedgerReads reads)
    {
        var below = query.Cursor(Backward, 1) is [var first] ? long.Parse(first) : long.MaxValue;
        var limit = query.Limit(LimitMax);
        if (query.Refusal is { } refusal) return refusal;

        var rows = await reads.LedgerBackward(below, limit + 1, http.RequestAborted);
        return TypedResults.Ok(Cursors.Page(rows, limit, TransitionRow.Of, row => query.CursorOf(Backward, row.Transition.Id.ToString())));
    }
}
