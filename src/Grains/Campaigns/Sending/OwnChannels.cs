using System.Text.Json;
using LStep.Domain.Campaigning;
using LStep.Grains.Campaigns.Channels;
using LStep.Grains.Database;
using Npgsql;

namespace LStep.Grains.Campaigns.Sending;

/// <summary>Tasks and messages of the inbox: rows of our own, written by the commit that says that they were sent.</summary>
internal sealed class OwnChannels
{
    private readonly List<(OutgoingMessage Message, Campaign? Campaign)> tasks = [];
    private readonly List<OutgoingMessage> inbox = [];

    public static bool Has(Channel channel) => channel is Channel.Task or Channel.InApp;

    public void Add(OutgoingMessage message, Campaign? campaign)
    {
        if (message.Channel == Channel.Task) tasks.Add((message, campaign));
        else inbox.Add(message);
    }

    public async Task Write(NpgsqlConnection connection, CancellationToken cancel)
    {
        if (tasks.Count > 0)
        {
            var orders = tasks.ConvertAll(one => Order.Of(one.Campaign));
            await connection.Execute(
                "campaign_tasks_add", cancel, tasks.ConvertAll(one => one.Message.CustomerId),
                tasks.ConvertAll(one => one.Message.ActionId), orders.ConvertAll(order => order.Assignee),
                tasks.ConvertAll(one => one.Message.Content.Subject ?? one.Message.Campaign),
                tasks.ConvertAll(one => one.Message.Content.Text ?? ""), orders.ConvertAll(order => order.Priority),
                Db.Instants(tasks.Select(one => one.Message.At)),
                Db.Instants(
                    tasks.Zip(orders, (one, order) => order.DueIn is { } within ? one.Message.At + within : (DateTimeOffset?)null)));
        }
        if (inbox.Count > 0)
            await connection.Execute(
                "inbox_add", cancel, inbox.ConvertAll(message => message.CustomerId), inbox.ConvertAll(message => message.ActionId),
                Db.Instants(inbox.Select(message => message.At)), inbox.ConvertAll(message => message.Content.Subject ?? ""),
                inbox.ConvertAll(message => message.Content.Text ?? ""),
                Db.Texts(inbox.Select(message => message.Content.Link?.AbsoluteUri)));
    }

    /// <summary>Whose task it is, how urgent and until when, as the campaign's payload says.</summary>
    private sealed record Order(string Assignee, string Priority, TimeSpan? DueIn)
    {
        public static Order Of(Campaign? campaign)
        {
            var payload = JsonElement.Parse(campaign?.Payload ?? "{}");
            return new Order(
                Text(payload, "assignee") ?? "customer_success", Text(payload, "priority") ?? "normal",
                payload.TryGetProperty("due_in_hours", out var hours) && hours.ValueKind == JsonValueKind.Number
                    && hours.TryGetDouble(out var within)
                    ? TimeSpan.FromHours(Math.Clamp(within, 0, 24 * 365)) : null);
        }

        private static string? Text(JsonElement payload, string name) =>
            payload.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }
}
