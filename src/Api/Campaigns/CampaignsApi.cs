using System.Security.Cryptography;
using System.Text;
using LStep.Api.Auth;
using LStep.Api.Http;
using LStep.Api.Rules;
using LStep.Domain;
using LStep.Domain.Campaigning;
using LStep.Grains.Campaigns;
using LStep.Grains.Campaigns.Actions;
using LStep.Grains.Campaigns.Sending;
using LStep.Grains.Campaigns.Sets;
using LStep.Grains.Campaigns.Templates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api.Campaigns;

/// <summary>The campaigns in force, and what their messages look like.</summary>
public static class CampaignsApi
{
    private const int LocaleCharsMax = 35;
    private const int TagBytes = 8;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/campaigns", InForce).WithName("getCampaigns").WithTags("Campaigns")
            .WithSummary("The campaigns in force")
            .WithDescription(
                "Each with how many of its actions stand in each status. The entity tag begins with the version, and can be sent as "
                    + "If-Match.");

        api.MapPost("/campaigns/{name}/preview", Preview).RequireAuthorization(Policies.Success)
            .WithName("previewCampaign").WithTags("Campaigns")
            .WithSummary("A message as a customer would get it")
            .WithDescription("Rendered with what is known of the customer now. Nothing is sent, and no link of it changes anything.");
    }

    private static async Task<Ok<CampaignSetRow>> InForce(
        CampaignSets sets, CampaignSource source, ActionReads actions, HttpContext http)
    {
        var (set, comment) = await Newest(sets, source, http.RequestAborted);
        var rows = await Rows(set, actions, http.RequestAborted);
        var counts = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', rows.Select(row => row.Counts))));
        http.Response.Headers.ETag = RuleSetTags.Of(set.Version, Convert.ToHexStringLower(counts.AsSpan(0, TagBytes)));
        return TypedResults.Ok(new CampaignSetRow(set.Version, set.Author, set.PublishedAt, comment, rows));
    }

    /// <summary>What a newer version of the product has published, and this one cannot read, is not in force here.</summary>
    private static async Task<CampaignSetRecord> Newest(CampaignSets sets, CampaignSource source, CancellationToken cancel)
    {
        try
        {
            return await sets.Newest(cancel);
        }
        catch (UnreadableCampaignsException)
        {
            return new CampaignSetRecord(source.Current, "");
        }
    }

    internal static async Task<IReadOnlyList<CampaignRow>> Rows(CampaignSet set, ActionReads actions, CancellationToken cancel)
    {
        var counts = (await actions.Counts(cancel)).ToLookup(
            one => one.Campaign, one => (one.Status, one.Count), StringComparer.Ordinal);
        return [.. set.Campaigns.Select(one => CampaignRow.Of(one, counts[one.Name]))];
    }

    private static async Task<Results<Ok<PreviewRow>, NotFoundProblem, UnprocessableProblem>> Preview(
        string name, PreviewRequest body, CampaignSource source, MessagePreviews previews, HttpContext http)
    {
        if (source.Current.Named(name) is not { } campaign) return new NotFoundProblem("campaign");
        var number = body.Step ?? 1;
        var wrong = new[]
        {
            TextField.WhyNot("$.customerId", body.CustomerId, Limits.CustomerIdCharsMax, required: true),
            TextField.WhyNot("$.locale", body.Locale, LocaleCharsMax),
            number >= 1 && number <= campaign.Steps.Length ? null
                : new InputError("$.step", "bad_value", $"step is a number from 1 to {campaign.Steps.Length}."),
        };
        if (wrong.OfType<InputError>().ToArray() is { Length: > 0 } errors) return new UnprocessableProblem(errors);
        try
        {
            return await previews.Of(campaign, campaign.Steps[number - 1], body.CustomerId!, Given(body.Locale), http.RequestAborted)
                is { } preview ? TypedResults.Ok(Row(preview, campaign.Name, body.CustomerId!)) : new NotFoundProblem("customer");
        }
        catch (TemplateException e)
        {
            return new UnprocessableProblem(new InputError("$", "bad_template", e.Message));
        }
    }

    private static PreviewRow Row(MessagePreview preview, string campaign, string customerId)
    {
        var content = preview.Content;
        return new PreviewRow(
            customerId, campaign, preview.Step, preview.Channel.Name(), preview.Variant, preview.Marketing,
            preview.Channel == Channel.Email ? preview.To.Email : null, content.Subject, content.Text,
            content.Html is null ? null : MailPreview.Html(content), content.Link?.AbsoluteUri,
            content.Json is { } json ? new RawJson(json) : null,
            content.Attachments.IsDefault ? [] : [.. content.Attachments.Select(file => file.FileName)]);
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
