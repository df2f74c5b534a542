using LStep.Api.Http;
using LStep.Grains.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api.Rules;

/// <summary>The rules in force and every set that was published before.</summary>
public static class RulesApi
{
    private const string List = "rule versions";

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/rules", Active).WithName("getRules").WithTags("Rules")
            .WithSummary("The active rule set").WithDescription("Version, author and the rules that decide now.");

        api.MapGet("/rules/versions", Versions).WithName("listRuleSets").WithTags("Rules")
            .WithSummary("Published rule sets").WithDescription("Newest first.")
            .WithMetadata(QueryParameter.Cursor, QueryParameter.Limit());
    }

    private static async Task<Results<Ok<RuleSetRow>, NotFoundProblem>> Active(RuleSetReads reads, HttpContext http) =>
        await reads.RuleSets(null, 1, http.RequestAborted) is [var set]
            ? TypedResults.Ok(RuleSetRow.Of(set))
            : new NotFoundProblem("rule set");

    private static async Task<Results<Ok<Page<RuleSetRow>>, BadRequestProblem>> Versions(HttpContext http, RuleSetReads reads)
    {
        var query = new QueryReader(http);
        var below = query.Cursor(List, 1) is [var last] ? int.Parse(last) : (int?)null;
        var limit = query.Limit();
        if (query.Refusal is { } refusal) return refusal;

        var sets = await reads.RuleSets(below, limit + 1, http.RequestAborted);
        return TypedResults.Ok(Cursors.Page(sets, limit, RuleSetRow.Of, set => query.CursorOf(List, set.Version.ToString())));
    }
}
