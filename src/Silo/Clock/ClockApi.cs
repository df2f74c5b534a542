using LStep.Api.Auth;
using LStep.Api.Http;
using LStep.Grains.Database;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LStep.Silo.Clock;

/// <param name="Now">The instant to move the clock to.</param>
public sealed record ClockMove(DateTimeOffset? Now = null);

/// <param name="NextMidnight">The first business midnight after now.</param>
public sealed record ClockReading(DateTimeOffset Now, DateTimeOffset NextMidnight);

/// <summary>The simulated clock over HTTP; mapped only where a process was started with --clock.</summary>
public static class ClockApi
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api").RequireAuthorization(Policies.Admin).WithMetadata(Policies.Responses)
            .WithMetadata(RequestChecks.Response).WithTags("Clock");
        api.MapGet("/clock", (SimulatedClock clock) => TypedResults.Ok(Read(clock))).WithName("getClock")
            .WithSummary("Simulated time")
            .WithDescription("Where the simulated clock stands. Absent where the process lives on the wall clock.");

        api.MapPost("/clock", Move).WithName("moveClock")
            .WithSummary("Move the simulated clock")
            .WithDescription(
                $"Forward only, {SimulatedClock.DaysPerMoveMax} days at once at most; answers after all work that became due up to then is "
                    + "done, in the order of its due time.")
            .WithMetadata(
                new ProblemResponse(400, "required", "bad_json"), new ProblemResponse(422, "clock_backwards", "clock_too_far"));
    }

    private static async Task<Results<Ok<ClockReading>, BadRequestProblem, UnprocessableProblem>> Move(ClockMove body, SimulatedClock clock)
    {
        if (body.Now is not { } instant)
            return new BadRequestProblem(new InputError("$.now", "required", "Send {\"now\": \"2026-01-02T03:04:05Z\"}."));

        if (SimulatedClock.WhyTooFar(clock.Now, instant) is { } reason)
            return new UnprocessableProblem(new InputError("$.now", "clock_too_far", reason));

        // A caller that goes away must not leave the work of a day half done.
        return await clock.MoveTo(instant.ToUniversalTime(), CancellationToken.None)
            ? TypedResults.Ok(Read(clock))
            : new UnprocessableProblem(new InputError(
                "$.now", "clock_backwards", $"The clock stands at {Json.Instant(clock.Now)} and moves forward only."));
    }

    private static ClockReading Read(SimulatedClock clock) => new(clock.Now, clock.NextMidnight);
}
