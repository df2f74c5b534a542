using LStep.Api.Http;
using LStep.Domain.Campaigning;
using LStep.Grains;
using LStep.Grains.Campaigns;
using LStep.Grains.Campaigns.Reports;
using LStep.Grains.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api.Campaigns;

/// <summary>What a campaign brought about.</summary>
public static class ReportsApi
{
    private const int DaysDefault = 90, DaysMax = 1_100;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/campaigns/{name}/report", Report).WithName("getCampaignReport").WithTags("Campaigns")
            .WithSummary("What a campaign brought about")
            .WithDescription(
                "By variant, and for those who were held out: what became of the messages, and of the customers. from and to are business "
                + "days on which the campaign started for them, both included; the last 90 without them. Uplift is the difference to the "
                + "holdout, with an interval that holds however often somebody looks; without enough customers there is none.")
            .WithMetadata(
                QueryParameter.Day("from") with { Codes = [] }, QueryParameter.Day("to") with { Codes = [] },
                QueryParameter.Text("variant") with { Codes = [] });

    private static async Task<Results<Ok<CampaignReport>, NotFoundProblem, UnprocessableProblem>> Report(
        string name, CampaignSource source, CampaignReports reports, RulebookSource rulebook, TimeProvider clock, HttpContext http)
    {
        if (source.Current.Named(name) is not { } campaign) return new NotFoundProblem("campaign");
        var query = new QueryReader(http);
        var (from, to) = query.Days(rulebook.Current.Calendar.DayOf(clock.Now()), DaysDefault, DaysMax);
        var variant = query.Text("variant");
        if (query.Unprocessable is { } refusal) return refusal;
        if (to == DateOnly.MaxValue)
            return new UnprocessableProblem(new InputError("to", "bad_date", "to is a day that has one after it."));
        var (rows, isBehind) = await reports.Of(campaign, from, to, http.RequestAborted);
        var report = CampaignReport.Of(campaign, from, to, rows, isBehind);
        if (variant is null) return TypedResults.Ok(report);
        return report.Groups.Any(group => group.Variant == variant && !group.Holdout) ? TypedResults.Ok(report.Only(variant))
            : new UnprocessableProblem(
                new InputError("variant", "unknown_variant", "The campaign has, and had in this time, no such variant."));
    }
}
