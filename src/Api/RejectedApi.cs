using LStep.Grains.Ingest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api;

/// <summary>Events that were refused, so that nothing is lost without being seen.</summary>
public static class RejectedApi
{
    private const string List = "rejected";

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/rejected", Page).Tagged("Operations")
            .Told("Rejected events", "Newest first, with the reason and the event as it came, cut to 2 KB.")
            .Takes("cursor", "limit").Answers<Page<RejectedRow>>(200, 400, 401);

    private static async Task<IResult> Page(HttpContext http, RejectedReads reads)
    {
        var query = new QueryReader(http);
        var below = query.Cursor(List, 1) is [var last] ? long.Parse(last) : (long?)null;
        var limit = query.Limit();
        if (query.Refusal is { } refusal) return refusal;

        var rows = await reads.Rejected(below, limit + 1, http.RequestAborted);
        return Results.Ok(Cursor.Page(rows, limit, row => row, row => Cursor.Of(List, row.Id.ToString())));
    }
}
