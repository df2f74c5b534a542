namespace LStep.Domain.Campaigning;

/// <summary>By what way an action reaches somebody. The order is stored: append only.</summary>
public enum Channel : byte { Email = 0, Push = 1, Line = 2, InApp = 3, Webhook = 4, Task = 5, Alert = 6 }

public static class Channels
{
    public static IReadOnlyList<Channel> All { get; } = Enum.GetValues<Channel>();

    /// <summary>As the API, the tables and the templates name it.</summary>
    public static string Name(this Channel channel) => channel switch
    {
        Channel.Email => "email",
        Channel.Push => "push",
        Channel.Line => "line",
        Channel.InApp => "in_app",
        Channel.Webhook => "webhook",
        Channel.Task => "task",
        Channel.Alert => "alert",
        _ => throw new ArgumentOutOfRangeException(nameof(channel)),
    };

    /// <summary>What is said on it is said to the customer; on the others to colleagues or to the platform.</summary>
    public static bool ReachesCustomers(this Channel channel) => channel switch
    {
        Channel.Email or Channel.Push or Channel.Line or Channel.InApp => true,
        Channel.Webhook or Channel.Task or Channel.Alert => false,
        _ => throw new ArgumentOutOfRangeException(nameof(channel)),
    };

    /// <returns>Null where no channel has this name.</returns>
    public static Channel? Named(string? name)
    {
        foreach (var channel in All)
            if (channel.Name() == name) return channel;
        return null;
    }
}
