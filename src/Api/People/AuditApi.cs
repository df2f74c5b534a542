using LStep.Api.Auth;
using LStep.Api.Http;
using LStep.Grains.People;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api.People;

/// <summary>What people changed.</summary>
public static class AuditApi
{
    private const string List = "audit";

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/audit", Page).RequireAuthorization(Policies.Admin).WithName("listAudit").WithTags("Operations")
            .WithSummary("Audit log").WithDescription(
                "Every change by a person, newest first: who, when, what, before, after and why. action is one action or a kind of them: "
                + "key for key.created and key.revoked. from and to are days, both included, or instants.")
            .WithMetadata(
                QueryParameter.Text("who"), QueryParameter.Text("action"), QueryParameter.Text("target"),
                QueryParameter.DayOrInstant("from"), QueryParameter.DayOrInstant("to"), QueryParameter.Cursor, QueryParameter.Limit());

    private static async Task<Results<Ok<Page<AuditItem>>, BadRequestProblem>> Page(HttpContext http, AuditReads reads)
    {
        var query = new QueryReader(http);
        var filter = new AuditFilter(
            query.Text("who"), query.Text("action"), query.Text("target"), query.Instant("from"), query.Instant("to", afterDay: true));
        var below = query.Cursor(List, 1) is [var last] ? long.Parse(last) : (long?)null;
        var limit = query.Limit();
        if (query.Refusal is { } refusal) return refusal;

        var rows = await reads.Page(filter, below, limit + 1, http.RequestAborted);
        return TypedResults.Ok(Cursors.Page(rows, limit, AuditItem.Of, row => query.CursorOf(List, row.Id.ToString())));
    }
}
