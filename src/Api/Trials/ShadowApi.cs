using System.Globalization;
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

/// <summary>What a set asked for: stay, move or review.</summary>
public sealed record Asked(string Action, StatusTag? To)
{
    public static Asked Of(SetOutcome outcome) => new(SnakeCase.Of(outcome.Action), outcome.To);
}

public sealed record ShadowKind(Asked Live, Asked Shadow, long Count);

/// <summary>Of each customer the last evaluation that differed; Times counts them all.</summary>
public sealed record ShadowItem(string CustomerId, DateTimeOffset At, StatusTag Tag, Asked Live, Asked Shadow, long Times);

/// <summary>Version is null while no set runs in shadow. Agreement is a share of the evaluations compared; null of none.</summary>
public sealed record ShadowReport(
    int? Version, int LiveVersion, long Compared, long Differing, decimal? Agreement, IReadOnlyList<ShadowKind> Counts,
    IReadOnlyList<ShadowItem> Items, string? Next);

/// <summary>How the set that runs beside the live one would have decided.</summary>
public static class ShadowApi
{
    private const string List = "shadow differences";

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/rules/shadow", Report).WithName("getShadow").WithTags("Rules")
            .WithSummary("The set that runs in shadow")
            .WithDescription(
                "The flag shadow_rules names it: it is asked at every evaluation beside the live set, of the same customer. What both "
                + "asked for where they differ, the share that agrees, and the customers, the latest first; a few seconds behind.")
            .WithMetadata(QueryParameter.Cursor, QueryParameter.Limit());

    private static async Task<Results<Ok<ShadowReport>, BadRequestProblem>> Report(
        HttpContext http, RulebookSource rulebook, ShadowReports reports)
    {
        var query = new QueryReader(http);
        var place = query.Cursor(List, 2);
        var limit = query.Limit();
        if (query.Refusal is { } refusal) return refusal;

        var live = rulebook.Current.Rules.Version;
        if (rulebook.Current.Shadow is not { Version: var version })
            return TypedResults.Ok(new ShadowReport(null, live, 0, 0, null, [], [], null));
        var pair = new VersionPair(live, version);
        var (agreed, differed) = await reports.Counts(pair, http.RequestAborted);
        var rows = await reports.Page(
            pair, place is null ? null : DateTimeOffset.ParseExact(place[0], "O", CultureInfo.InvariantCulture), place?[1], limit + 1,
            http.RequestAborted);
        var page = Cursors.Page(
            rows, limit,
            row => new ShadowItem(row.CustomerId, row.At, row.Tag, Asked.Of(row.Live), Asked.Of(row.Shadow), row.Times),
            last => query.CursorOf(List, last.At.ToString("O"), last.CustomerId));
        var differing = differed.Sum(kind => kind.Count);
        return TypedResults.Ok(new ShadowReport(
            version, live, agreed + differing, differing,
            agreed + differing == 0 ? null : decimal.Round((decimal)agreed / (agreed + differing), 4),
            [.. differed.Select(kind => new ShadowKind(Asked.Of(kind.Live), Asked.Of(kind.Shadow), kind.Count))], page.Items, page.Next));
    }
}
