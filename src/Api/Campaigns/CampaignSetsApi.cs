using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using LStep.Api.Auth;
using LStep.Api.Http;
using LStep.Api.Rules;
using LStep.Domain.Campaigning;
using LStep.Grains.Campaigns.Actions;
using LStep.Grains.Campaigns.Sets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using InputError = LStep.Api.Http.InputError;

namespace LStep.Api.Campaigns;

using Outcome = Results<Ok<PublishedCampaignSet>, BadRequestProblem, UnprocessableProblem, CampaignsChangedProblem>;
using Promoted = Results<
    Ok<PublishedCampaignSet>, BadRequestProblem, NotFoundProblem, UnprocessableProblem, ConflictProblem, CampaignsChangedProblem>;

/// <summary>Every set of campaigns that was published, and the publishing of the next one.</summary>
public static class CampaignSetsApi
{
    private const string List = "campaign versions";
    private const string Path = "$.campaigns";
    private const int CommentCharsMax = 1_000;

    /// <summary>Somebody who publishes something else just now does not stand against a promotion.</summary>
    private const int PromoteTriesMax = 3;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPut("/campaigns", Publish).RequireAuthorization(Policies.Admin).WithName("publishCampaigns").WithTags("Campaigns")
            .WithSummary("Publish a set of campaigns")
            .WithDescription(
                "The campaigns become the next version as a whole, in force on every node within 5 s. What was planned before keeps its "
                    + "time; of a campaign that is not there any more, or not active, it is cancelled. With baseVersion, or the version as "
                    + "If-Match, somebody else's version in between is refused.")
            .WithMetadata(new ProblemResponse(
                StatusCodes.Status422UnprocessableEntity,
                "bad_name", "bad_number", "bad_text", "broken_link", "does_not_render", "duplicate_name", "empty", "falling_delay",
                "impossible_range", "incomplete", "missing", "missing_subject", "missing_template", "missing_translation",
                "missing_variable", "not_a_flag", "not_a_list", "not_an_object", "number_too_large", "on_in_from", "out_of_range",
                "promoted_and_variants", "reserved_name", "text_too_long", "too_deep", "too_large", "too_many_clauses", "too_many_values",
                "unknown_channel", "unknown_kind", "unknown_member", "unknown_metric", "unknown_operator", "unknown_tag", "unknown_value",
                "unreadable", "unreadable_payload", "wrong_type", "invalid"));

        api.MapPost("/campaigns/validate", Validate).RequireAuthorization(Policies.Success).WithName("validateCampaigns")
            .WithTags("Campaigns").WithSummary("Validate a set of campaigns")
            .WithDescription("What publishing would refuse, and what it would warn of. Changes nothing.");

        api.MapPost("/campaigns/{name}/promote", Promote).RequireAuthorization(Policies.Admin).WithName("promoteVariant")
            .WithTags("Campaigns").WithSummary("Promote a variant")
            .WithDescription(
                "Publishes a version in which the campaign compares nothing any more and everybody gets the texts of this variant. 409 "
                    + "where the campaign compares nothing.");

        api.MapGet("/campaigns/versions", Versions).WithName("listCampaignSets").WithTags("Campaigns")
            .WithSummary("Published sets of campaigns").WithDescription("Newest first.")
            .WithMetadata(QueryParameter.Cursor, QueryParameter.Limit());

        api.MapGet("/campaigns/versions/{version}", Version).WithName("getCampaignSet").WithTags("Campaigns")
            .WithSummary("A published set of campaigns")
            .WithDescription("With what it changed against the version before, or against the one that is asked for.")
            .WithMetadata(QueryParameter.Number("against"));
    }

    private static async Task<Results<Ok<Page<CampaignSetHeadRow>>, BadRequestProblem>> Versions(HttpContext http, CampaignSets sets)
    {
        var query = new QueryReader(http);
        var below = query.Cursor(List, 1) is [var last] ? int.Parse(last) : (int?)null;
        var limit = query.Limit();
        if (query.Refusal is { } refusal) return refusal;

        var heads = await sets.Page(below, limit + 1, http.RequestAborted);
        return TypedResults.Ok(Cursors.Page(heads, limit, CampaignSetHeadRow.Of, set => query.CursorOf(List, set.Version.ToString())));
    }

    private static async Task<Results<Ok<CampaignSetVersion>, BadRequestProblem, NotFoundProblem>> Version(
        string version, HttpContext http, CampaignSets sets)
    {
        var query = new QueryReader(http);
        var asked = query.Number("against");
        if (query.Refusal is { } refusal) return refusal;

        if (!int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || await Readable(sets, number, http.RequestAborted) is not { } record)
            return new NotFoundProblem("version of the campaigns");
        var against = await Readable(sets, (int)Math.Min(asked ?? number - 1, int.MaxValue), http.RequestAborted);
        if (asked is not null && against is null)
            return new BadRequestProblem(new InputError("against", "unknown_version", "There is no such published version."));
        var set = record.Set;
        return TypedResults.Ok(new CampaignSetVersion(
            set.Version, set.Author, set.PublishedAt, record.Comment, [.. set.Campaigns.Select(CampaignDefinition.Of)],
            against is null ? null : CampaignSetDifferences.Of(against.Set, set)));
    }

    private static Ok<CampaignFindings> Validate(CampaignsToValidate body, CampaignTextCheck texts)
    {
        var found = Check(body.Campaigns, texts);
        return TypedResults.Ok(new CampaignFindings(Told(found.Errors), Told(found.Warnings)));
    }

    private static async Task<Outcome> Publish(
        NewCampaignSet body, CampaignSets sets, CampaignTextCheck texts, CampaignPublication publication, ActionReads actions,
        HttpContext http)
    {
        var head = (await sets.Page(null, 1, http.RequestAborted))[0];
        var (tagged, precondition) = RuleSetTags.Asked(http.Request);
        if (precondition && tagged != head.Version)
            return new CampaignsChangedProblem(StatusCodes.Status412PreconditionFailed, head, tagged);
        var madeFrom = body.BaseVersion ?? head.Version;
        if (madeFrom != head.Version) return new CampaignsChangedProblem(StatusCodes.Status409Conflict, head, madeFrom);

        var comment = (body.Comment ?? "").Trim();
        if (WhyNot(comment) is { } wrong) return new UnprocessableProblem(wrong);
        var found = Check(body.Campaigns, texts);
        if (!found.IsSound) return new UnprocessableProblem(Told(found.Errors));

        return await publication.Publish(http.Caller().Key.Person, found.Set, comment, madeFrom, http.RequestAborted) switch
        {
            PublishedCampaigns.Conflict conflict =>
                new CampaignsChangedProblem(StatusCodes.Status409Conflict, conflict.Newest, madeFrom),
            PublishedCampaigns.Version(var set) => TypedResults.Ok(await Answer(set, Told(found.Warnings), actions, http)),
            _ => throw new InvalidOperationException("a closed set has grown"),
        };
    }

    private static async Task<Promoted> Promote(
        string name, PromoteRequest body, CampaignSets sets, CampaignPublication publication, ActionReads actions, HttpContext http)
    {
        var comment = (body.Comment ?? "").Trim();
        var wrong = new[] { TextField.WhyNot("$.variant", body.Variant, CampaignJson.NameCharsMax, required: true), WhyNot(comment) };
        for (var trial = 1; ; trial++)
        {
            if (await Readable(
                sets, (await sets.Page(null, 1, http.RequestAborted))[0].Version, http.RequestAborted) is not { Set: var newest })
                return new ConflictProblem(
                    "unreadable_campaigns", "A newer version of the product has published campaigns that this one cannot read.");
            if (newest.Named(name) is not { } campaign) return new NotFoundProblem("campaign");
            if (wrong.OfType<InputError>().ToArray() is { Length: > 0 } errors) return new UnprocessableProblem(errors);
            if (campaign.Variants.IsEmpty)
                return new ConflictProblem("nothing_compared", $"{name} compares no variants, so that there is none to promote.");
            if (campaign.Variants.All(variant => variant.Name != body.Variant))
                return new UnprocessableProblem(new InputError(
                    "$.variant", "unknown_variant",
                    $"The variants of {name} are {string.Join(", ", campaign.Variants.Select(variant => variant.Name))}."));
            ImmutableArray<Campaign> campaigns =
                [.. newest.Campaigns.Select(one => one.Name == name ? one with { Variants = [], Promoted = body.Variant } : one)];
            var said = comment.Length > 0 ? comment : $"{body.Variant} of {name} is promoted.";
            switch (await publication.Publish(http.Caller().Key.Person, campaigns, said, newest.Version, http.RequestAborted))
            {
                case PublishedCampaigns.Version(var set):
                    return TypedResults.Ok(await Answer(set, [], actions, http));
                case PublishedCampaigns.Conflict conflict when trial == PromoteTriesMax:
                    return new CampaignsChangedProblem(StatusCodes.Status409Conflict, conflict.Newest, newest.Version);
            }
        }
    }

    private static async Task<PublishedCampaignSet> Answer(
        CampaignSetRecord record, InputError[] warnings, ActionReads actions, HttpContext http)
    {
        http.Response.Headers.ETag = RuleSetTags.Of(record.Set.Version);
        var rows = await CampaignsApi.Rows(record.Set, actions, http.RequestAborted);
        return new PublishedCampaignSet(
            record.Set.Version, record.Set.Author, record.Set.PublishedAt, record.Comment, rows, warnings);
    }

    private static CheckedCampaigns Check(JsonElement? campaigns, CampaignTextCheck texts)
    {
        var found = CampaignSetCheck.Check(campaigns ?? default, Path);
        var (errors, warnings) = texts.Run(found.Campaigns, Path);
        return found with { Errors = [.. found.Errors, .. errors], Warnings = [.. found.Warnings, .. warnings] };
    }

    /// <summary>Null where there is none, and where a newer version of the product wrote one that this one cannot read.</summary>
    private static async Task<CampaignSetRecord?> Readable(CampaignSets sets, int version, CancellationToken cancel)
    {
        try
        {
            return await sets.OfVersion(version, cancel);
        }
        catch (UnreadableCampaignsException)
        {
            return null;
        }
    }

    private static InputError? WhyNot(string comment) =>
        comment.Length <= CommentCharsMax && !comment.Contains('\0', StringComparison.Ordinal) ? null
            : new InputError("$.comment", "bad_text", $"A comment has at most {CommentCharsMax} characters, none of them U+0000.");

    private static InputError[] Told(ImmutableArray<Domain.Deciding.InputError> errors) =>
        [.. errors.Select(error => new InputError(error.Path, error.Code, error.Message))];
}
