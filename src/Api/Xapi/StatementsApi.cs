using LStep.Api.Auth;
using LStep.Api.Http;
using LStep.Api.Standards;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api.Xapi;

/// <summary>Statements: taken one by one or in an array, and given back to whom they came from.</summary>
public static class StatementsApi
{
    private const string Path = "/statements";
    private const string ConsistentThrough = "X-Experience-API-Consistent-Through";

    private static readonly string[] OfOne = ["statementId", "voidedStatementId"];

    private static readonly string[] Parameters =
    [
        .. OfOne, "agent", "verb", "activity", "registration", "related_activities", "related_agents", "since", "until", "limit", "format",
        "attachments", "ascending", StatementReading.More,
    ];

    internal static void Map(IEndpointRouteBuilder xapi)
    {
        xapi.MapPut(Path, Put).RequireAuthorization(Policies.Ingest).WithName("putStatement")
            .WithSummary("One xAPI statement under an id")
            .WithDescription("Answered after the commit of its activity. The same statement again changes nothing; another one is a 409.")
            .WithMetadata(XapiMetadata.Texts("statementId"))
            .WithMetadata(XapiMetadata.Statement, XapiMetadata.NoContent, XapiMetadata.Conflict);
        xapi.MapPost(Path, Post).RequireAuthorization(Policies.Ingest).WithName("postStatements")
            .WithSummary("One xAPI statement, or an array of them")
            .WithDescription(
                "At most 2,500 statements and 4 MB decompressed; all of them or none. Answered after the commit, with their ids.")
            .WithMetadata(XapiMetadata.Statement, XapiMetadata.Answer(typeof(string[])), XapiMetadata.Conflict);
        xapi.MapGet(Path, Get).RequireAuthorization(Policies.Ingest).WithName("getStatements")
            .WithSummary("Statements, as they were received")
            .WithDescription("Those that a key of the same name wrote. What was voided comes by voidedStatementId alone.")
            .WithMetadata(XapiMetadata.Texts(Parameters))
            .WithMetadata(XapiMetadata.Answer(typeof(StatementResult)), new ProblemResponse(StatusCodes.Status404NotFound, "not_found"));
    }

    private static Task<IResult> Put(HttpContext http, XapiRequests requests, StatementDoor door) =>
        requests.With(http, (version, key, body) =>
        {
            XapiRequests.NeedJson(http);
            var id = new XapiQuery(http, OfOne[0]).Id(OfOne[0])
                ?? throw new InvalidRequestException(OfOne[0], "missing", "This parameter is needed here.");
            return door.Take(body, id, version, key, _ => TypedResults.NoContent(), http.RequestAborted);
        });

    private static Task<IResult> Post(HttpContext http, XapiRequests requests, StatementDoor door) =>
        requests.With(http, (version, key, body) =>
        {
            _ = new XapiQuery(http);
            XapiRequests.NeedJson(http);
            return door.Take(
                body, null, version, key, statements => TypedResults.Ok(statements.Select(one => one.Id.ToString("D")).ToArray()),
                http.RequestAborted);
        });

    private static Task<IResult> Get(HttpContext http, XapiRequests requests, StatementReading reading) =>
        requests.Without(http, async (version, key) =>
        {
            http.Response.Headers[ConsistentThrough] = await reading.ConsistentThrough(key, http.RequestAborted);
            var query = new XapiQuery(http, Parameters);
            var format = StatementFormat.Of(
                query.OneOf("format", "exact", "ids", "canonical"), http.Request.Headers.AcceptLanguage.ToString());
            var withParts = query.Flag("attachments");
            if (!OfOne.Any(query.Given.Contains)) return await reading.List(http, query, version, key, format, withParts);
            if (query.Given.Except(["attachments", "format"]).Count() > 1)
                throw new InvalidRequestException(
                    "statementId", "bad_request",
                    "Beside statementId or voidedStatementId there can be format and attachments, and nothing else.");
            return await reading.One(http, query, key, format, withParts);
        });
}
