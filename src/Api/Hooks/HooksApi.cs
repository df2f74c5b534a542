using System.Text.Json.Nodes;
using LStep.Api.Http;
using LStep.Api.Ingest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace LStep.Api.Hooks;

/// <summary>Where other platforms send their webhooks.</summary>
public static class HooksApi
{
    private static readonly QueryParameter Token = new("token", new OpenApiSchema { Type = JsonSchemaType.String });

    private static readonly JsonObject Example = new()
    {
        ["id"] = "evt_1", ["type"] = "charge.succeeded",
        ["data"] = new JsonObject
        {
            ["object"] = new JsonObject
            {
                ["amount"] = 4900, ["currency"] = "eur", ["created"] = 1773136800,
                ["billing_details"] = new JsonObject { ["email"] = "ada@example.org" },
            },
        },
    };

    /// <summary>Needs the ingest and the grains.</summary>
    /// <param name="wallClock">Real time, also under a simulated clock.</param>
    public static IServiceCollection AddHooks(this IServiceCollection services, HookSources sources, TimeProvider wallClock) => services
        .AddSingleton(sources).AddSingleton<HookIntake>()
        .AddSingleton(provider => ActivatorUtilities.CreateInstance<HookReceiver>(provider, wallClock));

    public static IEndpointRouteBuilder MapHooks(this IEndpointRouteBuilder app)
    {
        app.MapPost("/v1/hooks/{source}", (HttpContext http, string source, HookReceiver receiver) => receiver.Receive(http, source))
            .AllowAnonymous().WithName("takeHook").WithTags("Ingest")
            .WithMetadata(
                new OperationBody(typeof(JsonObject), Example), Token, new IngestApi.ReadToTheEnd(), UnavailableProblem.Anywhere,
                new ProblemResponse(
                    StatusCodes.Status400BadRequest, "malformed", "body_too_large", "unknown_encoding", "too_many_events"))
            .WithSummary("An event of another platform, or a list of them")
            .WithDescription(
                "Proved by the platform's own signature. A mapping file says how it signs and which messages its events become "
                + "(docs/webhooks-in.md). At most 1,000 events and 4 MB. Answered after the commit; what cannot be mapped or is refused is "
                + "kept among the rejected events, and the answer is 200 all the same: sent again it would fail again.");
        return app;
    }
}
