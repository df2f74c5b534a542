using LStep.Api.Http;
using LStep.Domain.Campaigning;
using LStep.Grains.Campaigns.Channels;
using LStep.Grains.Campaigns.Channels.Sink;
using LStep.Grains.Customers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api.Campaigns;

/// <summary>What sinks kept instead of sending it; empty where no channel has one.</summary>
public static class MailboxApi
{
    private const string List = "mailbox";

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/mailbox", Page).WithName("listMailbox").WithTags("Campaigns")
            .WithSummary("Messages that a sink kept")
            .WithDescription(
                $"Newest first; at most the last {SinkMailbox.MessagesMaxDefault} of the process that answers, gone with it. channels are "
                + "those whose messages are kept instead of sent.")
            .WithMetadata(QueryParameter.Text("customer"), QueryParameter.Cursor, QueryParameter.Limit());

        api.MapGet("/mailbox/{key}", One).WithName("getMailboxMessage").WithTags("Campaigns")
            .WithSummary("A message that a sink kept")
            .WithDescription("As its receiver would see it. html is a page that stands alone and contacts nobody.");
    }

    private static async Task<Results<Ok<MailboxPage>, BadRequestProblem>> Page(
        HttpContext http, SinkMailbox mailbox, ChannelSet channels, CustomerReads customers)
    {
        var query = new QueryReader(http);
        var customer = query.Text("customer");
        var after = query.Cursor(List, 1) is [var key] ? Guid.Parse(key) : (Guid?)null;
        var limit = query.Limit();
        if (query.Refusal is { } refusal) return refusal;

        var kept = mailbox.Messages;
        var known = (await customers.Names([.. kept.Select(message => message.CustomerId).Distinct()], http.RequestAborted))
            .Select(one => one.Id).ToHashSet(StringComparer.Ordinal);
        // Nothing of customers who were erased. Channels work side by side: what was kept first need not have been due first.
        var messages = kept.Where(message => known.Contains(message.CustomerId)).OrderByDescending(message => message.At).AsEnumerable();
        // What the last page ended with may be gone by now, and so is all that was older.
        if (after is { } last) messages = messages.SkipWhile(message => message.Key != last).Skip(1);
        var page = Cursors.Page(
            messages.Where(message => customer is null || message.CustomerId == customer).Take(limit + 1).ToList(), limit, MailboxRow.Of,
            message => query.CursorOf(List, message.Key.ToString()));
        return TypedResults.Ok(new MailboxPage(page.Items, page.Next, [.. channels.Kept.Select(channel => channel.Name())]));
    }

    private static async Task<Results<Ok<MailboxMessage>, NotFoundProblem>> One(
        string key, SinkMailbox mailbox, CustomerReads customers, HttpContext http) =>
        Guid.TryParse(key, out var known) && mailbox.Messages.FirstOrDefault(message => message.Key == known) is { } message
            && await customers.Exists(message.CustomerId, http.RequestAborted)
            ? TypedResults.Ok(new MailboxMessage(
                MailboxRow.Of(message), message.Text, message.Html is null ? null : SinkPreview.Html(message)))
            : new NotFoundProblem("message");
}

/// <param name="Channels">Those whose messages are kept instead of sent.</param>
public sealed record MailboxPage(IReadOnlyList<MailboxRow> Items, string? Next, IReadOnlyList<string> Channels);

/// <param name="Key">The action's key, as receivers see it.</param>
/// <param name="To">Address, number of devices or receiver.</param>
public sealed record MailboxRow(
    Guid Key, long ActionId, string Channel, string CustomerId, string Campaign, int Step, DateTimeOffset At, string To, string Subject)
{
    public static MailboxRow Of(SinkMessage message) => new(
        message.Key, message.ActionId, message.Channel.Name(), message.CustomerId, message.Campaign, message.Step, message.At, message.To,
        message.Subject);
}

/// <param name="Text">Of a webhook its body.</param>
/// <param name="Html">Of a mail.</param>
public sealed record MailboxMessage(MailboxRow Message, string Text, string? Html);
