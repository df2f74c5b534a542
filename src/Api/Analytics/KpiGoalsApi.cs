using LStep.Api.Auth;
using LStep.Api.Http;
using LStep.Grains.Analytics;
using LStep.Domain.Analysing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api.Analytics;

/// <summary>What goals are set for.</summary>
public static class KpiGoalsApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPut("/analytics/kpis/{name}", Set).RequireAuthorization(Policies.Admin).WithName("setKpiGoal").WithTags("Analytics")
            .WithSummary("Set the goal and baseline of a KPI")
            .WithDescription(
                "In the unit of the figure. What is left out is the default again: the goal of the contract, and the baseline of the "
                + "installation's first 28 days. The audit log says who set it.")
            .WithMetadata(new ProblemResponse(StatusCodes.Status422UnprocessableEntity, "bad_value"));

    private static async Task<Results<Ok<KpiGoal>, NotFoundProblem, UnprocessableProblem>> Set(
        string name, NewKpiGoal body, KpiGoals goals, HttpContext http)
    {
        if (KpiKinds.Named(name) is not { } kind) return new NotFoundProblem("KPI");
        var wrong = new[] { WhyNot("$.goal", body.Goal, kind), WhyNot("$.baseline", body.Baseline, kind) }.OfType<InputError>().ToArray();
        if (wrong.Length > 0) return new UnprocessableProblem(wrong);
        var person = http.Caller().Key.Person;
        var at = await goals.Set(kind, new KpiSetting(body.Goal, body.Baseline), person, http.RequestAborted);
        return TypedResults.Ok(new KpiGoal(name, body.Goal, body.Baseline, at, person.Name));
    }

    private static InputError? WhyNot(string path, double? value, KpiKind kind)
    {
        var most = kind.Unit().Most();
        return value is null || (value >= 0 && value <= most) ? null
            : new InputError(path, "bad_value", $"{path[2..]} is a number from 0 to {most:0}.");
    }
}
