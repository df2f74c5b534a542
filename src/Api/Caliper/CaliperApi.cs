using System.Reflection;
using System.Text.Json.Nodes;
using LStep.Api.Auth;
using LStep.Api.Http;
using LStep.Api.Ingest;
using LStep.Api.Standards;
using LStep.Grains.People;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace LStep.Api.Caliper;

using Reply = Results<EnvelopeTaken, BadRequestProblem, UnsupportedTypeProblem, UnprocessableProblem, RateLimited>;

/// <param name="Sensor">The IRI of who sends.</param>
public sealed record CaliperBatch(string Sensor, DateTimeOffset SendTime, string DataVersion, IReadOnlyList<JsonObject> Data);

/// <summary>200: what could be taken is committed. Without a body, unless something could not be taken.</summary>
public sealed class EnvelopeTaken(Recorded? partly) : IResult, IEndpointMetadataProvider
{
    public Task ExecuteAsync(HttpContext httpContext) => partly?.ExecuteAsync(httpContext) ?? Task.CompletedTask;

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) => Recorded.PopulateMetadata(method, builder);
}

/// <summary>The body is of another type than the address takes.</summary>
public sealed class UnsupportedTypeProblem()
    : ProblemResult(Problems.OfStatus(StatusCodes.Status415UnsupportedMediaType)), IEndpointMetadataProvider
{
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProblemResponse(StatusCodes.Status415UnsupportedMediaType));
}

/// <summary>The door for sensors that speak 1EdTech's Caliper.</summary>
public static class CaliperApi
{
    private static readonly CaliperBatch Example = new(
        "https://school.example/sensors/1", new DateTimeOffset(2026, 3, 10, 9, 30, 0, TimeSpan.Zero),
        "http://purl.imsglobal.org/ctx/caliper/v1p2",
        [
            new JsonObject
            {
                ["@context"] = "http://purl.imsglobal.org/ctx/caliper/v1p2", ["id"] = "urn:uuid:ff9ec22a-fc59-4ae1-ae8d-2c9463ee2f8f",
                ["type"] = "NavigationEvent",
                ["actor"] = new JsonObject { ["id"] = "https://school.example/users/ada", ["type"] = "Person" },
                ["action"] = "NavigatedTo", ["object"] = new JsonObject { ["id"] = "https://school.example/pages/7", ["type"] = "WebPage" },
                ["eventTime"] = "2026-03-10T09:29:00.000Z",
            },
        ]);

    public static IEndpointRouteBuilder MapCaliper(this IEndpointRouteBuilder app)
    {
        app.MapPost("/caliper", Take).RequireAuthorization(Policies.Ingest).RequireCors(IngestApi.CorsPolicy)
            .WithName("takeCaliper").WithTags("Caliper")
            .WithSummary("An envelope of Caliper events and entities")
            .WithDescription(
                "Caliper 1.2 and 1.1. At most 2,500 events and 4 MB decompressed. Answered after the commit, without a body; one "
                + "event that is none refuses the envelope.")
            .WithMetadata(
                new OperationBody(typeof(CaliperBatch), Example), new IngestApi.ReadToTheEnd(), UnavailableProblem.Anywhere,
                new ProblemResponse(StatusCodes.Status401Unauthorized, WriteKeyHandler.Refusal.Code));
        return app;
    }

    private static async Task<Reply> Take(HttpContext http, KeyedRequests requests, TranslatedIntake intake, LearningMap map)
    {
        if (!MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type)
            || !type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)) return new UnsupportedTypeProblem();
        try
        {
            return await requests.Read(http, (key, body) =>
            {
                var events = CaliperEnvelope.Events(body.Span);
                return requests.Admit<Reply>(key, Math.Max(1, events.Count), seconds => new RateLimited(seconds), () => Record(
                    [.. events.Select(one => CaliperEvents.Of(one, map)).OfType<LearningEvent>()], key, intake));
            });
        }
        catch (InvalidRequestException trouble)
        {
            return new BadRequestProblem(new InputError(trouble.Path, trouble.Code, trouble.Message));
        }
        catch (MalformedBodyException trouble)
        {
            return new BadRequestProblem(trouble.Code, trouble.Message);
        }
        catch (UnknownDataVersionException unknown)
        {
            return new UnprocessableProblem(new InputError(
                "$.dataVersion", "unknown_version", $"The version '{unknown.Message}' is none of Caliper 1.2 and 1.1."));
        }
    }

    private static async Task<Reply> Record(IReadOnlyList<LearningEvent> events, Key key, TranslatedIntake intake)
    {
        if (events.Count == 0) return new EnvelopeTaken(null);
        var request = intake.Read(TrackMessages.Batch(events, intake.Decided), key, intake.Now);
        // Before anything is recorded.
        if (request.Events.FirstOrDefault(one => one.Refusal is not null) is { Refusal: { } refusal } refused)
            return new BadRequestProblem(new InputError("$.data", refusal.Code, $"{refusal.Message} (event {refused.MessageId})"));
        var outcomes = await intake.Take(request);
        return new EnvelopeTaken(Array.Exists(outcomes, outcome => outcome.IsRefused) ? Recorded.Partly(outcomes) : null);
    }
}
