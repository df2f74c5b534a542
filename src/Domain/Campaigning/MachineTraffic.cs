namespace LStep.Domain.Campaigning;

/// <summary>What is known of one request for a pixel or a link.</summary>
/// <param name="IsPrefetch">The request says itself that nobody asked for it yet.</param>
/// <param name="SinceSent">Null where it is not known, or where time is simulated.</param>
/// <param name="SinceOtherLink">Since another link of the same message was followed; null as above.</param>
public sealed record MessageHit(
    MessageEvent Event, Channel Channel, string? UserAgent = null, bool IsHead = false, bool IsPrefetch = false,
    TimeSpan? SinceSent = null, TimeSpan? SinceOtherLink = null);

/// <param name="Why">Why it is taken for a machine's.</param>
public sealed record MachineRule(string Name, string Why, Func<MessageHit, bool> Matches);

/// <param name="Text">A part of the user agent, in any case; with <paramref name="Whole"/> all of it.</param>
/// <param name="Opens">It loads images only: what it follows a link for is unknown.</param>
public sealed record MachineAgent(string Text, string Why, bool Whole = false, bool Opens = false);

/// <summary>
/// Tells machines that open and follow links from people. A machine that behaves like a person's browser cannot be told, and a person
/// behind a privacy proxy is taken for the proxy: rates leave both out on the careful side, so that they are lower bounds.
/// </summary>
public static class MachineTraffic
{
    /// <summary>Mail takes longer than this to be delivered, noticed and opened by somebody.</summary>
    public static readonly TimeSpan TooSoon = TimeSpan.FromSeconds(5);

    /// <summary>Nobody follows two links of one message within it.</summary>
    public static readonly TimeSpan TooMany = TimeSpan.FromSeconds(1);

    public static IReadOnlyList<MachineAgent> Agents { get; } =
    [
        new("GoogleImageProxy", "Gmail fetches images through it, at times before anybody looks, and hides who did.", Opens: true),
        new("YahooMailProxy", "Yahoo fetches images through it and hides who opened the mail.", Opens: true),
        new("Mozilla/5.0", "Apple Mail fetches the images of every mail by proxies that call themselves this and no more.", true, true),
        new("Barracuda", "A mail filter that follows links before it delivers."),
        new("Proofpoint", "A mail filter that follows links before it delivers."),
        new("Mimecast", "A mail filter that follows links before it delivers."),
        new("MessageLabs", "A mail filter that follows links before it delivers."),
        new("Symantec", "A mail filter that follows links before it delivers."),
        new("FireEye", "A mail filter that follows links before it delivers."),
        new("TrendMicro", "A mail filter that follows links before it delivers."),
        new("Cloudmark", "A mail filter that follows links before it delivers."),
        new("BingPreview", "Draws previews of links for Microsoft's services."),
        new("SkypeUriPreview", "Draws previews of links for Microsoft's services."),
        new("facebookexternalhit", "Draws previews of links that somebody passed on."),
        new("line-poker", "Draws previews of links for LINE."),
        new("Slackbot", "Draws previews of links that somebody passed on."),
        new("Slack-ImgProxy", "Fetches images for previews.", Opens: true),
        new("WhatsApp/", "Draws previews of links that somebody passed on."),
        new("TelegramBot", "Draws previews of links that somebody passed on."),
        new("Twitterbot", "Draws previews of links that somebody passed on."),
        new("Discordbot", "Draws previews of links that somebody passed on."),
        new("LinkedInBot", "Draws previews of links that somebody passed on."),
        new("HeadlessChrome", "A browser without anybody before it: scanners look at pages with it."),
        new("PhantomJS", "A browser without anybody before it: scanners look at pages with it."),
        new("Go-http-client", "A library of programs, not of mail programs or browsers."),
        new("Apache-HttpClient", "A library of programs, not of mail programs or browsers."),
        new("libwww-perl", "A library of programs, not of mail programs or browsers."),
        new("crawler", "It says that it is none of a person."),
        new("spider", "It says that it is none of a person."),
        new("bot/", "It says that it is none of a person."),
    ];

    public static IReadOnlyList<MachineRule> Rules { get; } =
    [
        new("head", "Programs of people ask for the thing itself; scanners ask whether it is there.", hit => hit.IsHead),
        new("prefetch", "The request says that nobody asked for it yet.", hit => hit.IsPrefetch),
        new("agent", "The user agent is that of a known proxy, scanner or preview.", hit => AgentOf(hit) is not null),
        new("too_soon", "Mail takes longer to be delivered, noticed and opened by somebody.",
            hit => hit.Channel == Channel.Email && hit.SinceSent is { } since && since < TooSoon),
        new("many_links", "Nobody follows several links of one message within a second.",
            hit => hit is { Event: MessageEvent.Clicked, Channel: Channel.Email, SinceOtherLink: { } since } && since.Duration() < TooMany),
    ];

    /// <returns>The first rule that takes it for a machine's; null for a person's.</returns>
    public static MachineRule? Judge(MessageHit hit)
    {
        foreach (var rule in Rules)
            if (rule.Matches(hit)) return rule;
        return null;
    }

    static MachineAgent? AgentOf(MessageHit hit)
    {
        if (hit.UserAgent?.Trim() is not { Length: > 0 } text) return null;
        foreach (var agent in Agents)
            if ((!agent.Opens || hit.Event == MessageEvent.Opened)
                && (agent.Whole ? text.Equals(agent.Text, StringComparison.OrdinalIgnoreCase)
                    : text.Contains(agent.Text, StringComparison.OrdinalIgnoreCase)))
                return agent;
        return null;
    }
}
