using System.Collections.Immutable;
using System.Text.Json;
using LStep.Domain;
using LStep.Domain.Campaigning;
using LStep.Domain.Measuring;
using LStep.Grains.Campaigns.Channels;
using LStep.Grains.Campaigns.Links;
using LStep.Grains.Campaigns.Templates;

namespace LStep.Grains.Campaigns.Sending;

/// <summary>An action that is to be sent, and everything its words are made of.</summary>
/// <param name="At">The business instant of the send.</param>
internal sealed record ReadyAction(
    ClaimedAction Action, Campaign? Campaign, CustomerState State, MessageFacts Facts, BusinessCalendar Calendar, DateTimeOffset At);

/// <summary>Words and addresses a message.</summary>
public sealed class MessageComposer(IMessageTemplates templates, IMessageLinks links, MessageSettings settings)
{
    /// <exception cref="TemplateException">Its template cannot be rendered.</exception>
    internal OutgoingMessage Compose(ReadyAction ready)
    {
        var (action, state, profile) = (ready.Action, ready.State, ready.State.Profile);
        var unsubscribe = links.Unsubscribe(state.CustomerId, action.Id, action.Channel);
        var addresses = new MessageAddresses(
            unsubscribe, unsubscribe, new Uri(settings.PublicUrl, $"customers/{Uri.EscapeDataString(state.CustomerId)}"), settings.App);
        var variables = MessageVariables.Of(
            action, ready.Campaign, state, Measures.Of(state, ready.Calendar, ready.At), ready.Facts, addresses, settings.Brand);
        var isForColleagues = action.Channel is Channel.Task or Channel.Alert;
        var content = templates.Render(new TemplateInput(
            action.Campaign, action.Step, action.Variant, action.Channel, isForColleagues ? settings.TeamLocale : profile.Locale,
            variables));
        if (content.Html is { } html) content = content with { Html = links.Tracked(html, state.CustomerId, action.Id) };
        return new OutgoingMessage
        {
            ActionId = action.Id, Key = action.Key, Channel = action.Channel, CustomerId = state.CustomerId, Campaign = action.Campaign,
            Step = action.Step, TransitionId = action.TransitionId, Marketing = action.Kind == CampaignKind.Marketing, At = ready.At,
            Recipient = new Recipient(
                profile.Email, profile.Name, Texts(profile, "pushTokens", "pushToken"), Texts(profile, "lineUserId").FirstOrDefault(),
                profile.Locale),
            Content = content,
            OneClickUnsubscribe = action.Channel == Channel.Email ? unsubscribe : null,
        };
    }

    /// <summary>The texts of the first of some traits that the customer has: one, or a list of them.</summary>
    private static ImmutableArray<string> Texts(Profile profile, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            foreach (var (trait, text) in profile.Traits)
                if (TraitNames.Key(trait) == TraitNames.Key(name)) return Texts(JsonElement.Parse(text));
        return [];
    }

    private static ImmutableArray<string> Texts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Object => [value.GetRawText()],
        JsonValueKind.Array => [.. value.EnumerateArray().SelectMany(item => Texts(item)).Take(CampaignLimits.PushTokensMax)],
        _ => [],
    };
}

/// <param name="PublicUrl">Where links to the product lead; ends with a slash.</param>
/// <param name="App">Where the learners' platform is; null where nobody said.</param>
/// <param name="TeamLocale">Of tasks and alerts.</param>
public sealed record MessageSettings(Uri PublicUrl, Uri? App, Brand Brand, string TeamLocale, SendingLimits Limits);
