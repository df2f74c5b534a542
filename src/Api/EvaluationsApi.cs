using System.Globalization;
using LStep.Api.Auth;
using LStep.Grains.Evaluations;
using LStep.Grains.People;
using LStep.Grains.Time;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api;

/// <summary>Batches over the population: the daily ones and those somebody asked for.</summary>
public static class EvaluationsApi
{
    private const string List = "evaluations";

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/evaluations", Page).Tagged("Evaluations")
            .Told("List batches", "Newest first, with their progress.")
            .Takes("cursor", "limit").Answers<Page<BatchRow>>(200, 400, 401);

        api.MapGet("/evaluations/{batchId}", One).Tagged("Evaluations")
            .Told("One batch", "How far it is, or what it came to.")
            .Answers<BatchRow>(200, 401, 404);

        api.MapPost("/evaluations", Start).Needs(Role.Success).Tagged("Evaluations")
            .Told("Evaluate everybody now", "Starts a batch and answers at once; its progress is at the address in Location.")
            .Answers<BatchRow>(202, 401, 403, 503);
    }

    private static async Task<IResult> Page(HttpContext http, BatchReads reads)
    {
        var query = new QueryReader(http);
        var place = query.Cursor(List, 2);
        var limit = query.Limit();
        if (query.Refusal is { } refusal) return refusal;

        var rows = await reads.Page(
            place is null ? null : DateTimeOffset.ParseExact(place[0], "O", CultureInfo.InvariantCulture), place?[1], limit + 1, http.RequestAborted);
        return Results.Ok(Cursor.Page(rows, limit, row => row, last => Cursor.Of(List, last.StartedAt.ToString("O"), last.Id)));
    }

    private static async Task<IResult> One(string batchId, BatchReads reads, HttpContext http) =>
        !batchId.Contains('\0') && await reads.One(batchId, http.RequestAborted) is { } batch ? Results.Ok(batch) : Problems.NotFound("batch");

    private static async Task<IResult> Start(RequestedRuns runner, BatchReads reads, HttpContext http)
    {
        var id = await runner.Start(http.RequestAborted);
        return Results.Accepted($"/api/evaluations/{id}", await reads.One(id, http.RequestAborted));
    }
}
