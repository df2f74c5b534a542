namespace LStep.Domain.Campaigning;

/// <summary>
/// What a person lets a marketing message come by. A message by LINE reaches the phone as a push does, and needs the same consent.
/// </summary>
public enum MessageConsent : byte { Email, Push, InApp }

public static class MessageConsents
{
    public static IReadOnlyList<MessageConsent> All { get; } = Enum.GetValues<MessageConsent>();

    /// <summary>As identify names it within consent.</summary>
    public static string Name(this MessageConsent consent) => consent switch
    {
        MessageConsent.Email => "email",
        MessageConsent.Push => "push",
        MessageConsent.InApp => "in_app",
        _ => throw new ArgumentOutOfRangeException(nameof(consent)),
    };

    /// <summary>As the stamps of a profile name it.</summary>
    public static string StampName(this MessageConsent consent) =>
        consent is MessageConsent.InApp ? "consent.inapp" : $"consent.{consent.Name()}";

    /// <returns>Null for a channel that reaches no customer.</returns>
    public static MessageConsent? Of(Channel channel) => channel switch
    {
        Channel.Email => MessageConsent.Email,
        Channel.Push or Channel.Line => MessageConsent.Push,
        Channel.InApp => MessageConsent.InApp,
        _ => null,
    };
}
