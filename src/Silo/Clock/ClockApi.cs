using LStep.Api;
using LStep.Api.Auth;
using LStep.Grains;
using LStep.Grains.Database;
using LStep.Grains.People;

namespace LStep.Silo.Clock;

/// <param name="Now">The instant to move the clock to.</param>
public sealed record ClockMove(DateTimeOffset? Now);

/// <param name="NextMidnight">The first business midnight after now.</param>
public sealed record ClockReading(DateTimeOffset Now, DateTimeOffset NextMidnight);

/// <summary>The simulated clock over HTTP; mapped only where a process was started with --clock.</summary>
public static class ClockApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/api/clock", (SimulatedClock clock) => Results.Ok(Read(clock))).Needs(Role.Admin).Tagged("Clock")
            .Told("Simulated time", "Where the simulated clock stands. Absent where the process lives on the wall clock.")
            .Answers<ClockReading>(200, 401, 403);

        api.MapPost("/api/clock", Move).Needs(Role.Admin).Tagged("Clock")
            .Told("Move the simulated clock", "Forward only; answers after all work that became due up to then is done, in the order of its due time.")
            .Answers<ClockReading>(200, 400, 401, 403, 422);
    }

    private static async Task<IResult> Move(ClockMove body, SimulatedClock clock)
    {
        if (body.Now is not { } instant)
            return Problems.BadRequest(new InputError("$.now", "required", "Send {\"now\": \"2026-01-02T03:04:05Z\"}."));

        // A caller that goes away must not leave the work of a day half done.
        return await clock.MoveTo(instant.ToUniversalTime(), CancellationToken.None)
            ? Results.Ok(Read(clock))
            : Problems.Unprocessable(new InputError("$.now", "clock_backwards", $"The clock stands at {Json.Instant(clock.Now)} and moves forward only."));
    }

    private static ClockReading Read(SimulatedClock clock) => new(clock.Now, clock.NextMidnight);
}
