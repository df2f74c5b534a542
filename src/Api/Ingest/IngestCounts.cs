using LStep.Grains;
using LStep.Grains.Events;
using LStep.Grains.Operations;

namespace LStep.Api.Ingest;

/// <summary>Counts what became of the messages of a request: for operators, and the names for the catalogue.</summary>
public sealed class IngestCounts(EventCounts names, Throughput throughput)
{
    public void Count(ParsedEvent[] events, Outcome[] outcomes, DateTimeOffset now)
    {
        var (accepted, duplicate) = (0, 0);
        foreach (var outcome in outcomes)
            if (outcome.What == RecordOutcome.Accepted) accepted++;
            else if (outcome.What == RecordOutcome.Duplicate) duplicate++;
        var rejected = outcomes.Length - accepted - duplicate;
        Telemetry.Answered(accepted, duplicate, rejected);
        throughput.Answered(accepted, duplicate, rejected);
        CountNames(events, outcomes, now);
    }

    private void CountNames(ParsedEvent[] events, Outcome[] outcomes, DateTimeOffset now)
    {
        Span<char> key = stackalloc char[EventLimits.NameCharsMax];
        for (var i = 0; i < events.Length; i++)
            if (outcomes[i].What == RecordOutcome.Accepted && events[i].TrackName is { } name
                && EventNames.Key(name, key, out _) is > 0 and var length)
                names.Add(key[..length], EventNames.Cut(name), now);
    }
}
