using LStep.Domain.Deciding;
using LStep.Grains.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api;

public sealed record RuleRow(
    int Id, string Name, IReadOnlyList<string> From, string To, RawJson Conditions, int Priority, bool Automatic, bool RequiresApproval, bool UsualRhythm,
    RawJson Notification, bool Active)
{
    public static RuleRow Of(RuleRecord rule) => new(
        rule.Id, rule.Name, rule.From, rule.To, new RawJson(rule.Conditions), rule.Priority, rule.Automatic, rule.RequiresApproval, rule.UsualRhythm,
        new RawJson(rule.Notification), rule.Active);
}

public sealed record RuleSetRow(int Version, string Author, DateTimeOffset PublishedAt, string Comment, IReadOnlyList<RuleRow> Rules)
{
    public static RuleSetRow Of(RuleSetRecord set) =>
        new(set.Version, set.Author, set.PublishedAt, set.Comment, set.Rules.Select(RuleRow.Of).ToArray());
}

/// <summary>The rules in force and every set that was published before.</summary>
public static class RulesApi
{
    private const string List = "rule versions";

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/rules", Active).Tagged("Rules")
            .Told("The active rule set", "Version, author and the rules that decide now.")
            .Answers<RuleSetRow>(200, 401, 404);

        api.MapGet("/rules/versions", Versions).Tagged("Rules")
            .Told("Published rule sets", "Newest first.")
            .Takes("cursor", "limit").Answers<Page<RuleSetRow>>(200, 400, 401);
    }

    private static async Task<IResult> Active(RuleSetReads reads, HttpContext http) =>
        await reads.RuleSets(null, 1, http.RequestAborted) is [var set] ? Results.Ok(RuleSetRow.Of(set)) : Problems.NotFound("rule set");

    private static async Task<IResult> Versions(HttpContext http, RuleSetReads reads)
    {
        var query = new QueryReader(http);
        var below = query.Cursor(List, 1) is [var last] ? int.Parse(last) : (int?)null;
        var limit = query.Limit();
        if (query.Refusal is { } refusal) return refusal;

        var sets = await reads.RuleSets(below, limit + 1, http.RequestAborted);
        return Results.Ok(Cursor.Page(sets, limit, RuleSetRow.Of, set => Cursor.Of(List, set.Version.ToString())));
    }
}
