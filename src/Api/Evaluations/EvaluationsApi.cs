using System.Globalization;
using LStep.Api.Auth;
using LStep.Api.Http;
using LStep.Grains;
using LStep.Grains.Customers;
using LStep.Grains.Evaluations;
using LStep.Grains.Time;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Orleans;

namespace LStep.Api.Evaluations;

/// <summary>What the rules say of one customer, and batches over the population: the daily ones and those somebody asked for.</summary>
public static class EvaluationsApi
{
    private const string List = "evaluations";
    private static readonly ProblemResponse BadJson = new(StatusCodes.Status400BadRequest, "bad_json");

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/customers/{id}/evaluation", Explain).WithName("explainCustomer").WithTags("Customers")
            .WithSummary("Explain now")
            .WithDescription(
                "What every rule says of the customer and why, and what would change the tag. Changes nothing. With at, what was known "
                + "at that instant, by the rules, calibration and flags of then.")
            .WithMetadata(PastInstant.Parameter);

        api.MapPost("/customers/{id}/evaluation", Evaluate).RequireAuthorization(Policies.Success)
            .WithName("evaluateCustomer").WithTags("Customers")
            .WithSummary("Evaluate now").WithDescription("Decides as an activity would, and explains what it found.")
            .WithMetadata(BadJson);

        api.MapGet("/evaluations", Page).WithName("listEvaluations").WithTags("Evaluations")
            .WithSummary("List batches").WithDescription("Newest first, with their progress.")
            .WithMetadata(QueryParameter.Cursor, QueryParameter.Limit());

        api.MapGet("/evaluations/{batchId}", One).WithName("getEvaluation").WithTags("Evaluations")
            .WithSummary("One batch").WithDescription("How far it is, or what it came to.");

        api.MapPost("/evaluations", Start).RequireAuthorization(Policies.Admin).WithName("startEvaluation").WithTags("Evaluations")
            .WithSummary("Evaluate everybody now")
            .WithDescription("Starts a batch and answers at once; its progress is at the address in Location.")
            .WithMetadata(BadJson);
    }

    private static async Task<Results<Ok<Evaluation>, NotFoundProblem, UnprocessableProblem>> Explain(
        string id, IGrainFactory grains, PastCustomers past, TimeProvider clock, HttpContext http)
    {
        if (!PastInstant.IsGiven(http))
            return await grains.GetGrain<ICustomerGrain>(id).Explain() is { } view
                ? TypedResults.Ok(Evaluation.Of(view))
                : new NotFoundProblem("customer");
        if (PastInstant.Read(http, clock.Now(), out var at) is { } refusal) return refusal;
        return await past.At(id, at, recentMax: 0, http.RequestAborted) is { } then
            ? TypedResults.Ok(Evaluation.Of(then.Explain()))
            : new NotFoundProblem("customer");
    }

    private static async Task<Results<Ok<Evaluation>, NotFoundProblem>> Evaluate(string id, NoFields? _, IGrainFactory grains) =>
        await grains.GetGrain<ICustomerGrain>(id).Evaluate(null) is { } view
            ? TypedResults.Ok(Evaluation.Of(view))
            : new NotFoundProblem("customer");

    private static async Task<Results<Ok<Page<BatchRow>>, BadRequestProblem>> Page(HttpContext http, BatchReads reads)
    {
        var query = new QueryReader(http);
        var place = query.Cursor(List, 2);
        var limit = query.Limit();
        if (query.Refusal is { } refusal) return refusal;

        var rows = await reads.Page(
            place is null ? null : DateTimeOffset.ParseExact(place[0], "O", CultureInfo.InvariantCulture), place?[1], limit + 1,
            http.RequestAborted);
        return TypedResults.Ok(Cursors.Page(rows, limit, row => row, last => query.CursorOf(List, last.StartedAt.ToString("O"), last.Id)));
    }

    private static async Task<Results<Ok<BatchRow>, NotFoundProblem>> One(string batchId, BatchReads reads, HttpContext http) =>
        !batchId.Contains('\0') && await reads.One(batchId, http.RequestAborted) is { } batch
            ? TypedResults.Ok(batch)
            : new NotFoundProblem("batch");

    private static async Task<Accepted<BatchRow>> Start(
        NoFields? _, RequestedRuns runner, BatchReads reads, HttpContext http)
    {
        var id = await runner.Start(http.Caller().Key.Person, http.RequestAborted);
        return TypedResults.Accepted($"/api/evaluations/{id}", await reads.One(id, http.RequestAborted));
    }
}
