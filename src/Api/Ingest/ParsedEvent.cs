namespace LStep.Api.Ingest;

/// <summary>
/// What one message of a request came to: an activity of a customer (CustomerId set), an activity of somebody not yet known
/// (only its AnonymousId set), or a refusal. The ids are also given with a refusal, as far as they could be read.
/// </summary>
public readonly record struct ParsedEvent(string? CustomerId, string? MessageId, Activity? Activity, Refusal? Refusal)
{
    /// <summary>As far as it could be read; also given with a refusal.</summary>
    public string? AnonymousId { get; init; }

    /// <summary>The name that a track message was sent with; null for every other message.</summary>
    public string? TrackName { get; init; }
}
