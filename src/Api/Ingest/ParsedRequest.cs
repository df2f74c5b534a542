namespace LStep.Api.Ingest;

/// <summary>A request's body and the messages in it, in their order.</summary>
public static class ParsedRequest
{
    /// <summary>Reads every message of the envelope; a refused one does not hold up the others.</summary>
    public static ParsedEvent[] Read(ReadOnlySpan<byte> body, Envelope envelope, Reception reception)
    {
        var context = reception.WithSentAt(body[envelope.SentAt]);
        var events = new ParsedEvent[envelope.Messages.Count];
        for (var i = 0; i < events.Length; i++)
            events[i] = MessageParser.Parse(body[envelope.Messages[i]], context);
        return events;
    }
}
