using System.Text.Json.Nodes;
using LStep.Api.Auth;
using LStep.Api.Http;
using LStep.Grains.Ingest;
using LStep.Grains.Time;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace LStep.Api.Ingest;

/// <summary>The endpoints that Segment's SDKs send to.</summary>
public static class IngestApi
{
    /// <summary>Pages of any site may send.</summary>
    internal const string CorsPolicy = "any-origin";

    private static readonly (string Path, MessageKind Kind, object Example)[] Singles =
    [
        ("track", MessageKind.Track, MessageExamples.Track), ("t", MessageKind.Track, MessageExamples.Track),
        ("identify", MessageKind.Identify, MessageExamples.Identify), ("i", MessageKind.Identify, MessageExamples.Identify),
        ("page", MessageKind.Page, MessageExamples.Page), ("p", MessageKind.Page, MessageExamples.Page),
        ("screen", MessageKind.Screen, MessageExamples.Screen), ("s", MessageKind.Screen, MessageExamples.Screen),
        ("group", MessageKind.Group, MessageExamples.Group), ("g", MessageKind.Group, MessageExamples.Group),
        ("alias", MessageKind.Alias, MessageExamples.Alias), ("a", MessageKind.Alias, MessageExamples.Alias),
    ];

    private static readonly QueryParameter Strict =
        new("strict", new OpenApiSchema { Type = JsonSchemaType.String, Enum = [JsonValue.Create("1")] });

    private static readonly (string Path, ActivityOrigin Origin)[] Batches =
        [("batch", ActivityOrigin.Live), ("b", ActivityOrigin.Live), ("import", ActivityOrigin.Import)];

    /// <summary>Needs a PostgresDatabase, a KeyRing, a TimeProvider and the grains.</summary>
    public static IServiceCollection AddIngest(this IServiceCollection services, IngestOptions options) =>
        services
            .AddCors(cors => cors.AddPolicy(CorsPolicy, AnyOrigin))
            .AddSingleton(options)
            .AddSingleton(new BytesInFlight(options.BodyBytesInFlightMax))
            .AddSingleton(new EventsInFlight(options.EventsInFlightMax))
            .AddSingleton(new RequestsInFlight(options.RequestsInFlightMax))
            .AddSingleton(provider => new RateLimit(options.EventsPerSecondPerKey, provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<KeyRooms>().AddSingleton<Strangers>()
            .AddSingleton(new KeptBytesLimits(options.RejectedBytesPerKeyAndDayMax, options.AnonymousBytesPerKeyAndDayMax))
            .AddSingleton<RequestNumbers>()
            .AddSingleton<Forwarding>()
            .AddSingleton<IngestCounts>().AddSingleton<Intake>().AddSingleton<Recorder>().AddSingleton<KeyedRequests>()
            .AddSingleton<TranslatedIntake>()
            .AddSingleton<Receiver>()
            .AddSingleton<AnonymousSweep>()
            .AddHostedService(provider => provider.GetRequiredService<AnonymousSweep>());

    public static IEndpointRouteBuilder MapIngest(this IEndpointRouteBuilder app)
    {
        var v1 = app.MapGroup("/v1").WithTags("Ingest").RequireCors(CorsPolicy)
            .WithMetadata(new ReadToTheEnd(), UnavailableProblem.Anywhere);
        var malformed = new ProblemResponse(
            StatusCodes.Status400BadRequest, "malformed", "body_too_large", "unknown_encoding", "missing_batch", "too_many_events");
        var refused = new ProblemResponse(StatusCodes.Status400BadRequest, [.. Refusal.Codes]);
        foreach (var (path, kind, example) in Singles)
            v1.MapPost(path, (HttpContext http, Receiver receiver) => receiver.Receive(http, kind, ActivityOrigin.Live))
                .WithName(path).WithMetadata(new OperationBody(example.GetType(), example), Strict, malformed, refused)
                .WithSummary($"One {kind.ToString().ToLowerInvariant()} message")
                .WithDescription("Segment's format. Answered after the commit.");
        foreach (var (path, origin) in Batches)
            v1.MapPost(path, (HttpContext http, Receiver receiver) => receiver.Receive(http, null, origin))
                .WithName(path).WithMetadata(new OperationBody(typeof(MessageBatch), MessageExamples.Batch), Strict, malformed)
                .WithSummary(
                    origin == ActivityOrigin.Import
                        ? "A batch of the past: recorded now, decided when the import has been quiet for 60 s"
                        : "A batch of messages")
                .WithDescription(
                    "At most 2,500 messages and 4 MB decompressed. Refused messages are listed and do not hold up the others; "
                    + "strict=1 answers 207 per item.");

        v1.MapGet("/projects/{writeKey}/settings", Settings).RequireAuthorization(Policies.Ingest).WithName("getBrowserSettings")
            .WithSummary("What the browser SDK loads first").WithDescription("Tells it to send its events here.")
            .WithMetadata(new ProblemResponse(StatusCodes.Status401Unauthorized, WriteKeyHandler.Refusal.Code));
        // Figures that the browser SDK sends about itself; nobody here reads them.
        v1.MapPost("m", () => Recorded.Everything).ExcludeFromDescription();
        return app;
    }

    private static Ok<JsonObject> Settings(HttpContext http, string writeKey, BrowserSettings settings)
    {
        http.Response.Headers.CacheControl = "no-cache";
        return TypedResults.Ok(settings.Of(http, writeKey));
    }

    /// <summary>
    /// Pages of any site may send events: what authorises them is the write key, never a cookie. The origin is named instead of '*',
    /// because SDKs can be set to send credentials and a browser then refuses '*'.
    /// </summary>
    private static void AnyOrigin(CorsPolicyBuilder policy) => policy
        .SetIsOriginAllowed(_ => true).AllowCredentials().WithMethods("GET", "POST", "OPTIONS").AllowAnyHeader()
        .WithExposedHeaders("Retry-After", "X-RateLimit-Reset").SetPreflightMaxAge(TimeSpan.FromHours(2));

    /// <summary>
    /// RequestBody has its own limit; the server's would cut the connection of a client that is still sending, before it reads the answer.
    /// </summary>
    internal sealed class ReadToTheEnd : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => null;
    }
}
