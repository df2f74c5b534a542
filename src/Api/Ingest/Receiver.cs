using LStep.Api.Auth;
using LStep.Api.Http;
using LStep.Grains.People;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LStep.Api.Ingest;

using Reply = Results<Recorded, PerItem, BadRequestProblem, BadWriteKey, RateLimited>;

/// <summary>
/// One request from its first byte to its answer: key, body, rate, messages, commit. Who shows a good key before the body is read has
/// room that no stranger can use up.
/// </summary>
public sealed class Receiver(
    KeyRing keys, KeyRooms rooms, KeyedRequests requests, Strangers strangers, Recorder recorder)
{
    /// <param name="kind">What a single message is; null for a batch.</param>
    public async Task<Reply> Receive(HttpContext http, MessageKind? kind, ActivityOrigin origin)
    {
        try
        {
            return (await http.AuthenticateAsync(Schemes.WriteKey)).Principal?.Identity is Caller { Key: var key }
                ? await OfKnown(http, key, kind, origin)
                : await OfStranger(http, kind, origin);
        }
        catch (MalformedBodyException trouble)
        {
            return new BadRequestProblem(trouble.Code, trouble.Message);
        }
    }

    private Task<Reply> OfKnown(HttpContext http, Key key, MessageKind? kind, ActivityOrigin origin)
    {
        http.Vouch();
        return requests.Read(
            http, key, body => Admit(http, key, body.Bytes, EnvelopeOf(body, kind), recorder.ReceptionOf(kind, origin, key.Id)));
    }

    /// <summary>The key may be in the body. Once it is found there, the request is like any other.</summary>
    private async Task<Reply> OfStranger(HttpContext http, MessageKind? kind, ActivityOrigin origin)
    {
        using var stranger = strangers.Enter(http);
        using var body = await strangers.Read(http, stranger);
        var envelope = EnvelopeOf(body, kind);
        // Of several keys one good one suffices, wherever it stands: proxies and old snippets bring keys of something else.
        var key = await OfBody(envelope.WriteKey, http.RequestAborted)
            ?? await OfBody(envelope.FirstMessagesKey(body.Bytes.Span), http.RequestAborted);
        if (key is null) return new BadWriteKey();
        http.Vouch();
        var room = rooms.Of(key);
        room.Requests.Take(1);
        try
        {
            body.CountIn(room.Bytes);
            stranger.Dispose();
            return await Admit(http, key, body.Bytes, envelope, recorder.ReceptionOf(kind, origin, key.Id));
        }
        finally
        {
            room.Requests.Give(1);
        }
    }

    private static Envelope EnvelopeOf(RequestBody body, MessageKind? kind) =>
        kind is null ? Envelope.ReadBatch(body.Bytes.Span) : Envelope.ReadSingle(body.Bytes.Span);

    private async ValueTask<Key?> OfBody(string? secret, CancellationToken cancel) =>
        !string.IsNullOrEmpty(secret) && await keys.Find(secret, cancel) is { Role: Role.Ingest } key ? key : null;

    private Task<Reply> Admit(HttpContext http, Key key, ReadOnlyMemory<byte> body, Envelope envelope, Reception reception) =>
        requests.Admit<Reply>(
            key, envelope.Messages.Count, seconds => new RateLimited(seconds), () => Take(http, body, envelope, reception));

    private async Task<Reply> Take(HttpContext http, ReadOnlyMemory<byte> body, Envelope envelope, Reception reception)
    {
        var outcomes = await recorder.Record(body, envelope, reception);
        if (http.Request.Query["strict"] == "1") return new PerItem(outcomes);
        if (!Array.Exists(outcomes, outcome => outcome.IsListed)) return Recorded.Everything;
        if (reception.Kind is null || !outcomes[0].IsRefused) return Recorded.Partly(outcomes);
        // A single message that was refused: there is nothing to succeed with.
        return new BadRequestProblem(new InputError("$", outcomes[0].Code!, outcomes[0].Message!));
    }
}
