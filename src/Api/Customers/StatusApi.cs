using LStep.Api.Auth;
using LStep.Api.Http;
using LStep.Grains.Customers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Orleans;

namespace LStep.Api.Customers;

/// <summary>What people set and say of one customer.</summary>
public static class StatusApi
{
    private const int ReasonCharsMax = 1_000;
    private const int NoteCharsMax = 8_000;

    public static void Map(IEndpointRouteBuilder api)
    {
        api = api.MapGroup("").RequireAuthorization(Policies.Success);
        api.MapPut("/customers/{id}/status", Override).WithName("overrideStatus").WithTags("Customers")
            .WithSummary("Set the tag by hand")
            .WithDescription(
                "Automation leaves the tag alone for 7 days, ST_006 excepted, and longer where a lock says so. The tag that the customer "
                + "has already changes nothing but the lock; without lockedUntil a lock ends.");
        api.MapPost("/customers/{id}/notes", Note).WithName("addNote").WithTags("Customers")
            .WithSummary("Note something about a customer").WithDescription("It stands in the timeline, with the author's name.");
    }

    private static async Task<Results<Ok<Customer>, NotFoundProblem, ConflictProblem, UnprocessableProblem>> Override(
        string id, StatusChange body, IGrainFactory grains, CustomerAnswers customers, HttpContext http)
    {
        if (TextField.WhyNot("$.reason", body.Reason, ReasonCharsMax, required: true) is { } wrong) return new UnprocessableProblem(wrong);
        if (body.Tag is not { } tag)
            return new UnprocessableProblem(new InputError("$.tag", "required", "A tag is needed, such as ST_001."));
        var act = new OverrideTag(http.Caller().Key.Person, tag, body.Reason, body.LockedUntil);
        switch ((await grains.GetGrain<ICustomerGrain>(id).Act(act)).Refusal)
        {
            case ActRefusal.Unknown:
                return new NotFoundProblem("customer");
            case ActRefusal.StatusTagsDisabled:
                return ConflictProblem.StatusTagsDisabled;
            case ActRefusal.LockInThePast:
                return new UnprocessableProblem(new InputError("$.lockedUntil", "in_the_past", "The lock would have ended already."));
        }
        return await customers.Now(id, http.RequestAborted) is { } customer
            ? TypedResults.Ok(customer)
            : new NotFoundProblem("customer");
    }

    private static async Task<Results<Created<Note>, NotFoundProblem, UnprocessableProblem>> Note(
        string id, NewNote body, CustomerNotes notes, TimeProvider clock, HttpContext http)
    {
        if (TextField.WhyNot("$.text", body.Text, NoteCharsMax, required: true) is { } wrong) return new UnprocessableProblem(wrong);
        return await notes.Add(id, body.Text, http.Caller().Key.Person, clock.GetUtcNow(), http.RequestAborted) is { } note
            ? TypedResults.Created((string?)null, Customers.Note.Of(note))
            : new NotFoundProblem("customer");
    }
}

/// <param name="Tag">Needed.</param>
/// <param name="Reason">Needed: it stands in the ledger.</param>
/// <param name="LockedUntil">Until then automation leaves the tag alone.</param>
public sealed record StatusChange(StatusTag? Tag, string Reason, DateTimeOffset? LockedUntil = null);

public sealed record NewNote(string Text);

public sealed record Note(long Id, DateTimeOffset At, string Author, string Text)
{
    public static Note Of(CustomerNote note) => new(note.Id, note.At, note.Author, note.Text);
}
