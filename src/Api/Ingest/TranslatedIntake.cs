using LStep.Grains.Events;
using LStep.Grains.People;

namespace LStep.Api.Ingest;

/// <summary>Messages of one request that another door put into Segment's words, read and not yet recorded.</summary>
public sealed record TranslatedRequest(
    ReadOnlyMemory<byte> Body, Envelope Envelope, Reception Reception, IReadOnlyList<ParsedEvent> Events);

/// <summary>
/// Takes what other doors bring, in Segment's words, the way /v1/batch takes it: the same parser, the same turns, the same commit.
/// </summary>
public sealed class TranslatedIntake(Recorder recorder, EventCatalogue catalogue)
{
    public DecidedNames Decided => catalogue.Decided;

    public DateTimeOffset Now => recorder.Now;

    /// <summary>Nothing is recorded yet, so that a door may refuse all of them when one is refused.</summary>
    public TranslatedRequest Read(byte[] batch, Key key, DateTimeOffset now)
    {
        var envelope = Envelope.ReadBatch(batch);
        var reception = recorder.ReceptionOf(null, ActivityOrigin.Live, key.Id, now);
        return new TranslatedRequest(batch, envelope, reception, ParsedRequest.Read(batch, envelope, reception));
    }

    /// <inheritdoc cref="Intake.Take"/>
    public Task<Outcome[]> Take(TranslatedRequest request) =>
        recorder.Record([.. request.Events], request.Body, request.Envelope, request.Reception);
}
