using System.Text.Json.Serialization;
using LStep.Api.Http;
using LStep.Domain;
using LStep.Domain.Campaigning;
using LStep.Grains.Campaigns.Channels;
using LStep.Grains.Campaigns.Journeys;
using LStep.Grains.Campaigns.Sending;
using LStep.Grains.Campaigns.Templates;

namespace LStep.Api.Campaigns;

/// <param name="CustomerId">A real customer; or else customer is given.</param>
/// <param name="Customer">One who is invented.</param>
/// <param name="At">When the path begins; now where it is not given. Only of an invented customer it may lie in the past.</param>
/// <param name="Days">How far to look, 1 to 400; 120 where it is not given.</param>
/// <param name="Tag">It begins then; null where the rules say what happens.</param>
/// <param name="Locale">Of messages to the customer, in place of the customer's own.</param>
public sealed record JourneyRequest(
    string? CustomerId = null, InventedCustomer? Customer = null, DateTimeOffset? At = null, int? Days = null, StatusTag? Tag = null,
    string? Locale = null);

/// <summary>Somebody who does not exist, and whom no campaign holds out.</summary>
/// <param name="Tier">Freemium, Pro or Enterprise; or the same as productTag.</param>
/// <param name="ProductTag">PT_001 (Pro), PT_002 (Enterprise) or PT_003 (Freemium).</param>
/// <param name="Timezone">An IANA name; the business zone where it is not given.</param>
/// <param name="Traits">As an identify has them.</param>
/// <param name="EnrolledAt">When the path begins where it is not given.</param>
public sealed record InventedCustomer(
    string? Tier = null, string? ProductTag = null, string? Locale = null, string? Timezone = null, string? Name = null,
    string? Email = null, RawJson? Traits = null, InventedConsent? Consent = null, DateTimeOffset? EnrolledAt = null,
    decimal? LtvValue = null);

/// <summary>Given, where nothing is said.</summary>
public sealed record InventedConsent(bool? Email = null, bool? Push = null, bool? InApp = null);

/// <summary>What would become of a customer who does nothing more.</summary>
/// <param name="CustomerId">Null of one who is invented.</param>
/// <param name="Tag">The one that begins at the begin; null where the rules say what happens.</param>
/// <param name="Items">In the order of time.</param>
/// <param name="IsCut">There would be more than are listed.</param>
public sealed record JourneyRow(
    string? CustomerId, DateTimeOffset At, DateTimeOffset Until, StatusTag? Tag, IReadOnlyList<JourneyItemRow> Items,
    [property: JsonPropertyName("truncated")] bool IsCut);

/// <summary>Something that would happen on the way.</summary>
/// <param name="Kind">transition, review, message (to the customer) or action (to colleagues or to the platform).</param>
/// <param name="From">Of a transition or a review; null also for the first tag.</param>
/// <param name="Status">Of a review: open, superseded or withdrawn.</param>
/// <param name="ScheduledFor">Of a message or an action: when it is due by its campaign's delay.</param>
/// <param name="Outcome">Of a message or an action: sent, held, suppressed, cancelled or failed; null while campaigns are off.</param>
/// <param name="HeldUntil">Then it is looked at again, which is an item of its own.</param>
/// <param name="Reason">As the action's own; of a review why it is asked for, or closed.</param>
/// <param name="Message">Of what would be sent; null elsewhere, and behind the first hundred.</param>
public sealed record JourneyItemRow(
    DateTimeOffset At, string Kind, StatusTag? From = null, StatusTag? To = null, string? Rule = null, decimal? Confidence = null,
    string? Status = null, string? Campaign = null, int? Step = null, string? Variant = null, string? Channel = null,
    DateTimeOffset? ScheduledFor = null, string? Outcome = null, DateTimeOffset? HeldUntil = null, string? Reason = null,
    JourneyMessageRow? Message = null)
{
    public static JourneyItemRow Of(JourneyStop stop) => stop.Item switch
    {
        JourneyItem.Moved { Transition: var move } => new JourneyItemRow(
            move.DueAt, "transition", move.From, move.To, move.Rule, move.Confidence, Reason: move.Reason),
        JourneyItem.Reviewed { Review: var review } => new JourneyItemRow(
            stop.Item.At, "review", review.From, review.To, review.Rule, review.Confidence, SnakeCase.Of(review.Status),
            Reason: review.CloseReason ?? string.Join(", ", review.Reasons)),
        JourneyItem.Looked { Action: var action } looked => new JourneyItemRow(
            looked.At, action.Channel.ReachesCustomers() ? "message" : "action", Campaign: action.Campaign, Step: action.Step,
            Variant: action.Variant, Channel: action.Channel.Name(), ScheduledFor: action.ScheduledFor,
            Outcome: stop.Trouble is not null ? SnakeCase.Of(ActionStatus.Failed)
                : looked.Became == ActionStatus.Scheduled ? null : SnakeCase.Of(looked.Became),
            HeldUntil: looked.HeldUntil, Reason: stop.Trouble ?? looked.Reason,
            Message: stop.Message is { } message ? JourneyMessageRow.Of(message) : null),
        _ => throw new InvalidOperationException("a closed set has grown"),
    };
}

/// <param name="To">The address of a mail; null elsewhere.</param>
/// <param name="Html">Of a mail: a page that stands alone, with its pictures inside.</param>
/// <param name="Link">Where a click on a push or an in-app message leads.</param>
/// <param name="Json">Of a webhook: what the template says.</param>
/// <param name="Attachments">Names of files.</param>
public sealed record JourneyMessageRow(
    string? To, string? Subject, string? Text, string? Html, string? Link, RawJson? Json, IReadOnlyList<string> Attachments)
{
    public static JourneyMessageRow Of(MessagePreview preview)
    {
        var content = preview.Content;
        return new JourneyMessageRow(
            preview.Channel == Channel.Email ? preview.To.Email : null, content.Subject, content.Text,
            content.Html is null ? null : MailPreview.Html(content), content.Link?.AbsoluteUri,
            content.Json is { } json ? new RawJson(json) : null, NamesOf(content));
    }

    private static IReadOnlyList<string> NamesOf(MessageContent content) =>
        content.Attachments.IsDefault ? [] : [.. content.Attachments.Select(file => file.FileName)];
}
