using LStep.Api.Auth;
using LStep.Api.Http;
using LStep.Grains.Customers;
using LStep.Grains.Reviews;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Orleans;

namespace LStep.Api.Reviews;

using Decided = Results<Ok<ReviewRow>, NotFoundProblem, ConflictProblem, UnprocessableProblem>;

/// <summary>What people do with reviews.</summary>
public static class ReviewActsApi
{
    private const int ReviewsPerRequestMax = 500;
    private const int AtOnce = 16;
    private const int NoteCharsMax = 2_000;
    private const int AssigneeCharsMax = 256;
    private static readonly string[] Decisions = ["approve", "reject"];

    public static void Map(IEndpointRouteBuilder api)
    {
        api = api.MapGroup("").RequireAuthorization(Policies.Success);
        api.MapPost("/reviews/{id}/approve", Approve).WithName("approveReview").WithTags("Reviews")
            .WithSummary("Approve a review")
            .WithDescription(
                "Applies the recommendation, if it still holds. 409 says what became of the review when it does not wait any more.");
        api.MapPost("/reviews/{id}/reject", Reject).WithName("rejectReview").WithTags("Reviews")
            .WithSummary("Reject a review").WithDescription("The same move stays away for 14 days, by any rule.");
        api.MapPost("/reviews/bulk", Bulk).WithName("decideReviews").WithTags("Reviews")
            .WithSummary("Decide several reviews")
            .WithDescription("Each for itself: one that has been decided already does not hold up the others, and is named with a code.");
        api.MapPatch("/reviews/{id}", Annotate).WithName("annotateReview").WithTags("Reviews")
            .WithSummary("Assign a review, or note something")
                .WithDescription("A field that is not given stays as it is; an empty text takes it away.");
    }

    private static Task<Decided> Approve(string id, NoteBody? body, ReviewReads reads, IGrainFactory grains, HttpContext http) =>
        Decide(id, approve: true, body?.Note, reads, grains, http);

    private static Task<Decided> Reject(string id, NoteBody? body, ReviewReads reads, IGrainFactory grains, HttpContext http) =>
        Decide(id, approve: false, body?.Note, reads, grains, http);

    private static async Task<Decided> Decide(
        string id, bool approve, string? note, ReviewReads reads, IGrainFactory grains, HttpContext http)
    {
        if (TextField.WhyNot("$.note", note, NoteCharsMax) is { } wrong) return new UnprocessableProblem(wrong);
        if (await Find(id, reads, http) is not { } review) return new NotFoundProblem("review");
        var refusal = await Act(review, approve, note, grains, http);
        if (refusal == ActRefusal.StatusTagsDisabled) return ConflictProblem.StatusTagsDisabled;
        var now = (await reads.One(review.Id, http.RequestAborted))!;
        return refusal == ActRefusal.None ? TypedResults.Ok(ReviewRow.Of(now)) : new ConflictProblem("review_closed", Closed(now));
    }

    private static async Task<ActRefusal> Act(ReviewRecord review, bool approve, string? note, IGrainFactory grains, HttpContext http)
    {
        var by = http.Caller().Key.Person;
        var result = await grains.GetGrain<ICustomerGrain>(review.CustomerId).Act(
            approve ? new ApproveReview(by, review.Id, note) : new RejectReview(by, review.Id, note));
        return result.Refusal;
    }

    private static string Closed(ReviewRecord review) => review switch
    {
        { DecidedBy: { } by } => $"{by} has {review.Status} it at {review.DecidedAt:u}.",
        { DecidedAt: { } at } => $"It was {review.Status} at {at:u}: {review.CloseReason}.",
        _ => "It is not open any more.",
    };

    private static async Task<Results<Ok<BulkResult>, UnprocessableProblem>> Bulk(
        BulkDecision body, ReviewReads reads, IGrainFactory grains, HttpContext http)
    {
        if (!Decisions.Contains(body.Decision))
            return new UnprocessableProblem(new InputError("$.decision", "bad_value", "decision is approve or reject."));
        if (body.Ids is not { Count: > 0 and <= ReviewsPerRequestMax })
            return new UnprocessableProblem(new InputError("$.ids", "bad_value", $"ids are 1 to {ReviewsPerRequestMax} reviews."));
        if (TextField.WhyNot("$.note", body.Note, NoteCharsMax) is { } wrong) return new UnprocessableProblem(wrong);

        var ids = body.Ids.Distinct().ToArray();
        var items = new BulkItem[ids.Length];
        await Parallel.ForAsync(
            0, ids.Length, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = http.RequestAborted },
            async (at, _) => items[at] = await One(ids[at], body, reads, grains, http));
        return TypedResults.Ok(new BulkResult(items));
    }

    private static async Task<BulkItem> One(Guid id, BulkDecision body, ReviewReads reads, IGrainFactory grains, HttpContext http)
    {
        if (await reads.One(id, http.RequestAborted) is not { } review) return new BulkItem(id, null, "not_found");
        var refusal = await Act(review, body.Decision == "approve", body.Note, grains, http);
        var status = (await reads.One(id, http.RequestAborted))?.Status;
        return new BulkItem(id, status, refusal == ActRefusal.None ? null : SnakeCase.Of(refusal));
    }

    private static async Task<Results<Ok<ReviewRow>, NotFoundProblem, UnprocessableProblem>> Annotate(
        string id, ReviewPatch body, ReviewNotes notes, ReviewReads reads, HttpContext http)
    {
        var wrong = new[]
        {
            TextField.WhyNot("$.assignee", body.Assignee, AssigneeCharsMax), TextField.WhyNot("$.note", body.Note, NoteCharsMax),
        };
        if (wrong.OfType<InputError>().ToArray() is { Length: > 0 } errors) return new UnprocessableProblem(errors);
        if (!Guid.TryParse(id, out var known)
            || !await notes.Change(
                known, before => new ReviewNote(Changed(body.Assignee, before.Assignee), Changed(body.Note, before.Note)),
                http.Caller().Key.Person, http.RequestAborted))
            return new NotFoundProblem("review");
        return TypedResults.Ok(ReviewRow.Of((await reads.One(known, http.RequestAborted))!));
    }

    private static string? Changed(string? given, string? before) => given switch { null => before, "" => null, _ => given };

    private static async Task<ReviewRecord?> Find(string id, ReviewReads reads, HttpContext http) =>
        Guid.TryParse(id, out var known) ? await reads.One(known, http.RequestAborted) : null;
}
