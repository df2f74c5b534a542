using LStep.Api.Http;
using LStep.Domain;
using LStep.Domain.Campaigning;

namespace LStep.Api.Campaigns;

/// <summary>The campaigns in force.</summary>
public sealed record CampaignSetRow(
    int Version, string Author, DateTimeOffset PublishedAt, string Comment, IReadOnlyList<CampaignRow> Campaigns);

/// <param name="On">The tag whose beginning starts it.</param>
/// <param name="From">Only where the customer comes from one of these; empty for any.</param>
/// <param name="FirstTime">Only where the customer has never had the tag before.</param>
/// <param name="Audience">Whom it is for: a condition as rules have them; null for everybody.</param>
/// <param name="WhenSending">Looked at only at the moment of sending; null for none.</param>
/// <param name="Kind">service or marketing: consent, cap, quiet hours and holdout are of marketing alone.</param>
/// <param name="HoldoutPercent">Of customers, who get nothing.</param>
/// <param name="OnceInDays">It starts once in so many days for a customer.</param>
/// <param name="Promoted">The variant that has won a comparison, whose texts everybody gets; else null.</param>
/// <param name="Payload">What templates and receivers are given beside the customer.</param>
/// <param name="Counts">How many of its actions stand in each status.</param>
public sealed record CampaignRow(
    string Name, StatusTag On, IReadOnlyList<string> From, bool FirstTime, RawJson? Audience, RawJson? WhenSending, string Kind,
    int HoldoutPercent, int OnceInDays, bool OnHighValueReview, IReadOnlyList<CampaignStepRow> Steps,
    IReadOnlyList<CampaignVariantRow> Variants, string? Promoted, RawJson Payload, bool Active, ActionCounts Counts)
{
    public static CampaignRow Of(Campaign campaign, IEnumerable<(ActionStatus Status, long Count)> counts)
    {
        var one = CampaignDefinition.Of(campaign);
        return new CampaignRow(
            one.Name, one.On, one.From, one.FirstTime, one.Audience, one.WhenSending, one.Kind, one.HoldoutPercent, one.OnceInDays,
            one.OnHighValueReview, one.Steps, one.Variants, one.Promoted, one.Payload, one.Active, ActionCounts.Of(counts));
    }
}

/// <param name="AfterMinutes">From the transition's dueAt.</param>
public sealed record CampaignStepRow(int Number, int AfterMinutes, string Channel);

/// <param name="Weight">Of all weights' sum, how many customers get it.</param>
public sealed record CampaignVariantRow(string Name, int Weight);

/// <summary>How many actions stand in each status.</summary>
public sealed record ActionCounts(
    long Scheduled, long Held, long Sending, long Sent, long Failed, long Suppressed, long Cancelled, long Uncertain)
{
    public static ActionCounts Of(IEnumerable<(ActionStatus Status, long Count)> counts)
    {
        var of = counts.ToDictionary(one => one.Status, one => one.Count);
        return new ActionCounts(
            N(ActionStatus.Scheduled), N(ActionStatus.Held), N(ActionStatus.Sending), N(ActionStatus.Sent), N(ActionStatus.Failed),
            N(ActionStatus.Suppressed), N(ActionStatus.Cancelled), N(ActionStatus.Uncertain));

        long N(ActionStatus status) => of.GetValueOrDefault(status);
    }
}

/// <param name="CustomerId">Whom it is written for.</param>
/// <param name="Step">1 where none is given.</param>
/// <param name="Locale">In place of the customer's own.</param>
public sealed record PreviewRequest(string? CustomerId = null, int? Step = null, string? Locale = null);

/// <summary>What the customer would be sent now, whether or not it would be.</summary>
/// <param name="To">The address of a mail; null elsewhere, and where the customer has none.</param>
/// <param name="Html">Of a mail: a page that stands alone, with its pictures inside.</param>
/// <param name="Link">Where a click on a push or an in-app message leads.</param>
/// <param name="Json">Of a webhook: what the template says.</param>
/// <param name="Attachments">Names of files.</param>
public sealed record PreviewRow(
    string CustomerId, string Campaign, int Step, string Channel, string? Variant, bool Marketing, string? To, string? Subject,
    string? Text, string? Html, string? Link, RawJson? Json, IReadOnlyList<string> Attachments);
