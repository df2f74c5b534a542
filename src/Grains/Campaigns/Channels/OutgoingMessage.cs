using System.Collections.Immutable;
using LStep.Domain.Campaigning;

namespace LStep.Grains.Campaigns.Channels;

/// <summary>One send, rendered and addressed: all that a channel needs to know.</summary>
public sealed record OutgoingMessage
{
    public required long ActionId { get; init; }

    /// <summary>The idempotency key: the same in every try of this action, another for every other action.</summary>
    public required Guid Key { get; init; }

    public required Channel Channel { get; init; }
    public required string CustomerId { get; init; }
    public required string Campaign { get; init; }

    /// <summary>1 for the first message of a sequence.</summary>
    public required int Step { get; init; }

    /// <summary>The transition that started it; null for an alert about a review.</summary>
    public long? TransitionId { get; init; }

    /// <summary>False for service messages.</summary>
    public required bool Marketing { get; init; }

    /// <summary>The business instant of the send, on the product's clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Somebody tries how it looks: it follows from nothing, and receivers that can be told are told so.</summary>
    public bool IsTest { get; init; }

    public required Recipient Recipient { get; init; }
    public required MessageContent Content { get; init; }

    /// <summary>Where one click ends all messages of this channel (RFC 8058); null where the channel knows no such thing.</summary>
    public Uri? OneClickUnsubscribe { get; init; }
}

/// <summary>Where a message goes; only what its channel uses is set.</summary>
/// <param name="PushTokens">Of the devices: JSON of a Web Push subscription, or a token of FCM.</param>
/// <param name="LineUserId">The platform's own id of the person at LINE.</param>
public sealed record Recipient(
    string? Email = null, string? Name = null, ImmutableArray<string> PushTokens = default, string? LineUserId = null,
    string? Locale = null);

/// <summary>What a message says; only what its channel uses is set.</summary>
/// <param name="Subject">Of a mail, title of a push, an in-app message, a task or an alert.</param>
/// <param name="Text">Plain text, never null for a message to people.</param>
/// <param name="Html">Of a mail.</param>
/// <param name="Link">Where a click on a push, an in-app or a LINE message leads.</param>
/// <param name="Json">The body of a webhook, a JSON object.</param>
/// <param name="Attachments">Of a mail.</param>
public sealed record MessageContent(
    string? Subject = null, string? Text = null, string? Html = null, Uri? Link = null, string? Json = null,
    ImmutableArray<Attachment> Attachments = default);

/// <param name="ContentId">Set where the HTML shows it by cid:CONTENTID.</param>
public sealed record Attachment(string FileName, string ContentType, byte[] Content, string? ContentId = null);
