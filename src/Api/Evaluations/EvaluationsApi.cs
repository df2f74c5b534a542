using System.Globalization;
using LStep.Api.Auth;
using LStep.Api.Http;
using LStep.Grains;
using LStep.Grains.Customers;
using LStep.Domain;
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
    private const string ErrorList = "evaluation-errors";

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

        api.MapGet("/evaluations/{batchId}/errors", Errors).WithName("listEvaluationErrors").WithTags("Evaluations")
            .WithSummary("Errors of a batch").WithDescription("Who could not be evaluated and why, in the order of ids, kept for 30 days.")
            .WithMetadata(QueryParameter.Cursor, QueryParameter.Limit());

        api.MapPost("/evaluations", Start).RequireAuthorization(Policies.Admin).WithName("startEvaluation").WithTags("Evaluations")
            .WithSummary("Evaluate everybody, those of a tag, or some customers now")
            .WithDescription(
                "Starts a batch and answers at once; its progress is at the address in Location. Everybody without a body; of a list at "
                    + "most "
                + $"{TimeLimits.CustomersPerListMax} ids, of which those that nobody has are counted as unknown.")
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

    private static async Task<Results<Ok<Evaluation>, NotFoundProblem>> Evaluate(
        string id, NoFields? _, IGrainFactory grains, HttpContext http) =>
        await grains.GetGrain<ICustomerGrain>(id).Evaluate(http.Caller().Key.Person) is { } view
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

    private static async Task<Results<Ok<Page<BatchError>>, NotFoundProblem, BadRequestProblem>> Errors(
        string batchId, BatchReads reads, HttpContext http)
    {
        var query = new QueryReader(http);
        var after = query.Cursor(ErrorList, 1)?[0] ?? "";
        var limit = query.Limit();
        if (query.Refusal is { } refusal) return refusal;
        if (batchId.Contains('\0') || await reads.One(batchId, http.RequestAborted) is null) return new NotFoundProblem("batch");

        var rows = await reads.Errors(batchId, after, limit + 1, http.RequestAborted);
        return TypedResults.Ok(Cursors.Page(rows, limit, row => row, last => query.CursorOf(ErrorList, last.CustomerId)));
    }

    private static async Task<Results<Accepted<BatchRow>, UnprocessableProblem>> Start(
        RequestedRuns runner, BatchReads reads, HttpContext http, NewEvaluation? body)
    {
        if (body?.WhyNot is { } wrong) return new UnprocessableProblem(wrong);
        var scope = body?.Tag is { } tag ? BatchScope.Of(StatusTags.Parse(tag))
            : body?.Customers is { } customers ? BatchScope.Of(customers) : BatchScope.Everybody;
        var id = await runner.Start(http.Caller().Key.Person, scope, http.RequestAborted);
        return TypedResults.Accepted($"/api/evaluations/{id}", await reads.One(id, http.RequestAborted));
    }
}
