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
    ClaimedAction Action, Campaign? Campaign, CustomerState State, MessageFacts Facts, Rulebook Book, DateTimeOffset At);

/// <summary>Words and addresses a message.</summary>
public sealed class MessageComposer(IMessageTemplates templates, IMessageLinks links, MessageSettings settings)
{
    /// <exception cref="TemplateException">Its template cannot be rendered.</exception>
    internal OutgoingMessage Compose(ReadyAction ready)
    {
        var (id, customer, channel) = (ready.Action.Id, ready.State.CustomerId, ready.Action.Channel);
        var unsubscribe = links.Unsubscribe(customer, id, channel);
        var message = Written(ready, unsubscribe, ready.State.Profile.Locale) with
        {
            OneClickUnsubscribe = channel == Channel.Email ? unsubscribe : null,
        };
        return message.Content.Html is { } html
            ? message with { Content = message.Content with { Html = links.Tracked(html, customer, id) } } : message;
    }

    /// <summary>As it would read, with links that change nothing: whoever looks at it is not the customer.</summary>
    /// <exception cref="TemplateException">Its template cannot be rendered.</exception>
    internal OutgoingMessage Preview(ReadyAction ready, string? locale) =>
        Written(ready, new Uri(settings.PublicUrl, "u/preview"), locale ?? ready.State.Profile.Locale);

    /// <summary>As a preview, for somebody else than the customer: nothing in it changes what is stored, and it says what it is.</summary>
    /// <exception cref="TemplateException">It cannot be rendered.</exception>
    internal OutgoingMessage Test(ReadyAction ready, string? locale, Recipient to, Guid key)
    {
        const string Mark = "[Test] ";
        var message = Preview(ready, locale);
        var content = message.Content;
        return message with
        {
            Key = key, IsTest = true, Recipient = to,
            Content = content with
            {
                Subject = Mark + (content.Subject ?? message.Campaign),
                // What LINE shows has no title.
                Text = message.Channel == Channel.Line ? Mark + content.Text : content.Text,
            },
        };
    }

    private OutgoingMessage Written(ReadyAction ready, Uri unsubscribe, string? locale)
    {
        var (action, state) = (ready.Action, ready.State);
        var addresses = new MessageAddresses(
            unsubscribe, unsubscribe, new Uri(settings.PublicUrl, $"customers/{Uri.EscapeDataString(state.CustomerId)}"), settings.App);
        var variables = MessageVariables.Of(
            action, ready.Campaign, state, Measures.Of(state, ready.Book, ready.At), ready.Facts, addresses, settings.Brand);
        var isForColleagues = action.Channel is Channel.Task or Channel.Alert;
        var content = templates.Render(new TemplateInput(
            action.Campaign, action.Step, action.Variant, action.Channel, isForColleagues ? settings.TeamLocale : locale, variables));
        return new OutgoingMessage
        {
            ActionId = action.Id, Key = action.Key, Channel = action.Channel, CustomerId = state.CustomerId, Campaign = action.Campaign,
            Step = action.Step, TransitionId = action.TransitionId, Marketing = action.Kind == CampaignKind.Marketing, At = ready.At,
            Recipient = RecipientOf(state.Profile), Content = content,
        };
    }

    internal static Recipient RecipientOf(Profile profile) => new(
        profile.Email, profile.Name, Texts(profile, "pushTokens", "pushToken"), Texts(profile, "lineUserId").FirstOrDefault(),
        profile.Locale);

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
public sealed record MessageSettings(Uri PublicUrl, Uri? App, Brand Brand, string TeamLocale, SendingLimits Limits)
{
    /// <summary>In which every message to a customer has to be written when its campaign is published; a campaign may add others.</summary>
    public IReadOnlyCollection<string> Languages { get; init; } = LanguagesByDefault;

    /// <summary>Those of the product's own texts.</summary>
    public static readonly IReadOnlyCollection<string> LanguagesByDefault = ["en", "ja"];
}
