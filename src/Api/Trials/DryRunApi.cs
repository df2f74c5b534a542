using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LStep.Api.Auth;
using LStep.Api.Http;
using LStep.Domain;
using LStep.Domain.Deciding;
using LStep.Grains.Rules;
using LStep.Grains.Trials;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api.Trials;

/// <summary>What a rule set would do if it were published now.</summary>
public static class DryRunApi
{
    private const string List = "dry run";

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/rules/simulate", Simulate).RequireAuthorization(Policies.Success).WithName("simulateRules").WithTags("Rules")
            .WithSummary("Try a rule set on everybody")
            .WithDescription(
                "What publishing these rules would do now, over the whole population; writes nothing. The list of who would move goes on "
                + "with the same body and the cursor, which carries the totals of the first answer. Few run at once; one ends with its "
                + "request.")
            .WithMetadata(QueryParameter.Cursor, QueryParameter.Limit());

    private static async Task<Results<Ok<DryRun>, BadRequestProblem, UnprocessableProblem>> Simulate(
        DryRunRequest body, DryRuns runs, RuleSets sets, HttpContext http)
    {
        var query = new QueryReader(http);
        var place = query.Cursor(List, 4);
        var limit = query.Limit();
        if (query.Refusal is { } refusal) return refusal;
        var (rules, wrong) = await Candidates.Read(body.Rules, sets, http.RequestAborted);
        if (wrong is not null) return wrong;

        var tried = Fingerprint(rules);
        if (place is null)
        {
            var (first, page) = await runs.Run(rules, limit, http.RequestAborted);
            return TypedResults.Ok(DryRun.Of(first, page, next => CursorOf(first, next)));
        }
        if (place[0] != tried)
            return new BadRequestProblem(new Http.InputError("cursor", "bad_cursor", "The cursor came with other rules than these."));
        var totals = DryRunText.Read(place[1]);
        var from = new DryRunPlace(short.Parse(place[2], CultureInfo.InvariantCulture), place[3]);
        return TypedResults.Ok(DryRun.Of(
            totals, await runs.GoOn(rules, from, limit, http.RequestAborted), next => CursorOf(totals, next)));

        string CursorOf(DryRunTotals all, DryRunPlace next) => query.CursorOf(
            List, tried, DryRunText.Of(all), next.Shard.ToString(CultureInfo.InvariantCulture), next.CustomerId);
    }

    private static string Fingerprint(ImmutableArray<Rule> rules) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(RuleJson.Print(rules))).AsSpan(0, 16));
}
