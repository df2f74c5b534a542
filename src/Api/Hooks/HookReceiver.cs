using System.Text.Json;
using LStep.Api.Http;
using LStep.Api.Ingest;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace LStep.Api.Hooks;

using Reply = Results<Ok<HookReply>, BadRequestProblem, BadSignature, NotFoundProblem, RateLimited>;

/// <summary>
/// One delivery from its first byte to its answer. Until its signature is found good it is a stranger's; then it has room as a write key
/// has. The signature is looked at before anything reads what it is of.
/// </summary>
/// <param name="wallClock">Real time, also under a simulated clock: platforms sign in it.</param>
public sealed class HookReceiver(
    HookSources sources, HookIntake intake, Strangers strangers, KeyRooms rooms, RateLimit rate, TimeProvider wallClock)
{
    private const string TokenParameter = "token";

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = IngestLimits.JsonDepthMax };

    /// <summary>What proves who is calling is nobody's to read.</summary>
    private static readonly string[] HeadersLeftOut = [HeaderNames.Authorization, HeaderNames.Cookie, HeaderNames.ProxyAuthorization];

    public async Task<Reply> Receive(HttpContext http, string name)
    {
        if (sources.Find(name) is not { } source) return new NotFoundProblem("source of webhooks");
        try
        {
            using var stranger = strangers.Enter(http);
            using var body = await strangers.Read(http, stranger);
            var delivery = new HookDelivery(http.Request.Headers, http.Request.Query[TokenParameter], body.Raw);
            var verdict = source.Verify(delivery, wallClock.GetUtcNow());
            if (verdict != SignatureVerdict.Good) return new BadSignature(verdict);
            http.Vouch();
            var room = rooms.Of(source.KeyId);
            room.Requests.Take(1);
            try
            {
                body.CountIn(room.Bytes);
                stranger.Dispose();
                return await Admit(http, source, room, body.Bytes);
            }
            finally
            {
                room.Requests.Give(1);
            }
        }
        catch (MalformedBodyException trouble)
        {
            return new BadRequestProblem(trouble.Code, trouble.Message);
        }
    }

    private async Task<Reply> Admit(HttpContext http, HookSource source, KeyRoom room, ReadOnlyMemory<byte> body)
    {
        using var document = Parsed(body);
        var events = HookIntake.Events(document.RootElement);
        room.Events.Take(events.Count);
        try
        {
            if (rate.Take(source.KeyId, events.Count) is { } seconds) return new RateLimited(seconds);
            var mapped = await intake.Map(source, events, HeadersOf(http.Request));
            return TypedResults.Ok(await intake.Take(source, mapped, http.RequestAborted));
        }
        finally
        {
            room.Events.Give(events.Count);
        }
    }

    private static JsonDocument Parsed(ReadOnlyMemory<byte> body)
    {
        try
        {
            // What no text can keep would throw when it is read.
            return JsonDocument.Parse(Characters.Mended(body.Span).ToArray(), Options);
        }
        catch (JsonException e)
        {
            throw new MalformedBodyException(
                "malformed",
                $"The body is not valid JSON, or more than {IngestLimits.JsonDepthMax} deep (line {e.LineNumber + 1}, byte "
                    + $"{e.BytePositionInLine + 1}).");
        }
    }

    /// <summary>By their names in small letters: some platforms say there what the event is.</summary>
    private static JsonElement HeadersOf(HttpRequest request) => JsonSerializer.SerializeToElement(
        request.Headers.Where(header => !HeadersLeftOut.Contains(header.Key, StringComparer.OrdinalIgnoreCase))
            .ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString()));
}
