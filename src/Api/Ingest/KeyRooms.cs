using System.Collections.Concurrent;
using LStep.Grains.People;

namespace LStep.Api.Ingest;

/// <summary>What one key has of the rooms that all keys share.</summary>
public sealed record KeyRoom(InFlight Requests, InFlight Events, InFlight Bytes);

/// <summary>
/// Gives every key a share of the rooms, smaller than the whole: a key that floods is told to wait, and the others are not.
/// </summary>
public sealed class KeyRooms(IngestOptions options, RequestsInFlight requests, EventsInFlight events, BytesInFlight bytes)
{
    /// <summary>By key, of which there are as many as somebody made.</summary>
    private readonly ConcurrentDictionary<string, KeyRoom> rooms = new(StringComparer.Ordinal);

    public KeyRoom Of(Key key) => Of(key.Id);

    /// <param name="keyId">The handle of a key, or of what has one of its own kind.</param>
    public KeyRoom Of(string keyId) => rooms.GetOrAdd(keyId, static (_, all) => new KeyRoom(
        all.requests.Share(all.Percent), all.events.Share(all.Percent), all.bytes.Share(all.Percent)),
        (requests, events, bytes, Percent: options.PercentPerKeyMax));
}
