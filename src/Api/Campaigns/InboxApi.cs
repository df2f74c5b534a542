using LStep.Api.Http;
using LStep.Grains.Campaigns.Inbox;
using LStep.Grains.Customers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api.Campaigns;

/// <summary>What a customer finds within the platform.</summary>
public static class InboxApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/customers/{id}/inbox", Page).WithName("listInbox").WithTags("Campaigns")
            .WithSummary("A customer's inbox").WithDescription("In-app messages, newest first.")
            .WithMetadata(QueryParameter.Cursor, QueryParameter.Limit());

    private static async Task<Results<Ok<Page<InboxRow>>, BadRequestProblem, NotFoundProblem>> Page(
        string id, HttpContext http, InboxReads inbox, CustomerReads customers)
    {
        var query = new QueryReader(http);
        var list = "inbox of " + id;
        var below = query.Cursor(list, 1) is [var last] ? long.Parse(last) : long.MaxValue;
        var limit = query.Limit();
        if (query.Refusal is { } refusal) return refusal;

        var rows = await inbox.Page(id, below, limit + 1, http.RequestAborted);
        if (!await customers.Exists(id, http.RequestAborted)) return new NotFoundProblem("customer");
        return TypedResults.Ok(Cursors.Page(rows, limit, InboxRow.Of, row => query.CursorOf(list, row.Id.ToString())));
    }
}

/// <param name="ActionId">The action that it came by.</param>
/// <param name="Link">Where a click leads.</param>
public sealed record InboxRow(long Id, long ActionId, DateTimeOffset At, string Title, string Body, string? Link, DateTimeOffset? ReadAt)
{
    public static InboxRow Of(InboxMessage message) =>
        new(message.Id, message.ActionId, message.At, message.Title, message.Body, message.Link, message.ReadAt);
}
