using LStep.Api.Http;
using LStep.Grains.Ingest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api.Ingest;

/// <summary>Events that were refused, so that nothing is lost without being seen.</summary>
public static class RejectedApi
{
    private const string List = "rejected";

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/rejected", Page).WithName("listRejected").WithTags("Operations")
            .WithSummary("Rejected events").WithDescription("Newest first, with the reason and the event as it came, cut to 2 KB.")
            .WithMetadata(QueryParameter.Cursor, QueryParameter.Limit());

    private static async Task<Results<Ok<Page<RejectedRow>>, BadRequestProblem>> Page(HttpContext http, RejectedReads reads)
    {
        var query = new QueryReader(http);
        var below = query.Cursor(List, 1) is [var last] ? long.Parse(last) : (long?)null;
        var limit = query.Limit();
        if (query.Refusal is { } refusal) return refusal;

        var rows = await reads.Rejected(below, limit + 1, http.RequestAborted);
        return TypedResults.Ok(Cursors.Page(rows, limit, row => row, row => query.CursorOf(List, row.Id.ToString())));
    }
}
