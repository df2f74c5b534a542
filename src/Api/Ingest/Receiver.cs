using LStep.Api.Auth;
using LStep.Api.Http;
using LStep.Grains;
using LStep.Grains.People;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LStep.Api.Ingest;

using Reply = Results<Recorded, PerItem, BadRequestProblem, BadWriteKey, RateLimited>;

/// <summary>One request from its first byte to its answer: body, key, rate, messages, commit.</summary>
public sealed class Receiver(
    IngestOptions options, KeyRing keys, RateLimit rate, RequestsInFlight requests, EventsInFlight events, BytesInFlight bytes,
    Intake intake, Ids ids, RequestNumbers numbers, TimeProvider clock)
{
    /// <param name="kind">What a single message is; null for a batch.</param>
    public async Task<Reply> Receive(HttpContext http, MessageKind? kind, ActivityOrigin origin)
    {
        requests.Take(1);
        try
        {
            var key = ((await http.AuthenticateAsync(Schemes.WriteKey)).Principal?.Identity as Caller)?.Key;
            using var body = await RequestBody.Read(http.Request, bytes);
            var envelope = kind is null ? Envelope.ReadBatch(body.Bytes.Span) : Envelope.ReadSingle(body.Bytes.Span);
            key ??= await OfBody(envelope.WriteKey ?? envelope.FirstMessagesKey(body.Bytes.Span), http.RequestAborted);
            if (key is null) return new BadWriteKey();
            return await Admit(http, key, body.Bytes, envelope, ReceptionOf(kind, origin));
        }
        catch (MalformedBodyException trouble)
        {
            return new BadRequestProblem(trouble.Code, trouble.Message);
        }
        finally
        {
            requests.Give(1);
        }
    }

    private async ValueTask<Key?> OfBody(string? secret, CancellationToken cancel) =>
        !string.IsNullOrEmpty(secret) && await keys.Find(secret, cancel) is { Role: Role.Ingest } key ? key : null;

    private Reception ReceptionOf(MessageKind? kind, ActivityOrigin origin)
    {
        var now = IngestClock.Now(clock);
        return new Reception(now, origin, options.SimulatedClock, ids) { Kind = kind, Number = numbers.Next(now) };
    }

    private async Task<Reply> Admit(HttpContext http, Key key, ReadOnlyMemory<byte> body, Envelope envelope, Reception reception)
    {
        var count = envelope.Messages.Count;
        // Before the rate: who finds no room has not used up anything of it.
        events.Take(count);
        try
        {
            return rate.Take(key.Id, count) is { } seconds ? new RateLimited(seconds) : await Take(http, body, envelope, reception);
        }
        finally
        {
            events.Give(count);
        }
    }

    private async Task<Reply> Take(HttpContext http, ReadOnlyMemory<byte> body, Envelope envelope, Reception reception)
    {
        var outcomes = await intake.Take(ParsedRequest.Read(body.Span, envelope, reception), body, envelope, reception.Now);
        Count(outcomes);
        if (http.Request.Query["strict"] == "1") return new PerItem(outcomes);
        if (!Array.Exists(outcomes, outcome => outcome.IsListed)) return Recorded.Everything;
        if (reception.Kind is null || !outcomes[0].IsRefused) return Recorded.Partly(outcomes);
        // A single message that was refused: there is nothing to succeed with.
        return new BadRequestProblem(new InputError("$", outcomes[0].Code!, outcomes[0].Message!));
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
