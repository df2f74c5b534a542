using System.Globalization;
using LStep.Api.Auth;
using LStep.Api.Http;
using LStep.Grains.Recommendations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api.Recommendations;

/// <summary>What the product recommends to those who look after rules, campaigns and courses.</summary>
public static class RecommendationsApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/recommendations", All).WithName("listRecommendations").WithTags("Recommendations")
            .WithSummary("What is recommended")
            .WithDescription(
                "As the latest run found it, the oldest first, with the figures it follows from: rules whose alarms are mostly false, "
                + "thresholds that find more, campaigns without effect, and lessons that silence follows. Runs are made once a business "
                + "day. One that was dismissed says so and counts as open again after 30 days.");

        api.MapPost("/recommendations", Make).RequireAuthorization(Policies.Admin).WithName("makeRecommendations")
            .WithTags("Recommendations").WithSummary("Make recommendations anew")
            .WithDescription("Reads all figures again, two minutes at most, and answers what is found. One run at a time.");

        api.MapPost("/recommendations/{id}/dismiss", Dismiss).RequireAuthorization(Policies.Success).WithName("dismissRecommendation")
            .WithTags("Recommendations").WithSummary("Dismiss a recommendation")
            .WithDescription("For 30 days. The audit log says who did it.");
    }

    private static async Task<Ok<RecommendationList>> All(StoredRecommendations stored, HttpContext http) =>
        TypedResults.Ok(await List(stored, http));

    private static async Task<Results<Ok<RecommendationList>, BusyProblem>> Make(
        RecommendationMaking making, StoredRecommendations stored, HttpContext http) =>
        await making.Anew(http.Caller().Key.Person, http.RequestAborted) is null
            ? new BusyProblem("Recommendations are being made. Try again when that is over.")
            : TypedResults.Ok(await List(stored, http));

    private static async Task<Results<Ok<RecommendationList>, NotFoundProblem>> Dismiss(
        string id, StoredRecommendations stored, HttpContext http) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var known)
            && await stored.Dismiss(known, http.Caller().Key.Person, http.RequestAborted)
            ? TypedResults.Ok(await List(stored, http))
            : new NotFoundProblem("recommendation");

    private static async Task<RecommendationList> List(StoredRecommendations stored, HttpContext http)
    {
        var (run, rows) = await stored.All(http.RequestAborted);
        return RecommendationList.Of(run, rows);
    }
}
