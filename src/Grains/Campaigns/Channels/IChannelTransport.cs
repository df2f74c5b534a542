using LStep.Domain.Campaigning;

namespace LStep.Grains.Campaigns.Channels;

/// <summary>
/// One way out of the product. It tries once, in bounded time, and says what became of it; it throws only when cancelled. Trying again,
/// waiting and breaking the circuit are the dispatcher's, and are the same for every channel.
/// </summary>
public interface IChannelTransport
{
    Channel Channel { get; }

    /// <summary>The receiver recognises a key that it has seen: what is unknown may be sent again.</summary>
    bool IsIdempotent { get; }

    /// <summary>How many sends may be under way at once.</summary>
    int AtOnceMax { get; }

    Task<SendOutcome> Send(OutgoingMessage message, CancellationToken cancel);
}
