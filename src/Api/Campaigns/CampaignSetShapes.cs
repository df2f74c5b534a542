using System.Text.Json;
using LStep.Api.Http;
using LStep.Domain;
using LStep.Domain.Campaigning;
using LStep.Domain.Deciding;
using LStep.Grains.Campaigns.Sets;
using InputError = LStep.Api.Http.InputError;

namespace LStep.Api.Campaigns;

/// <summary>A campaign as it is defined: what GET /api/campaigns answers without its counts, and what PUT takes.</summary>
/// <param name="Promoted">The variant that has won a comparison, whose texts everybody gets; else null.</param>
public sealed record CampaignDefinition(
    string Name, StatusTag On, IReadOnlyList<string> From, bool FirstTime, RawJson? Audience, RawJson? WhenSending, string Kind,
    int HoldoutPercent, int OnceInDays, bool OnHighValueReview, IReadOnlyList<CampaignStepRow> Steps,
    IReadOnlyList<CampaignVariantRow> Variants, string? Promoted, RawJson Payload, bool Active)
{
    public static CampaignDefinition Of(Campaign campaign) => new(
        campaign.Name, campaign.On, [.. campaign.From.Select(tag => tag.Code())], campaign.FirstTime, Printed(campaign.Audience),
        Printed(campaign.WhenSending), CampaignJson.NameOf(campaign.Kind), campaign.HoldoutPercent, campaign.OnceInDays,
        campaign.OnHighValueReview,
        [.. campaign.Steps.Select(step => new CampaignStepRow(step.Number, (int)step.After.TotalMinutes, step.Channel.Name()))],
        [.. campaign.Variants.Select(variant => new CampaignVariantRow(variant.Name, variant.Weight))], campaign.Promoted,
        new RawJson(campaign.Payload), campaign.Active);

    private static RawJson? Printed(Condition? condition) => condition is null ? null : new RawJson(ConditionJson.Print(condition));
}

/// <param name="Count">How many campaigns it has.</param>
public sealed record CampaignSetHeadRow(int Version, string Author, DateTimeOffset PublishedAt, string Comment, int Count)
{
    public static CampaignSetHeadRow Of(CampaignSetHead set) => new(set.Version, set.Author, set.PublishedAt, set.Comment, set.Count);
}

/// <summary>What became of one field of a campaign, as JSON before and after.</summary>
public sealed record CampaignFieldDifference(string Field, RawJson Before, RawJson After);

public sealed record CampaignDifference(string Name, IReadOnlyList<CampaignFieldDifference> Changes);

/// <param name="Against">The version that is compared with.</param>
public sealed record CampaignSetDifferences(
    int Against, IReadOnlyList<CampaignDefinition> Added, IReadOnlyList<CampaignDefinition> Removed,
    IReadOnlyList<CampaignDifference> Changed)
{
    public static CampaignSetDifferences Of(CampaignSet before, CampaignSet after)
    {
        var difference = CampaignSetDifference.Of(before.Campaigns, after.Campaigns);
        return new CampaignSetDifferences(
            before.Version, [.. difference.Added.Select(CampaignDefinition.Of)], [.. difference.Removed.Select(CampaignDefinition.Of)],
            [
                .. difference.Changed.Select(one => new CampaignDifference(
                    one.Name,
                    [
                        .. one.Changes.Select(change => new CampaignFieldDifference(
                            change.Field, new RawJson(change.Before), new RawJson(change.After))),
                    ])),
            ]);
    }
}

/// <param name="Difference">Null for version 1, unless another is asked for.</param>
public sealed record CampaignSetVersion(
    int Version, string Author, DateTimeOffset PublishedAt, string Comment, IReadOnlyList<CampaignDefinition> Campaigns,
    CampaignSetDifferences? Difference);

/// <param name="Campaigns">In the shape of GET; counts are passed over.</param>
/// <param name="Comment">Why, for those who read the history.</param>
/// <param name="BaseVersion">The version that these campaigns were made from: somebody else's in between is a 409.</param>
public sealed record NewCampaignSet(JsonElement? Campaigns = null, string? Comment = null, int? BaseVersion = null);

/// <param name="Warnings">What stands against nothing, and may still be a slip.</param>
public sealed record PublishedCampaignSet(
    int Version, string Author, DateTimeOffset PublishedAt, string Comment, IReadOnlyList<CampaignRow> Campaigns,
    IReadOnlyList<InputError> Warnings);

/// <param name="Campaigns">In the shape of GET.</param>
public sealed record CampaignsToValidate(JsonElement? Campaigns = null);

/// <summary>Campaigns without errors could be published.</summary>
public sealed record CampaignFindings(IReadOnlyList<InputError> Errors, IReadOnlyList<InputError> Warnings);

/// <param name="Variant">The one whose texts everybody gets from now on.</param>
/// <param name="Comment">Why, for those who read the history.</param>
public sealed record PromoteRequest(string? Variant = null, string? Comment = null);
