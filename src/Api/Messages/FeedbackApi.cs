using LStep.Api.Auth;
using LStep.Api.Http;
using LStep.Api.Ingest;
using LStep.Domain.Campaigning;
using LStep.Grains.Ingest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api.Messages;

/// <summary>Where providers and platforms tell what became of messages.</summary>
public static class FeedbackApi
{
    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/v1/feedback/{channel}", Take)
        .RequireAuthorization(Policies.Ingest).WithName("takeFeedback").WithTags("Ingest")
        .WithMetadata(
            new OperationBody(typeof(FeedbackBatch), FeedbackBatch.Example), new IngestApi.ReadToTheEnd(), UnavailableProblem.Anywhere,
            new ProblemResponse(
                StatusCodes.Status400BadRequest, "malformed", "body_too_large", "unknown_encoding", "too_many_events", "unknown_channel"),
            new ProblemResponse(StatusCodes.Status401Unauthorized, WriteKeyHandler.Refusal.Code))
        .WithSummary("What became of messages: delivered, opened, clicked, bounced, complained, unsubscribed, converted")
        .WithDescription(
            "One event, an array, or {events}; also notifications of Amazon SES by SNS and of SendGrid's event webhook. At most 1,000 "
            + "events and 4 MB decompressed. Refused events are listed and do not hold up the others. Answered after the commit.");

    private static async Task<Results<Recorded, BadRequestProblem, RateLimited>> Take(
        HttpContext http, string channel, KeyedRequests requests, FeedbackIntake intake)
    {
        if (Channels.Named(channel) is not { } named)
            return new BadRequestProblem(
                "unknown_channel", $"The channel has to be one of {string.Join(", ", Channels.All.Select(one => one.Name()))}.");
        try
        {
            return await requests.Read(http, (key, body) =>
            {
                var items = FeedbackBody.Read(body);
                return requests.Admit<Results<Recorded, BadRequestProblem, RateLimited>>(
                    key, items.Length, seconds => new RateLimited(seconds), async () =>
                    {
                        var outcomes = await intake.Take(items, named, key.Id);
                        return Array.Exists(outcomes, outcome => outcome.IsListed) ? Recorded.Partly(outcomes) : Recorded.Everything;
                    });
            });
        }
        catch (MalformedBodyException trouble)
        {
            return new BadRequestProblem(trouble.Code, trouble.Message);
        }
    }
}
