namespace LStep.Domain.Campaigning;

/// <summary>Where an action stands. The order is stored: append only.</summary>
public enum ActionStatus : byte
{
    Scheduled = 0,

    /// <summary>Due, and waiting for the end of quiet hours or for room under the cap.</summary>
    Held = 1,

    /// <summary>Given to its channel, which has not answered yet.</summary>
    Sending = 2,
    Sent = 3,
    Failed = 4,
    Suppressed = 5,
    Cancelled = 6,

    /// <summary>Given away, and nobody knows whether it was taken.</summary>
    Uncertain = 7,
}
