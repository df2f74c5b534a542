using System.Collections.Immutable;
using System.Globalization;
using LStep.Api.Auth;
using LStep.Api.Http;
using LStep.Domain.Deciding;
using LStep.Domain.Rules;
using LStep.Grains.Rules;
using LStep.Grains.Time;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using InputError = LStep.Api.Http.InputError;

namespace LStep.Api.Rules;

/// <summary>The rules in force, every set that was published before, and the publishing of the next one.</summary>
public static class RulesApi
{
    private const string List = "rule versions";
    private const string Path = "$.rules";
    private const int CommentCharsMax = 1_000;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/rules", Active).WithName("getRules").WithTags("Rules")
            .WithSummary("The active rule set")
            .WithDescription("Version, author and the rules that decide now. Its entity tag is the version.");

        api.MapPut("/rules", Publish).RequireAuthorization(Policies.Admin).WithName("publishRules").WithTags("Rules")
            .WithSummary("Publish a rule set")
            .WithDescription(
                "The rules become the next version as a whole, in force on every node within 5 s; a batch looks at everybody again. With "
                    + "baseVersion, or the version as If-Match, somebody else's version in between is refused.")
            .WithMetadata(new ProblemResponse(
                StatusCodes.Status422UnprocessableEntity,
                "bad_text", "bad_id", "bad_name", "bad_priority", "contradiction", "cycle", "duplicate_id", "duplicate_name", "empty",
                "impossible_range", "incomplete", "missing", "never_wins", "not_a_flag", "not_a_list", "not_an_object", "number_too_large",
                "text_too_long", "to_in_from", "too_deep", "too_large", "too_many_clauses", "too_many_values", "unknown_member",
                "unknown_metric", "unknown_operator", "unknown_tag", "unknown_value", "wrong_type", "invalid"));

        api.MapPost("/rules/check", Check).RequireAuthorization(Policies.Success).WithName("checkRules").WithTags("Rules")
            .WithSummary("Check a rule set").WithDescription("What publishing would refuse, and what it would warn of. Changes nothing.");

        api.MapGet("/rules/versions", Versions).WithName("listRuleSets").WithTags("Rules")
            .WithSummary("Published rule sets").WithDescription("Newest first.")
            .WithMetadata(QueryParameter.Cursor, QueryParameter.Limit());

        api.MapGet("/rules/versions/{version}", Version).WithName("getRuleSet").WithTags("Rules")
            .WithSummary("A published rule set")
            .WithDescription("With what it changed against the version before, or against the one that is asked for.")
            .WithMetadata(QueryParameter.Number("against"));
    }

    private static async Task<Results<Ok<RuleSetRow>, NotFoundProblem>> Active(RuleSetReads reads, HttpContext http)
    {
        if (await reads.RuleSets(null, 1, http.RequestAborted) is not [var set]) return new NotFoundProblem("rule set");
        http.Response.Headers.ETag = RuleSetTags.Of(set.Version);
        return TypedResults.Ok(RuleSetRow.Of(set));
    }

    private static async Task<Results<Ok<Page<RuleSetRow>>, BadRequestProblem>> Versions(HttpContext http, RuleSetReads reads)
    {
        var query = new QueryReader(http);
        var below = query.Cursor(List, 1) is [var last] ? int.Parse(last) : (int?)null;
        var limit = query.Limit();
        if (query.Refusal is { } refusal) return refusal;

        var sets = await reads.RuleSets(below, limit + 1, http.RequestAborted);
        return TypedResults.Ok(Cursors.Page(sets, limit, RuleSetRow.Of, set => query.CursorOf(List, set.Version.ToString())));
    }

    private static async Task<Results<Ok<RuleSetVersion>, BadRequestProblem, NotFoundProblem>> Version(
        string version, HttpContext http, RuleSetReads reads)
    {
        var query = new QueryReader(http);
        var asked = query.Number("against");
        if (query.Refusal is { } refusal) return refusal;

        if (!int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || await reads.Version(number, http.RequestAborted) is not { } set)
            return new NotFoundProblem("version of the rules");
        var against = await reads.Version((int)Math.Min(asked ?? number - 1, int.MaxValue), http.RequestAborted);
        if (asked is not null && against is null)
            return new BadRequestProblem(new InputError("against", "unknown_version", "There is no such published version."));
        return TypedResults.Ok(new RuleSetVersion(
            set.Version, set.Author, set.PublishedAt, set.Comment, set.BatchId, set.Rules.Select(RuleRow.Of).ToArray(),
            against is null ? null : RuleSetDifferences.Of(against, set)));
    }

    private static async Task<Ok<RuleFindings>> Check(RulesToCheck body, RuleSets sets, HttpContext http)
    {
        var found = RuleSetCheck.Check(body.Rules ?? default, Path, (await sets.Head(http.RequestAborted)).IdsUsed);
        return TypedResults.Ok(new RuleFindings(Told(found.Errors), Told(found.Warnings)));
    }

    private static async Task<Results<Ok<PublishedRuleSet>, BadRequestProblem, UnprocessableProblem, RulesChangedProblem>> Publish(
        NewRuleSet body, RuleSets sets, Publication publication, HttpContext http)
    {
        var head = await sets.Head(http.RequestAborted);
        var (tagged, precondition) = RuleSetTags.Asked(http.Request);
        if (precondition && tagged != head.Version) return new RulesChangedProblem(StatusCodes.Status412PreconditionFailed, head, tagged);
        var madeFrom = body.BaseVersion ?? head.Version;
        if (madeFrom != head.Version) return new RulesChangedProblem(StatusCodes.Status409Conflict, head, madeFrom);

        var comment = (body.Comment ?? "").Trim();
        if (comment.Length > CommentCharsMax || comment.Contains('\0', StringComparison.Ordinal))
            return new UnprocessableProblem(new InputError(
                "$.comment", "bad_text", $"A comment has at most {CommentCharsMax} characters, none of them U+0000."));
        var found = RuleSetCheck.Check(body.Rules ?? default, Path, head.IdsUsed);
        if (!found.IsSound) return new UnprocessableProblem(Told(found.Errors));

        return await publication.Publish(http.Caller().Key.Person, found.Rules, comment, madeFrom, http.RequestAborted) switch
        {
            Published.Conflict conflict => new RulesChangedProblem(StatusCodes.Status409Conflict, conflict.Newest, madeFrom),
            Published.Version(var set, var batch) => TypedResults.Ok(new PublishedRuleSet(
                set.Version, set.Author, set.PublishedAt, comment, batch, [.. set.Rules.Select(RuleRow.Of)], Told(found.Warnings))),
            _ => throw new InvalidOperationException("a closed set has grown"),
        };
    }

    private static InputError[] Told(ImmutableArray<Domain.Deciding.InputError> errors) =>
        [.. errors.Select(error => new InputError(error.Path, error.Code, error.Message))];
}
