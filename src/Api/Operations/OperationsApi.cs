using LStep.Grains;
using LStep.Grains.Database;
using LStep.Grains.Operations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api.Operations;

/// <summary>How busy the installation is, and how far behind.</summary>
public static class OperationsApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/operations", Now).WithName("getOperations").WithTags("Operations")
            .WithSummary("Rates, queues and lags")
            .WithDescription(
                "What all processes took of the ingest in the last minute and, minute by minute, the last hour; how full the queues of "
                + "each are; and how far behind everything is that follows. "
                + $"Each process says this of itself every {Nodes.BeatSeconds} s. One that is lost, or says nothing of its load, "
                + "is named in silent and counts in no figure.");

    private static async Task<Ok<OperationsNow>> Now(Nodes nodes, PostgresDatabase database, TimeProvider clock, HttpContext http)
    {
        var now = clock.Now();
        var all = await nodes.Loads(http.RequestAborted);
        var followers = await Follower.Read(database, now, http.RequestAborted);
        return TypedResults.Ok(OperationsNow.Of(all, followers, now));
    }
}
