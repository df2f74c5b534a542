using LStep.Api.Auth;
using LStep.Grains;
using LStep.Grains.Ingest;
using LStep.Grains.Time;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace LStep.Api.Ingest;

/// <summary>The endpoints that Segment's SDKs send to.</summary>
public static class IngestApi
{
    private static readonly (string Path, MessageKind Kind)[] Singles =
    [
        ("track", MessageKind.Track), ("t", MessageKind.Track),
        ("identify", MessageKind.Identify), ("i", MessageKind.Identify),
        ("page", MessageKind.Page), ("p", MessageKind.Page),
        ("screen", MessageKind.Screen), ("s", MessageKind.Screen),
        ("group", MessageKind.Group), ("g", MessageKind.Group),
        ("alias", MessageKind.Alias), ("a", MessageKind.Alias),
    ];

    private static readonly (string Path, ActivityOrigin Origin)[] Batches =
        [("batch", ActivityOrigin.Live), ("b", ActivityOrigin.Live), ("import", ActivityOrigin.Import)];

    /// <summary>Needs a Database, a KeyRing, a TimeProvider and the grains.</summary>
    public static IServiceCollection AddIngest(this IServiceCollection services, IngestOptions options) =>
        services
            .AddSingleton(options)
            .AddSingleton(Ids.Fresh)
            .AddSingleton(new BytesInFlight(options.BodyBytesInFlightMax))
            .AddSingleton(new EventsInFlight(options.EventsInFlightMax))
            .AddSingleton(new RequestsInFlight(options.RequestsInFlightMax))
            .AddSingleton(provider => new RateLimit(options.EventsPerSecondPerKey, provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<RequestNumbers>()
            .AddSingleton<AnonymousActivities>()
            .AddSingleton<Forwarding>()
            .AddSingleton<Intake>()
            .AddSingleton<Receiver>()
            .AddSingleton<AnonymousSweep>()
            .AddHostedService(provider => provider.GetRequiredService<AnonymousSweep>());

    public static IEndpointRouteBuilder MapIngest(this IEndpointRouteBuilder app)
    {
        var v1 = app.MapGroup("/v1").WithTags("Ingest").WithMetadata(new ReadToTheEnd());
        foreach (var (path, kind) in Singles)
            Post(v1, path, http => Of(http).Receive(http, kind, ActivityOrigin.Live))
                .Told($"One {kind.ToString().ToLowerInvariant()} message", "Segment's format. Answered after the commit.")
                .Answers(200, 400, 401, 429, 503);
        foreach (var (path, origin) in Batches)
            Post(v1, path, http => Of(http).Receive(http, null, origin))
                .Told(
                    origin == ActivityOrigin.Import ? "A batch of the past: recorded now, decided when the import has been quiet for 60 s" : "A batch of messages",
                    "At most 2,500 messages and 4 MB decompressed. Refused messages are listed and do not hold up the others; strict=1 answers 207 per item.")
                .Answers(200, 400, 401, 429, 503);

        v1.MapGet("/projects/{writeKey}/settings", Settings)
            .Told("What the browser SDK loads first", "Tells it to send its events here.")
            .Answers(200, 401);
        // Figures that the browser SDK sends about itself; nobody here reads them.
        Post(v1, "m", Replies.Success).ExcludeFromDescription();
        return app;
    }

    private static Receiver Of(HttpContext http) => http.RequestServices.GetRequiredService<Receiver>();

    private static RouteHandlerBuilder Post(RouteGroupBuilder v1, string path, Func<HttpContext, Task> handle)
    {
        v1.MapMethods(path, [HttpMethods.Options], CrossOrigin.Preflight).ExcludeFromDescription();
        // A Delegate, not a RequestDelegate: only those appear in the OpenAPI document.
        return v1.MapPost(path, (Delegate)((HttpContext http) =>
        {
            CrossOrigin.Allow(http);
            return handle(http);
        }));
    }

    private static async Task Settings(HttpContext http, string writeKey, KeyRing ring)
    {
        CrossOrigin.Allow(http);
        http.Response.Headers.CacheControl = "no-cache";
        if (await ring.Find(writeKey, http) is null) await Replies.Unauthorized(http);
        else await http.Response.WriteAsJsonAsync(BrowserSettings.Of(http.Request, writeKey), http.RequestAborted);
    }

    /// <summary>RequestBody has its own limit; the server's would cut the connection of a client that is still sending, before it reads the answer.</summary>
    private sealed class ReadToTheEnd : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => null;
    }
}
