using LStep.Api.Http;
using LStep.Grains;
using LStep.Grains.Feeds;
using LStep.Grains.Operations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api.Operations;

/// <summary>For whoever restarts the process or sends it traffic.</summary>
public static class HealthApi
{
    private const string NotMigrated = "not_migrated";
    private const string Starting = "starting";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", () => TypedResults.Ok(new Health("live"))).AllowAnonymous().WithName("getLiveness").WithTags("Health")
            .WithSummary("Alive").WithDescription("The process answers. No key needed.");

        app.MapGet("/health/ready", Ready).AllowAnonymous().WithName("getReadiness").WithTags("Health")
            .WithSummary("Ready")
            .WithDescription(
                "The database takes commits, its tables are those of this build, the live feed has found the ledger's end, and the "
                + "process is not about to stop. No key needed.")
            .WithMetadata(new ProblemResponse(503, Problems.ShuttingDown, TransientFailure.StorageUnavailable, NotMigrated, Starting));
    }

    private static async Task<Results<Ok<Health>, UnavailableProblem>> Ready(
        SiloPhase phase, Readiness readiness, LedgerFeed feed, HttpContext http)
    {
        if (phase.IsDraining) return new UnavailableProblem(Problems.ShuttingDown, "This process is stopping.");
        if (await readiness.Look(http.RequestAborted) is { } trouble)
            return new UnavailableProblem(trouble.IsOfTables ? NotMigrated : TransientFailure.StorageUnavailable, trouble.Reason);
        if (phase.Current == Phase.Starting || !feed.Transitions.IsCompletedSuccessfully)
            return new UnavailableProblem(Starting, "The process is still catching up.");
        return TypedResults.Ok(new Health("ready"));
    }
}
