using LStep.Domain.Campaigning;

namespace LStep.Grains.Campaigns.Links;

/// <summary>Signs the links of messages, and reads the tokens that come back with them.</summary>
public sealed class MessageLinks(LinkKey key, MessageLinkOptions options) : IMessageLinks
{
    public bool Tracks => options.Tracking;

    public Uri Unsubscribe(string customerId, long actionId, Channel channel) =>
        new($"{options.Base}/u/{LinkTokens.Write(key.Value, new LinkToken(LinkPurpose.Unsubscribe, actionId, channel))}");

    public string Tracked(string html, string customerId, long actionId) => !options.Tracking ? html : TrackedHtml.Of(
        html, target => Click(target, actionId),
        $"{options.Base}/o/{LinkTokens.Write(key.Value, new LinkToken(LinkPurpose.Open, actionId))}");

    /// <returns>Null for what this installation did not sign for this purpose.</returns>
    public LinkToken? Read(LinkPurpose purpose, string token) => LinkTokens.Read(key.Value, purpose, token);

    /// <summary>Null for an address that stays as it is: it is none of the web, or one of our own.</summary>
    private string? Click(string address, long actionId) =>
        LinkTokens.TargetIn(address) is { } target && !IsOurs(target)
            ? $"{options.Base}/c/{LinkTokens.Write(key.Value, new LinkToken(LinkPurpose.Click, actionId, Target: target))}" : null;

    private bool IsOurs(string target) => Array.Exists(
        OwnPaths, path => target.StartsWith(options.Base + path, StringComparison.OrdinalIgnoreCase));

    private static readonly string[] OwnPaths = ["/u/", "/c/", "/o/"];
}
