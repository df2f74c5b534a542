using LStep.Domain;
using LStep.Grains.Transitions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api;

/// <summary>The ledger, in commit order.</summary>
public static class TransitionsApi
{
    /// <summary>The ledger is read by programs that catch up: they may take more at once.</summary>
    private const int LimitMax = 1_000;

    private const string List = "transitions";
    private const string Backward = "transitions backward";

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/transitions", Page).Tagged("Transitions")
            .Told("Read the ledger", "Transitions with an id greater than after, in commit order. Whoever reads on from the last id it has seen misses none. With order=desc the latest come first.")
            .Takes("after", "order", "cursor", "limit").Answers<Page<TransitionRow>>(200, 400, 401);

    private static async Task<IResult> Page(HttpContext http, LedgerReads reads)
    {
        var query = new QueryReader(http);
        if (query.OneOf("order", ["asc", "desc"]) == "desc") return await Latest(query, http, reads);
        var after = query.Number("after") ?? 0;
        if (query.Cursor(List, 1) is [var last]) after = long.Parse(last);
        var limit = query.Limit(LimitMax);
        if (query.Refusal is { } refusal) return refusal;

        var rows = await reads.Ledger(after, limit + 1, http.RequestAborted);
        return Results.Ok(Cursor.Page(rows, limit, TransitionRow.Of, row => Cursor.Of(List, row.Transition.Id.ToString())));
    }

    private static async Task<IResult> Latest(QueryReader query, HttpContext http, LedgerReads reads)
    {
        var below = query.Cursor(Backward, 1) is [var first] ? long.Parse(first) : long.MaxValue;
        var limit = query.Limit(LimitMax);
        if (query.Refusal is { } refusal) return refusal;

        var rows = await reads.LedgerBackward(below, limit + 1, http.RequestAborted);
        return Results.Ok(Cursor.Page(rows, limit, TransitionRow.Of, row => Cursor.Of(Backward, row.Transition.Id.ToString())));
    }
}
