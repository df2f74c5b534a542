using System.Globalization;
using LStep.Api.Auth;
using LStep.Api.Http;
using LStep.Api.Reviews;
using LStep.Grains.Campaigns.Actions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api.Campaigns;

using Acted = Results<Ok<ActionRow>, NotFoundProblem, ConflictProblem, UnprocessableProblem>;

/// <summary>What people do with actions.</summary>
public static class ActionActsApi
{
    private const int NoteCharsMax = 2_000;

    public static void Map(IEndpointRouteBuilder api)
    {
        api = api.MapGroup("").RequireAuthorization(Policies.Admin);
        api.MapPost("/actions/{id}/cancel", Cancel).WithName("cancelAction").WithTags("Campaigns")
            .WithSummary("Cancel an action")
            .WithDescription("It is not sent. Only what is scheduled or held can be cancelled; 409 says how the action stands.");
        api.MapPost("/actions/{id}/replay", Replay).WithName("replayAction").WithTags("Campaigns")
            .WithSummary("Send an action again")
            .WithDescription(
                "It is due again now, under the same key, and every check is made again. Only for what failed, is uncertain, or was "
                + "suppressed because its channel was not set up; 409 says how the action stands.");
    }

    private static Task<Acted> Cancel(string id, NoteBody? body, ActionActs acts, HttpContext http) => Act(
        id, body?.Note, (action, note) => acts.Cancel(action, note, http.Caller().Key.Person, http.RequestAborted), "not_pending",
        "Only what is scheduled or held can be cancelled.");

    private static Task<Acted> Replay(string id, NoteBody? body, ActionActs acts, HttpContext http) => Act(
        id, body?.Note, (action, note) => acts.Replay(action, note, http.Caller().Key.Person, http.RequestAborted), "not_replayable",
        "Only what failed, is uncertain or had no channel can be sent again.");

    private static async Task<Acted> Act(
        string id, string? note, Func<long, string?, Task<ActedOn>> act, string code, string rule)
    {
        if (TextField.WhyNot("$.note", note, NoteCharsMax) is { } wrong) return new UnprocessableProblem(wrong);
        if (!long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var known)) return new NotFoundProblem("action");
        return await act(known, note) switch
        {
            { Action: null } => new NotFoundProblem("action"),
            { Done: true, Action: var action } => TypedResults.Ok(ActionRow.Of(action)),
            { Action: var action } => new ConflictProblem(code, $"{Standing(action)} {rule}"),
        };
    }

    private static string Standing(ActionRecord action) =>
        $"The action is {ActionRow.NameOf(action.Status)}{(action.Reason is { } reason ? $" ({reason.TrimEnd('.')})" : "")}.";
}
