using System.Globalization;
using LStep.Api.Auth;
using LStep.Api.Http;
using LStep.Grains;
using LStep.Grains.Database;
using LStep.Grains.Predictions;
using LStep.Grains.Rules;
using LStep.Grains.Time;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api.Predictions;

/// <summary>Models that foretell who falls silent: which is live, how good each is, and how they are trained.</summary>
public static class PredictionsApi
{
    private const string List = "trainings";
    private const int ReasonCharsMax = 1_000;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/predictions/model", Card).WithName("getPredictionModel").WithTags("Predictions")
            .WithSummary("The model that predictions are made with")
            .WithDescription(
                "What it was trained and tested on and how well it did, each figure with its 95 % interval; another model by its number.")
            .WithMetadata(QueryParameter.Number("number"));

        api.MapGet("/predictions/models", Models).WithName("listPredictionModels").WithTags("Predictions")
            .WithSummary("Models").WithDescription("Newest first; number 0 comes with the product.");

        api.MapPost("/predictions/models/{number}/live", PutLive).RequireAuthorization(Policies.Admin).WithName("putPredictionModelLive")
            .WithTags("Predictions").WithSummary("Put a model live")
            .WithDescription(
                "Also an earlier one again. Every process predicts with it within 5 s; the audit log says who put it live. Where an active "
                + "rule asks for the churn probability, a batch looks at everybody again.");

        api.MapPost("/predictions/training", Train).RequireAuthorization(Policies.Admin).WithName("startPredictionTraining")
            .WithTags("Predictions").WithSummary("Train a model on this installation's history")
            .WithDescription(
                "Answers at once; the list of trainings says how far it is. The model goes live by itself only when it is better than the "
                + "live one on a later time than any it was trained on. One runs at a time; 409 while it does.")
            .WithMetadata(new ProblemResponse(StatusCodes.Status409Conflict, "training_under_way"));

        api.MapGet("/predictions/training", Trainings).WithName("listPredictionTrainings").WithTags("Predictions")
            .WithSummary("Trainings").WithDescription("Newest first: how far each is, or what it came to and why.")
            .WithMetadata(QueryParameter.Cursor, QueryParameter.Limit());

        api.MapGet("/predictions/watch", Watch).WithName("watchPredictions").WithTags("Predictions")
            .WithSummary("Whether predictions still hold")
            .WithDescription(
                "How far the values of each feature in the last 7 days are from those of training, and what became of the predictions of "
                + "the last 90 days.")
            .WithMetadata(QueryParameter.Number("number"));
    }

    private static async Task<Results<Ok<PredictionModel>, BadRequestProblem, NotFoundProblem>> Card(
        HttpContext http, PredictionModels models, PostgresDatabase database)
    {
        var query = new QueryReader(http);
        var asked = query.Number("number");
        if (query.Refusal is { } refusal) return refusal;

        var live = await LiveModels.Number(database, http.RequestAborted);
        var number = asked ?? live;
        return number <= int.MaxValue && await models.Card((int)number, http.RequestAborted) is { } card
            ? TypedResults.Ok(PredictionModel.Of(card, card.Number == live))
            : new NotFoundProblem("model");
    }

    private static async Task<Ok<Page<PredictionModelRow>>> Models(HttpContext http, PredictionModels models) =>
        TypedResults.Ok(new Page<PredictionModelRow>(
            [.. (await models.All(http.RequestAborted)).Select(PredictionModelRow.Of)], null));

    private static async Task<Results<Ok<ModelPutLive>, NotFoundProblem, UnprocessableProblem>> PutLive(
        int number, PutModelLive? body, Publication publication, HttpContext http)
    {
        var reason = body?.Reason?.Trim() ?? "";
        if (TextField.WhyNot("$.reason", reason, ReasonCharsMax) is { } wrong) return new UnprocessableProblem(wrong);
        var outcome = await publication.SetModel(number, null, http.Caller().Key.Person, reason, http.RequestAborted);
        return outcome is Grains.Time.PutLive.Live put
            ? TypedResults.Ok(new ModelPutLive(put.Number, put.Before, put.BatchId))
            : new NotFoundProblem("model");
    }

    private static async Task<Results<Accepted<TrainingStarted>, ConflictProblem>> Train(
        NoFields? _, TrainingRuns runs, TimeProvider clock, HttpContext http) =>
        await runs.Request(http.Caller().Key.Person, clock.Now(), http.RequestAborted) is { } id
            ? TypedResults.Accepted("/api/predictions/training", new TrainingStarted(id))
            : new ConflictProblem("training_under_way", "A training is under way. Ask again when it is over.");

    private static async Task<Results<Ok<Page<TrainingRow>>, BadRequestProblem>> Trainings(HttpContext http, TrainingRuns runs)
    {
        var query = new QueryReader(http);
        var place = query.Cursor(List, 2);
        var limit = query.Limit();
        if (query.Refusal is { } refusal) return refusal;

        var rows = await runs.Page(
            place is null ? null : DateTimeOffset.ParseExact(place[0], "O", CultureInfo.InvariantCulture), place?[1], limit + 1,
            http.RequestAborted);
        return TypedResults.Ok(
            Cursors.Page(rows, limit, TrainingRow.Of, last => query.CursorOf(List, last.RequestedAt.ToString("O"), last.Id)));
    }

    private static async Task<Results<Ok<PredictionWatchReport>, BadRequestProblem, NotFoundProblem>> Watch(
        HttpContext http, PredictionWatch watch, PredictionModels models, RulebookSource rulebook, PostgresDatabase database,
        TimeProvider clock)
    {
        var query = new QueryReader(http);
        var asked = query.Number("number");
        if (query.Refusal is { } refusal) return refusal;

        var number = asked ?? await LiveModels.Number(database, http.RequestAborted);
        if (number > int.MaxValue || await models.Card((int)number, http.RequestAborted) is not { } card)
            return new NotFoundProblem("model");
        return TypedResults.Ok(PredictionWatchReport.Of(
            await watch.Of(card, rulebook.Current.Calendar.DayOf(clock.Now()), http.RequestAborted)));
    }
}
