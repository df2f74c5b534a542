namespace LStep.Domain.Campaigning;

/// <summary>What became of a message after it was sent. The order is stored: append only.</summary>
public enum MessageEvent : byte { Delivered = 0, Opened = 1, Clicked = 2, Bounced = 3, Complained = 4, Unsubscribed = 5, Converted = 6 }

public static class MessageEvents
{
    public static IReadOnlyList<MessageEvent> All { get; } = Enum.GetValues<MessageEvent>();

    /// <summary>As feedback and reports name it.</summary>
    public static string Name(this MessageEvent what) => what switch
    {
        MessageEvent.Delivered => "delivered",
        MessageEvent.Opened => "opened",
        MessageEvent.Clicked => "clicked",
        MessageEvent.Bounced => "bounced",
        MessageEvent.Complained => "complained",
        MessageEvent.Unsubscribed => "unsubscribed",
        MessageEvent.Converted => "converted",
        _ => throw new ArgumentOutOfRangeException(nameof(what)),
    };

    /// <returns>Null where no event has this name.</returns>
    public static MessageEvent? Named(string? name)
    {
        foreach (var what in All)
            if (string.Equals(what.Name(), name, StringComparison.OrdinalIgnoreCase)) return what;
        return null;
    }

    /// <summary>The activity of the customer that it is; a complaint withdraws consent and is known as that.</summary>
    public static ActivityType Activity(this MessageEvent what) => what switch
    {
        MessageEvent.Delivered => ActivityType.MessageDelivered,
        MessageEvent.Opened => ActivityType.MessageOpened,
        MessageEvent.Clicked => ActivityType.MessageClicked,
        MessageEvent.Bounced => ActivityType.MessageBounced,
        MessageEvent.Complained or MessageEvent.Unsubscribed => ActivityType.Unsubscribed,
        MessageEvent.Converted => ActivityType.MessageConverted,
        _ => throw new ArgumentOutOfRangeException(nameof(what)),
    };
}
