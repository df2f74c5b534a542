namespace LStep.Grains.Campaigns.Channels;

/// <summary>What became of a send; a closed set.</summary>
public abstract record SendOutcome
{
    private SendOutcome() { }

    /// <param name="ProviderId">The receiver's own id of the message, where it names one.</param>
    public sealed record Sent(string? ProviderId = null) : SendOutcome;

    /// <summary>Refused for good: another try would be refused as well.</summary>
    public sealed record Failed(string Reason) : SendOutcome;

    /// <summary>Nothing was taken, and a later try may be.</summary>
    /// <param name="After">The least time to wait, where the receiver says one (Retry-After).</param>
    /// <param name="OfMessageOnly">It says nothing about the channel: other messages may go, and its circuit stays as it is.</param>
    public sealed record NotNow(string Reason, TimeSpan? After = null, bool OfMessageOnly = false) : SendOutcome;

    /// <summary>It was given away and nobody said whether it was taken.</summary>
    /// <param name="OfMessageOnly">As above: whom this message goes to is at fault, and not the channel.</param>
    public sealed record Unknown(string Reason, bool OfMessageOnly = false) : SendOutcome;
}
