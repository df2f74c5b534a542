using LStep.Grains;
using LStep.Grains.Analytics;
using LStep.Grains.Campaigns;
using LStep.Grains.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api.Analytics;

/// <summary>What matters most for whom.</summary>
public static class MatrixApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/analytics/matrix", Now).WithName("getMatrix").WithTags("Analytics").WithSummary("Product and status")
            .WithDescription(
                "Customers of each product in each status as of now, and the campaign that has priority there, as the set of campaigns in "
                + "force has it. Customers without a product have cells with productTag null and no such campaign.");

    private static async Task<Ok<Matrix>> Now(
        MatrixReads reads, CampaignSource campaigns, RulebookSource rulebook, TimeProvider clock, HttpContext http)
    {
        var figures = await reads.Of(rulebook.Current.Calendar.DayOf(clock.Now()), http.RequestAborted);
        return TypedResults.Ok(Matrix.Of(figures, campaigns.Current));
    }
}
