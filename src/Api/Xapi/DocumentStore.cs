using LStep.Api.Http;
using LStep.Api.Ingest;
using LStep.Api.Standards;
using LStep.Domain;
using LStep.Grains.Customers;
using LStep.Grains.People;
using LStep.Grains.Xapi;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LStep.Api.Xapi;

/// <param name="Registration">Null where none is given.</param>
internal sealed record NamedPlace(DocumentPlace Place, string? Registration);

/// <summary>Reads and changes the documents of the three resources, with the preconditions of RFC 9110.</summary>
public sealed class DocumentStore(XapiDocuments documents, PeopleByAddress people, TranslatedIntake clock)
{
    private const string DefaultType = "application/octet-stream";
    private const int ContentTypeCharsMax = 200;

    internal async Task<NamedPlace> Named(
        DocumentResource resource, XapiQuery query, XapiVersion version, Key key, CancellationToken cancel)
    {
        var activity = resource.OfActivity ? query.NeededIri("activityId") : null;
        AgentIds? agent = resource.OfAgent ? AgentIds.Of(query.NeededAgent("agent", version)) : null;
        if (agent is { Identifier: null })
            throw new InvalidRequestException("agent", "bad_agent", "Documents are kept by an identifier of the agent.");
        var byAddress = await people.Of(agent?.Address is { } address ? [address] : [], cancel);
        var unknown = agent?.Address is { } asked && !byAddress.ContainsKey(asked) ? asked : null;
        var place = resource.Place(key.Name, agent, activity, agent?.CustomerIn(byAddress) ?? "", unknown);
        if (place.CustomerId.MoreThan(Limits.CustomerIdCharsMax))
            throw new InvalidRequestException("agent", Refusal.IdTooLong("agent").Code, Refusal.IdTooLong("agent").Message);
        return new NamedPlace(place, resource.IsState ? query.Id("registration")?.ToString("D") : null);
    }

    internal async Task<IResult> Ids(NamedPlace named, XapiQuery query, HttpContext http)
    {
        var (ids, at) = await documents.Ids(named.Place, named.Registration, query.Instant("since"), http.RequestAborted);
        if (at is { } instant) http.Response.Headers.LastModified = HeaderUtilities.FormatDate(instant);
        return TypedResults.Ok(ids);
    }

    internal async Task<IResult> One(DocumentResource resource, NamedPlace named, XapiQuery query, HttpContext http)
    {
        if (query.Text("since") is not null)
            throw new InvalidRequestException("since", "bad_request", $"There is no since beside {resource.Id}.");
        if (await documents.Find(NameOf(resource, named, query), http.RequestAborted) is not { } found)
            return new NotFoundProblem("document");
        http.Response.Headers.ETag = found.ETag;
        http.Response.Headers.LastModified = HeaderUtilities.FormatDate(found.UpdatedAt);
        return TypedResults.Bytes(found.Content, found.ContentType);
    }

    internal async Task<IResult> Change(
        DocumentResource resource, NamedPlace named, XapiQuery query, XapiVersion version, ReadOnlyMemory<byte> body, bool merge,
        HttpContext http)
    {
        var name = NameOf(resource, named, query);
        if (body.Length > XapiLimits.DocumentBytesMax)
            throw new InvalidRequestException(
                "$", "document_too_large", $"The document is larger than {XapiLimits.DocumentBytesMax / 1024} KB.");
        var type = ContentTypeOf(http);
        var isJson = IsJson(type);
        var json = isJson ? StrictJson.Parse(body.Span) : default;
        if (merge && isJson && json.ValueKind != JsonValueKind.Object)
            throw new InvalidRequestException("$", "not_an_object", "What is merged is a JSON object.");
        // As it was read: a later merge reads it again.
        var (content, now) = (isJson ? Characters.Mended(body.Span).ToArray() : body.ToArray(), clock.Now);
        return Answer(await documents.Change(name, known =>
        {
            if (!Fits(http, known)) return new DocumentChange(DocumentOutcome.PreconditionFailed);
            if (!merge && !HasPrecondition(http) && Unguarded(resource, version, known) is { } outcome) return new DocumentChange(outcome);
            if (!merge || known is null) return new DocumentChange(DocumentOutcome.Done, New(type, content, now));
            return isJson && IsJson(known.ContentType) && Merged(known.Content, json) is { } merged
                ? new DocumentChange(DocumentOutcome.Done, New(type, merged, now)) : new DocumentChange(DocumentOutcome.NotJson);
        }));
    }

    internal async Task<IResult> Delete(DocumentResource resource, NamedPlace named, XapiQuery query, HttpContext http)
    {
        if (!resource.IsState || query.Text(resource.Id) is not null)
            return Answer(await documents.Change(
                NameOf(resource, named, query),
                known => new DocumentChange(Fits(http, known) ? DocumentOutcome.Done : DocumentOutcome.PreconditionFailed)));
        await documents.Delete(named.Place, named.Registration);
        return TypedResults.NoContent();
    }

    private static DocumentName NameOf(DocumentResource resource, NamedPlace named, XapiQuery query) =>
        new(named.Place, named.Registration ?? "", query.Needed(resource.Id, XapiLimits.DocumentIdCharsMax));

    private static IResult Answer(DocumentOutcome outcome) => outcome switch
    {
        DocumentOutcome.Done => TypedResults.NoContent(),
        DocumentOutcome.PreconditionFailed => new PreconditionFailedProblem(
            "precondition_failed",
            "The document is not the one that If-Match names, or there is one and If-None-Match says that there is not."),
        DocumentOutcome.Conflict => new ConflictProblem(
            "precondition_needed",
            "There is such a document. Read it, and send its ETag as If-Match to replace it; If-None-Match: * is for a new one."),
        DocumentOutcome.Unconditional => new BadRequestProblem(
            "precondition_needed", "Say with If-None-Match: * that there is no such document, or POST it."),
        DocumentOutcome.TooMany => new ConflictProblem(
            "too_many_documents", $"There are {XapiLimits.DocumentsPerPlaceMax} of them, and there can be no more. Delete some first."),
        _ => new BadRequestProblem("not_json", "Only JSON objects can be merged, and one of the two documents is none."),
    };

    /// <summary>Where a document may not be put without saying what is there; 1.0.3 asks for it even where nothing is.</summary>
    private static DocumentOutcome? Unguarded(DocumentResource resource, XapiVersion version, Document? known) =>
        known is not null ? version >= resource.Guards ? DocumentOutcome.Conflict : null
        : version == XapiVersion.V1 && !resource.IsState ? DocumentOutcome.Unconditional : null;

    private static bool HasPrecondition(HttpContext http) =>
        http.Request.Headers.IfMatch.Count > 0 || http.Request.Headers.IfNoneMatch.Count > 0;

    private static bool Fits(HttpContext http, Document? known)
    {
        var headers = http.Request.GetTypedHeaders();
        if (http.Request.Headers.IfMatch.Count > 0 && !headers.IfMatch.Any(tag => Is(tag, known))) return false;
        return http.Request.Headers.IfNoneMatch.Count == 0 || !headers.IfNoneMatch.Any(tag => Is(tag, known));
    }

    private static bool Is(EntityTagHeaderValue tag, Document? known) =>
        known is not null && (tag.Equals(EntityTagHeaderValue.Any) || tag.Tag.Value == known.ETag);

    /// <summary>A new file of text sent by a form has no type of its own.</summary>
    private static string ContentTypeOf(HttpContext http)
    {
        if (http.Request.ContentType is not { Length: > 0 } given) return DefaultType;
        if (given.Length > ContentTypeCharsMax || XapiRequests.TypeOf(http) is null)
            throw new InvalidRequestException(HeaderNames.ContentType, "bad_media_type", "This is a media type such as application/json.");
        return given;
    }

    private static bool IsJson(string type) =>
        MediaTypeHeaderValue.TryParse(type, out var media)
            && media.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase);

    private static Document New(string type, byte[] content, DateTimeOffset now) =>
        new(type, content, $"\"{Convert.ToHexStringLower(HashOf(content))}\"", now);

#pragma warning disable CA5350 // The standard names SHA-1 for these tags; nothing is kept secret or safe by them.
    private static byte[] HashOf(byte[] content) => SHA1.HashData(content);
#pragma warning restore CA5350

    /// <summary>Null where what is there is no object.</summary>
    private static byte[]? Merged(byte[] known, JsonElement change)
    {
        if (JsonNode.Parse(known) is not JsonObject whole) return null;
        foreach (var field in change.EnumerateObject()) whole[field.Name] = JsonNode.Parse(field.Value.GetRawText());
        return Encoding.UTF8.GetBytes(whole.ToJsonString(StrictJson.Plain));
    }
}
