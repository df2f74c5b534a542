namespace LStep.Api.Ingest;

/// <summary>
/// How much of something all requests of this process hold together: bounded, so that a flood is told to wait and takes no memory.
/// </summary>
/// <param name="within">What is taken of this is taken of that, too: a share of it that one caller may have.</param>
public class InFlight(long max, string unit, InFlight? within = null)
{
    private long taken;

    public long Max { get; } = max;

    public long Taken => Volatile.Read(ref taken);

    /// <exception cref="OverloadedException">There is no room now.</exception>
    public void Take(int count)
    {
        within?.Take(count);
        // A single one that is larger than all the room comes in alone: it would never get in otherwise.
        if (Interlocked.Add(ref taken, count) is var all && (all <= Max || all == count)) return;
        Give(count);
        throw new OverloadedException($"more than {Max} {unit} at once");
    }

    public void Give(int count)
    {
        Interlocked.Add(ref taken, -count);
        within?.Give(count);
    }

    /// <summary>A part of it for one of several callers, so that the others find room beside it.</summary>
    public InFlight Share(int percent) => new(Math.Max(1, Max * percent / 100), $"{unit} of one key", this);
}

/// <summary>The memory of request bodies of callers whose key is known: of what has arrived, not of what was announced.</summary>
public sealed class BytesInFlight(long bytesMax) : InFlight(bytesMax, "bytes of request bodies");

/// <summary>Events that were read and are on their way to the log.</summary>
public sealed class EventsInFlight(long eventsMax) : InFlight(eventsMax, "events");

/// <summary>Requests of callers whose key is known, to their answer.</summary>
public sealed class RequestsInFlight(long requestsMax) : InFlight(requestsMax, "requests");
