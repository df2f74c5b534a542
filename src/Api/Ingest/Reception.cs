using LStep.Api.Http;
using LStep.Grains;
using LStep.Grains.Events;

namespace LStep.Api.Ingest;

/// <summary>What all events of one request have in common.</summary>
/// <param name="Now">The server's clock when the request was taken, in whole milliseconds.</param>
/// <param name="Simulated">The process lives on a simulated clock.</param>
public sealed record Reception(DateTimeOffset Now, ActivityOrigin Origin, bool Simulated, Ids Ids)
{
    /// <summary>Of the request, by <see cref="RequestNumbers"/>.</summary>
    public long Number { get; init; }

    /// <summary>The public handle of the key it came with: what is kept of it is bounded by key.</summary>
    public string KeyId { get; init; } = "";

    /// <summary>What the type of the endpoint says about every message; null where each message says it itself.</summary>
    public MessageKind? Kind { get; init; }

    /// <summary>The batch's own sentAt in milliseconds since 1970; null when it has none that can be read.</summary>
    public long? SentAtMs { get; init; }

    /// <summary>What operators decided about names of events.</summary>
    public DecidedNames Decided { get; init; } = DecidedNames.None;

    /// <summary>A client's clock is only worth correcting where it runs beside ours.</summary>
    public bool CorrectsTime => Origin == ActivityOrigin.Live && !Simulated;
}

public enum MessageKind : byte { Track, Identify, Page, Screen, Group, Alias }
