namespace LStep.Testing;

/// <summary>Segment messages as a client would send them.</summary>
public static class Messages
{
    public static object Identify(string userId, DateTimeOffset at, object traits, string? messageId = null) =>
        new { type = "identify", userId, messageId = messageId ?? $"{userId}-identify-{at:HHmmssfff}", timestamp = at, traits };

    public static object Track(string userId, string @event, DateTimeOffset at, object? properties = null, string? messageId = null) =>
        new { type = "track", userId, @event, messageId = messageId ?? $"{userId}-{@event}-{at:yyyyMMddHHmmssfff}", timestamp = at,
            properties = properties ?? new { } };
}
