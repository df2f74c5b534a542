using System.Globalization;
using System.Text.Json;
using LStep.Api.Http;
using LStep.Domain.Campaigning;
using LStep.Grains.Campaigns.Actions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api.Campaigns;

/// <summary>What campaigns have to do, did, and did not do and why.</summary>
public static class ActionsApi
{
    private const string List = "actions";
    private static readonly string[] Statuses = [.. Enum.GetValues<ActionStatus>().Select(ActionRow.NameOf)];

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/actions", Page).WithName("listActions").WithTags("Campaigns")
            .WithSummary("List actions")
            .WithDescription("Newest first. Every action that was not sent carries its reason.")
            .WithMetadata(
                QueryParameter.OneOf("status", Statuses), QueryParameter.Text("campaign"), QueryParameter.Text("customer"),
                QueryParameter.Cursor, QueryParameter.Limit());

        api.MapGet("/actions/{id}", One).WithName("getAction").WithTags("Campaigns").WithSummary("One action")
            .WithDescription("As it stands now, with why it was not sent.");
    }

    private static async Task<Results<Ok<ActionRow>, NotFoundProblem>> One(string id, HttpContext http, ActionReads reads) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var known)
            && await reads.One(known, http.RequestAborted) is { } action
            ? TypedResults.Ok(ActionRow.Of(action)) : new NotFoundProblem("action");

    private static async Task<Results<Ok<Page<ActionRow>>, BadRequestProblem>> Page(HttpContext http, ActionReads reads)
    {
        var query = new QueryReader(http);
        var status = query.OneOf("status", Statuses);
        var filter = new ActionFilter(
            status is null ? null : Enum.GetValues<ActionStatus>().Single(one => ActionRow.NameOf(one) == status),
            query.Text("campaign"), query.Text("customer"));
        var below = query.Cursor(List, 1) is [var last] ? long.Parse(last) : long.MaxValue;
        var limit = query.Limit();
        if (query.Refusal is { } refusal) return refusal;

        var rows = await reads.Page(filter, below, limit + 1, http.RequestAborted);
        return TypedResults.Ok(Cursors.Page(rows, limit, ActionRow.Of, row => query.CursorOf(List, row.Id.ToString())));
    }
}

/// <param name="Step">1 for the first message of a sequence.</param>
/// <param name="TransitionId">The ledger row that it follows from; null for one that follows from a review.</param>
/// <param name="DueAt">When it is looked at next; null once it has come to its end.</param>
/// <param name="Reason">Why it is held, waits for another try, or was not sent; else null.</param>
/// <param name="Tries">How often it was given to its channel.</param>
/// <param name="Key">The idempotency key that its receiver sees, the same in every try.</param>
public sealed record ActionRow(
    long Id, string CustomerId, string Campaign, int Step, string? Variant, string Channel, bool Marketing, long? TransitionId,
    DateTimeOffset ScheduledFor, DateTimeOffset? DueAt, string Status, string? Reason, DateTimeOffset? SentAt, int Tries, Guid Key)
{
    public static ActionRow Of(ActionRecord action) => new(
        action.Id, action.CustomerId, action.Campaign, action.Step, action.Variant, action.Channel.Name(),
        action.Kind == CampaignKind.Marketing, action.TransitionId, action.ScheduledFor, action.DueAt, NameOf(action.Status),
        action.Reason, action.SentAt, action.Tries, action.Key);

    public static string NameOf(ActionStatus status) => JsonNamingPolicy.SnakeCaseLower.ConvertName(status.ToString());
}
