using LStep.Grains;
using LStep.Grains.Events;

namespace LStep.Api.Ingest;

/// <summary>The one way of messages from the bytes of a batch to their commit, whoever brought them.</summary>
public sealed class Recorder(
    IngestOptions options, Intake intake, EventCatalogue catalogue, IngestCounts counts, Ids ids, RequestNumbers numbers,
    TimeProvider clock)
{
    public DateTimeOffset Now => IngestClock.Now(clock);

    /// <param name="kind">What every message is; null where each says it itself.</param>
    /// <param name="keyId">Whose messages they are: what is kept of them is bounded by it.</param>
    /// <param name="now">When they came, where that is known already.</param>
    public Reception ReceptionOf(MessageKind? kind, ActivityOrigin origin, string keyId, DateTimeOffset? now = null)
    {
        var came = now ?? Now;
        return new Reception(came, origin, options.SimulatedClock, ids)
        {
            Kind = kind, Number = numbers.Next(came), Decided = catalogue.Decided, KeyId = keyId,
        };
    }

    /// <summary>When it returns, every message is in a log or in the list of refused ones.</summary>
    /// <inheritdoc cref="Intake.Take" path="/remarks"/>
    public Task<Outcome[]> Record(ReadOnlyMemory<byte> body, Envelope envelope, Reception reception) =>
        Record(ParsedRequest.Read(body.Span, envelope, reception), body, envelope, reception);

    /// <summary>As above, of messages that were read already.</summary>
    public async Task<Outcome[]> Record(ParsedEvent[] events, ReadOnlyMemory<byte> body, Envelope envelope, Reception reception)
    {
        var outcomes = await intake.Take(events, body, envelope, reception);
        counts.Count(events, outcomes, reception.Now);
        return outcomes;
    }
}
