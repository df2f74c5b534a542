using System.Globalization;
using System.Text;
using LStep.Api.Http;
using LStep.Api.Ingest;
using LStep.Api.Standards;
using LStep.Grains.People;
using LStep.Grains.Xapi;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace LStep.Api.Xapi;

/// <summary>Gives statements back.</summary>
public sealed class StatementReading(XapiStatements store, Cursors cursors, AddressOptions addresses, TranslatedIntake clock)
{
    /// <summary>The parameter by which a list goes on.</summary>
    public const string More = "cursor";

    /// <summary>Of a page, and what it has where nothing is asked.</summary>
    private const int LimitMax = 100;

    private const string Boundary = "lstep-statements";

    internal async Task<string> ConsistentThrough(Key key, CancellationToken cancel) =>
        Json.Instant(await store.ConsistentThrough(key.Name, clock.Now, cancel));

    internal async Task<IResult> One(HttpContext http, XapiQuery query, Key key, StatementFormat format, bool withParts)
    {
        var voided = query.Id("voidedStatementId");
        var id = query.Id("statementId") ?? voided!.Value;
        if (await store.Find(key.Name, id, http.RequestAborted) is not { } found || found.IsVoided != voided is not null)
            return new NotFoundProblem("statement");
        http.Response.Headers.LastModified = HeaderUtilities.FormatDate(found.Stored);
        return Answer(format.Apply(found.Json), withParts);
    }

    internal async Task<IResult> List(
        HttpContext http, XapiQuery query, XapiVersion version, Key key, StatementFormat format, bool withParts)
    {
        var asked = query.Count("limit");
        var limit = asked is 0 ? LimitMax : Math.Min(asked, LimitMax);
        var rows = await store.List(
            key.Name,
            new StatementQuestion(
                KeysOf(query, version, key.Name), query.Instant("since"), query.Instant("until"), query.Flag("ascending"), limit + 1,
                PlaceOf(query)),
            http.RequestAborted);
        var page = rows[..Math.Min(rows.Count, limit)];
        if (page.Count > 0) http.Response.Headers.LastModified = HeaderUtilities.FormatDate(page.Max(row => row.Place.Stored));
        var text = new StringBuilder("""{"statements":[""").AppendJoin(',', page.Select(row => format.Apply(row.Json)))
            .Append("""],"more":""").Append(System.Text.Json.JsonSerializer.Serialize(rows.Count > limit ? Next(http, page[^1].Place) : ""))
            .Append('}');
        return Answer(text.ToString(), withParts);
    }

    private static List<long> KeysOf(XapiQuery query, XapiVersion version, string realm)
    {
        var keys = new List<long>();
        var (relatedAgents, relatedActivities) = (query.Flag("related_agents"), query.Flag("related_activities"));
        if (query.Agent("agent", version) is { } agent)
            keys.Add(StatementParts.AgentKey(
                realm,
                AgentIds.Of(agent).Identifier ?? throw new InvalidRequestException(
                    "agent", "bad_agent", "An agent or a group is asked for by its identifier."),
                relatedAgents));
        if (query.Iri("verb") is { } verb) keys.Add(StatementParts.VerbKey(realm, verb));
        if (query.Iri("activity") is { } activity) keys.Add(StatementParts.ActivityKey(realm, activity, relatedActivities));
        if (query.Id("registration") is { } registration) keys.Add(StatementParts.RegistrationKey(realm, registration.ToString("D")));
        return keys;
    }

    private StatementPlace? PlaceOf(XapiQuery query) =>
        query.Text(More) is not { } text ? null
        : cursors.TryRead(More, text, 2, out var place) ? new StatementPlace(
            new DateTimeOffset(long.Parse(place[0], CultureInfo.InvariantCulture), TimeSpan.Zero),
            long.Parse(place[1], CultureInfo.InvariantCulture))
        : throw new InvalidRequestException(More, "bad_cursor", "The cursor is none that a list of statements gave.");

    /// <summary>The same question, from the place on.</summary>
    private string Next(HttpContext http, StatementPlace place)
    {
        var cursor = cursors.Of(
            More, place.Stored.UtcTicks.ToString(CultureInfo.InvariantCulture), place.Number.ToString(CultureInfo.InvariantCulture));
        var further = http.Request.Query.Where(one => one.Key != More)
            .Select(one => KeyValuePair.Create(one.Key, (string?)one.Value.ToString())).Append(KeyValuePair.Create(More, (string?)cursor));
        var root = addresses.PublicUrl?.AbsolutePath.TrimEnd('/') ?? "";
        return QueryHelpers.AddQueryString(root + http.Request.Path, further);
    }

    /// <summary>There are no bytes of attachments, so that in parts there is one part.</summary>
    private static ContentHttpResult Answer(string json, bool withParts) => withParts
        ? TypedResults.Text(
            $"--{Boundary}\r\nContent-Type: application/json\r\n\r\n{json}\r\n--{Boundary}--\r\n", $"multipart/mixed; boundary={Boundary}")
        : TypedResults.Text(json, "application/json");
}
