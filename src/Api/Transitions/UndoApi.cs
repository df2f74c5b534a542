using LStep.Api.Auth;
using LStep.Api.Http;
using LStep.Grains;
using LStep.Grains.Campaigns.Actions;
using LStep.Grains.Evaluations;
using LStep.Grains.Rules;
using LStep.Grains.Transitions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Orleans;

namespace LStep.Api.Transitions;

using Undone = Results<Ok<UndoOutcome>, NotFoundProblem, ConflictProblem, UnavailableProblem, UnprocessableProblem>;

/// <summary>Takes transitions back: one, those of a batch, or those of a rule set version.</summary>
public static class UndoApi
{
    private const int NoteCharsMax = 1_000;

    /// <summary>What the decision after the undo may have written on top of it, and more.</summary>
    private const int RowsReadMax = 20;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/transitions/{id}/undo", One).RequireAuthorization(Policies.Success)
            .WithName("undoTransition").WithTags("Transitions")
            .WithSummary("Undo a customer's latest transition")
            .WithDescription(
                "Tag and tagSince are what they were before; the same move stays away for 14 days. Answers the new ledger row, and what "
                + "had been sent already and cannot be called back.");
        api.MapPost("/undo", Several).RequireAuthorization(Policies.Admin).WithName("undoTransitions").WithTags("Transitions")
            .WithSummary("Undo a batch, or a rule set version since an instant")
            .WithDescription(
                "With preview nothing is changed. Customers that have moved on since are left alone and listed, or taken back step by step "
                + "with cascade. Asked again after it was cut off, it goes on.");
        api.MapPost("/evaluations/{batchId}/undo", Batch).RequireAuthorization(Policies.Admin)
            .WithName("undoEvaluation").WithTags("Evaluations")
            .WithSummary("Undo a batch").WithDescription("As POST /api/undo with the batch's id.");
    }

    private static async Task<Results<Ok<UndoneTransition>, NotFoundProblem, ConflictProblem, UnprocessableProblem>> One(
        string id, UndoNote? body, LedgerReads ledger, ActionReads actions, IGrainFactory grains, HttpContext http)
    {
        if (TextField.WhyNot("$.note", body?.Note, NoteCharsMax) is { } wrong) return new UnprocessableProblem(wrong);
        if (!long.TryParse(id, out var known) || await ledger.One(known, http.RequestAborted) is not { Transition: var row })
            return new NotFoundProblem("transition");
        var act = new UndoTransitions(http.Caller().Key.Person, [row.Number], Cascade: false, body?.Note);
        var result = await grains.GetGrain<ICustomerGrain>(row.CustomerId).Act(act);
        switch (result.Refusal)
        {
            case ActRefusal.Unknown:
                return new NotFoundProblem("transition");
            case ActRefusal.NotLatest:
                return new ConflictProblem("not_latest", $"The customer has moved on: row {result.MovedOn} of its ledger came later.");
            case ActRefusal.AlreadyUndone:
                return new ConflictProblem("already_undone", "It was taken back before.");
            case ActRefusal.NotUndoable:
                return new ConflictProblem("not_undoable", "A first assignment and an undo cannot be taken back.");
            case ActRefusal.StatusTagsDisabled:
                return ConflictProblem.StatusTagsDisabled;
        }
        var rows = await ledger.OfCustomer(row.CustomerId, RowsReadMax, http.RequestAborted);
        var sent = await actions.Sent([row.CustomerId], [row.Number], UndoOutcome.SentListedMax, http.RequestAborted);
        return TypedResults.Ok(UndoneTransition.Of(
            rows.First(one => one.Transition.Number == result.Rows[^1]), [.. sent.Select(SentMessage.Of)]));
    }

    private static async Task<Undone> Several(
        UndoRequest body, Undoing undoing, BatchReads batches, RuleSetReads ruleSets, ActionReads actions, RulebookSource rulebook,
        HttpContext http)
    {
        if ((body.Batch is null) == (body.RuleSetVersion is null))
            return new UnprocessableProblem(new InputError("$", "bad_value", "Either batch or ruleSetVersion says what is undone."));
        if (TextField.WhyNot("$.note", body.Note, NoteCharsMax) is { } wrong) return new UnprocessableProblem(wrong);
        if (body.Batch is { } batch)
        {
            if (batch.Contains('\0') || await batches.One(batch, http.RequestAborted) is null) return new NotFoundProblem("batch");
            return await Run(new UndoScope.OfBatch(batch), body, undoing, actions, rulebook, http);
        }
        if (await ruleSets.Version(body.RuleSetVersion!.Value, http.RequestAborted) is null) return new NotFoundProblem("rule set version");
        var scope = new UndoScope.OfVersion(body.RuleSetVersion.Value, body.Since ?? DateTimeOffset.UnixEpoch);
        return await Run(scope, body, undoing, actions, rulebook, http);
    }

    private static Task<Undone> Batch(
        string batchId, UndoOptions? body, Undoing undoing, BatchReads batches, RuleSetReads ruleSets, ActionReads actions,
        RulebookSource rulebook, HttpContext http)
    {
        body ??= new UndoOptions();
        return Several(
            new UndoRequest(batchId, Preview: body.Preview, Cascade: body.Cascade, Note: body.Note), undoing, batches, ruleSets, actions,
            rulebook, http);
    }

    private static async Task<Undone> Run(
        UndoScope scope, UndoRequest body, Undoing undoing, ActionReads actions, RulebookSource rulebook, HttpContext http)
    {
        if (!body.Preview && !rulebook.Current.Policy.Enabled) return ConflictProblem.StatusTagsDisabled;
        var sent = new List<SentMessage>();
        var result = body.Preview
            ? await undoing.Preview(scope, body.Cascade, Taken, http.RequestAborted)
            : await undoing.Run(scope, body.Cascade, body.Note, http.Caller().Key.Person, Taken, http.RequestAborted);
        return result is null
            ? new UnavailableProblem(TransientFailure.Overloaded, "Another undo of many customers is at work. Try again when it is over.")
            : TypedResults.Ok(UndoOutcome.Of(result, sent));

        async Task Taken(string[] customers, int[] numbers)
        {
            if (sent.Count < UndoOutcome.SentListedMax)
                sent.AddRange((await actions.Sent(customers, numbers, UndoOutcome.SentListedMax - sent.Count, http.RequestAborted))
                    .Select(SentMessage.Of));
        }
    }
}
