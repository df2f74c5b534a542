using LStep.Grains;
using LStep.Grains.Events;
using LStep.Grains.People;

namespace LStep.Api.Ingest;

/// <summary>Messages of one request that another door put into Segment's words, read and not yet recorded.</summary>
public sealed record TranslatedRequest(
    ReadOnlyMemory<byte> Body, Envelope Envelope, Reception Reception, IReadOnlyList<ParsedEvent> Events);

/// <summary>
/// Takes what other doors bring, in Segment's words, the way /v1/batch takes it: the same parser, the same turns, the same commit.
/// </summary>
public sealed class TranslatedIntake(
    IngestOptions options, Intake intake, EventCatalogue catalogue, IngestCounts counts, Ids ids, RequestNumbers numbers,
    TimeProvider clock)
{
    public DecidedNames Decided => catalogue.Decided;

    public DateTimeOffset Now => IngestClock.Now(clock);

    /// <summary>Nothing is recorded yet, so that a door may refuse all of them when one is refused.</summary>
    public TranslatedRequest Read(byte[] batch, Key key, DateTimeOffset now)
    {
        var envelope = Envelope.ReadBatch(batch);
        var reception = new Reception(now, ActivityOrigin.Live, options.SimulatedClock, ids)
        {
            Number = numbers.Next(now), Decided = catalogue.Decided, KeyId = key.Id,
        };
        return new TranslatedRequest(batch, envelope, reception, ParsedRequest.Read(batch, envelope, reception));
    }

    /// <inheritdoc cref="Intake.Take"/>
    public async Task<Outcome[]> Take(TranslatedRequest request)
    {
        var events = request.Events.ToArray();
        var outcomes = await intake.Take(events, request.Body, request.Envelope, request.Reception);
        counts.Count(events, outcomes, request.Reception.Now);
        return outcomes;
    }
}
