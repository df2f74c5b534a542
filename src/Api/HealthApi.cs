using LStep.Grains.Database;
using LStep.Grains.Feeds;
using LStep.Grains.Operations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api;

public sealed record Health(string Status);

/// <summary>For whoever restarts the process or sends it traffic; the only addresses that need no key.</summary>
public static class HealthApi
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", () => Results.Ok(new Health("live"))).Tagged("Health")
            .Told("Alive", "The process answers. No key needed.")
            .Answers<Health>(200);

        app.MapGet("/health/ready", Ready).Tagged("Health")
            .Told("Ready", "The database answers, its tables are those of this build, the live feed has found the ledger's end, and the process is not on its way out. No key needed.")
            .Answers<Health>(200, 503);
    }

    private static async Task<IResult> Ready(SiloPhase phase, PostgresDatabase database, Migrator migrator, LedgerFeed feed, HttpContext http)
    {
        if (phase.IsLeaving) return NotReady(Leaving.Code, "This process is stopping.");
        if (!await database.Ping(http.RequestAborted)) return NotReady("storage_unavailable", "The database does not answer.");
        if (!await migrator.IsCurrent(http.RequestAborted)) return NotReady("not_migrated", "The database has other tables than this build needs.");
        if (phase.Current == Phase.Starting || !feed.Transitions.IsCompletedSuccessfully) return NotReady("starting", "The process is still catching up.");
        return Results.Ok(new Health("ready"));
    }

    private static IResult NotReady(string code, string detail) => Problems.Of(StatusCodes.Status503ServiceUnavailable, code, detail);
}
