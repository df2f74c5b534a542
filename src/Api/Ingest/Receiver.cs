using LStep.Api.Auth;
using LStep.Grains;
using LStep.Grains.People;
using Microsoft.AspNetCore.Http;

namespace LStep.Api.Ingest;

/// <summary>One request from its first byte to its answer: body, key, rate, messages, commit.</summary>
public sealed class Receiver(
    IngestOptions options, KeyRing keys, RateLimit rate, RequestsInFlight requests, EventsInFlight events, BytesInFlight bytes, Intake intake, Ids ids, RequestNumbers numbers,
    TimeProvider clock)
{
    /// <param name="kind">What a single message is; null for a batch.</param>
    public async Task Receive(HttpContext http, MessageKind? kind, ActivityOrigin origin)
    {
        requests.Take(1);
        try
        {
            var key = await keys.Find(WriteKey.OfHeader(http.Request), http);
            // A key in the header that is none needs no look at the body.
            if (key is null && WriteKey.OfHeader(http.Request) is not null)
            {
                await Replies.Unauthorized(http);
                return;
            }
            using var body = await RequestBody.Read(http.Request, bytes);
            var envelope = kind is null ? Envelope.ReadBatch(body.Bytes.Span) : Envelope.ReadSingle(body.Bytes.Span);
            key ??= await keys.Find(envelope.WriteKey ?? envelope.FirstMessagesKey(body.Bytes.Span), http);
            if (key is null) await Replies.Unauthorized(http);
            else await Admit(http, key, body.Bytes, envelope, ReceptionOf(kind, origin));
        }
        catch (MalformedBodyException trouble)
        {
            await Replies.Malformed(http, trouble);
        }
        finally
        {
            requests.Give(1);
        }
    }

    private Reception ReceptionOf(MessageKind? kind, ActivityOrigin origin)
    {
        var now = IngestClock.Now(clock);
        return new Reception(now, origin, options.SimulatedClock, ids) { Kind = kind, Number = numbers.Next(now) };
    }

    private async Task Admit(HttpContext http, Key key, ReadOnlyMemory<byte> body, Envelope envelope, Reception reception)
    {
        var count = envelope.Messages.Count;
        // Before the rate: who finds no room has not used up anything of it.
        events.Take(count);
        try
        {
            if (rate.Take(key.Id, count) is { } seconds) await Replies.TooFast(http, seconds);
            else await Take(http, body, envelope, reception);
        }
        finally
        {
            events.Give(count);
        }
    }

    private async Task Take(HttpContext http, ReadOnlyMemory<byte> body, Envelope envelope, Reception reception)
    {
        var outcomes = await intake.Take(ParsedRequest.Read(body.Span, envelope, reception), body, envelope, reception.Now);
        Count(outcomes);
        if (http.Request.Query["strict"] == "1") await Replies.PerItem(http, outcomes);
        else if (!Array.Exists(outcomes, outcome => outcome.IsRefused)) await Replies.Success(http);
        else if (reception.Kind is null) await Replies.Partly(http, outcomes);
        else await Replies.Refused(http, outcomes[0]);
    }

    private static void Count(Outcome[] outcomes)
    {
        var (accepted, duplicate) = (0, 0);
        foreach (var outcome in outcomes)
            if (outcome.What == RecordOutcome.Accepted) accepted++;
            else if (outcome.What == RecordOutcome.Duplicate) duplicate++;
        Telemetry.Answered(accepted, duplicate, outcomes.Length - accepted - duplicate);
    }
}
