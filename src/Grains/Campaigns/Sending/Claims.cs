using System.Collections.Immutable;
using LStep.Domain;
using LStep.Domain.Campaigning;
using LStep.Grains.Campaigns.Channels;
using LStep.Grains.Campaigns.Templates;
using LStep.Grains.Customers;
using LStep.Grains.Database;
using LStep.Grains.Rules;
using Npgsql;

namespace LStep.Grains.Campaigns.Sending;

/// <summary>
/// Takes what is due, decides each by all that is known at this moment, and commits it: held, suppressed and cancelled ones, tasks and
/// inbox messages with their rows, and what is to be given away as being sent, before it is. A customer's messages are looked at by one
/// process at a time, so that two of them never take the same room under the cap.
/// </summary>
public sealed class Claims(
    PostgresDatabase database, CampaignSource campaigns, RulebookSource rulebook, ChannelSet channels, MessageComposer composer,
    MessageSettings settings)
{
    private static readonly ImmutableArray<Channel> AllChannels = [.. Enum.GetValues<Channel>()];

    /// <summary>
    /// What is to be given away, each looked at as of its own due instant and not later: a simulated clock comes by in leaps. Null when
    /// nothing was due.
    /// </summary>
    internal Task<List<ReadyAction>?> TakeAsDue(string sender, DateTimeOffset upTo, CancellationToken cancel) =>
        Take(sender, upTo, asDue: true, Open(), CampaignLimits.ActionsPerClaimMax, cancel);

    /// <summary>What is to be given away now by one way out; null when nothing was due.</summary>
    /// <param name="channel">Null for all that has its place in our own tables, or nowhere to go.</param>
    /// <param name="now">Of the product's clock.</param>
    internal Task<List<ReadyAction>?> Take(string sender, Channel? channel, DateTimeOffset now, CancellationToken cancel)
    {
        short[] lane = [.. Open().Where(open => channel is null ? !GoesOut((Channel)open) : open == (short)channel)];
        return lane.Length == 0 ? Task.FromResult<List<ReadyAction>?>(null) : Take(
            sender, now, asDue: false, lane, channel is null ? CampaignLimits.ActionsPerClaimMax : CampaignLimits.SendsPerClaimMax, cancel);
    }

    /// <summary>Whether messages by it leave the product.</summary>
    internal bool GoesOut(Channel channel) => !OwnChannels.Has(channel) && channels.Of(channel) is not null;

    private short[] Open() => [.. AllChannels.Where(channel => channels.Of(channel)?.OpenFor is null).Select(channel => (short)channel)];

    private Task<List<ReadyAction>?> Take(
        string sender, DateTimeOffset now, bool asDue, short[] lane, int actionsMax, CancellationToken cancel) =>
        database.TransactionInBackground(async connection =>
        {
            var due = await connection.Rows("campaign_actions_due", ClaimedAction.Read, cancel, now, lane, actionsMax);
            if (due.Count == 0) return null;
            var held = (await connection.Rows(
                "campaign_customers_hold", row => row.GetString(0), cancel,
                (object)due.Select(action => action.CustomerId).Distinct().Order(StringComparer.Ordinal).ToArray()))
                .ToHashSet(StringComparer.Ordinal);
            due.RemoveAll(action => !held.Contains(action.CustomerId));
            if (due.Count == 0) return null; // somebody else is at all of them
            // Of a customer's messages by all ways the most important ones come first: those of other ways may take the room.
            var beside = asDue || !due.Exists(action => action.Kind == CampaignKind.Marketing) ? []
                : (await connection.Rows("campaign_actions_beside", ClaimedAction.Read, cancel, now, Open(), lane, (object)held.ToArray()))
                    .FindAll(action => channels.WhyNot(action.Channel) is null);
            return await Decide(connection, due, beside, [.. held], sender, now, asDue, cancel);
        }, cancel);

    private async Task<List<ReadyAction>?> Decide(
        NpgsqlConnection connection, List<ClaimedAction> due, List<ClaimedAction> beside, string[] ids, string sender,
        DateTimeOffset now, bool asDue, CancellationToken cancel)
    {
        var customers = (await connection.Rows("campaign_customers", StoredCustomer.Read, cancel, ids, CustomerLimits.BytesPerCustomerMax))
            .Where(customer => customer.IsReadable).ToDictionary(customer => customer.Id, StringComparer.Ordinal);
        var sent = (await connection.Rows(
            "campaign_sent_recently", row => (Customer: row.GetString(0), At: row.Instant(1)), cancel, ids,
            (asDue ? due.Min(action => action.DueAt) : now) - SendingLimits.CapWindow))
            .GroupBy(one => one.Customer).ToDictionary(
                one => one.Key, one => one.Select(row => row.At).ToList(), StringComparer.Ordinal);
        var facts = await FactsOfMany.Read(
            connection, due.ConvertAll(action => (action.CustomerId, action.Campaign)), asDue ? due.Min(action => action.DueAt) : now,
            cancel);
        var (set, book) = (campaigns.Current, rulebook.Current);
        var (rows, own, ready, given) = (new DecidedRows(), new OwnChannels(), new List<ReadyAction>(), new int[AllChannels.Length]);
        // In a leap of the clock what is held comes again before what is due later: that waits for the next claim.
        var waiting = new HashSet<string>(StringComparer.Ordinal);
        var others = beside.Select(action => action.Id).ToHashSet();
        foreach (
            var action in due.Concat(beside).OrderBy(action => asDue ? action.DueAt : now).ThenBy(Priority).ThenBy(action => action.DueAt))
        {
            if (asDue && waiting.Contains(action.CustomerId)) continue;
            var at = asDue ? action.DueAt : now;
            if (!customers.TryGetValue(action.CustomerId, out var customer))
            {
                if (others.Contains(action.Id)) continue;
                rows.Ended(action, ActionStatus.Failed, "The customer's row cannot be read.");
                continue;
            }
            var history = sent.GetValueOrDefault(action.CustomerId) ?? (sent[action.CustomerId] = []);
            var zone = LocalTimes.ZoneOf(customer.State.Profile, book.Calendar);
            var verdict = SendCheck.Of(action.Due(set), customer.State, history, settings.Limits, zone, book.Calendar, at, book.Model);
            if (others.Contains(action.Id))
            {
                if (verdict is SendVerdict.Send && IsCounted(action)) history.Add(at);
                continue;
            }
            switch (verdict)
            {
                case SendVerdict.Hold hold:
                    rows.Held(action, hold.Until, hold.Reason);
                    waiting.Add(action.CustomerId);
                    break;
                case SendVerdict.Suppress suppress:
                    rows.Ended(action, ActionStatus.Suppressed, suppress.Reason);
                    break;
                case SendVerdict.Cancel cancelled:
                    rows.Ended(action, ActionStatus.Cancelled, cancelled.Reason);
                    break;
                default:
                    if (channels.WhyNot(action.Channel) is { } why)
                    {
                        rows.Ended(action, ActionStatus.Suppressed, why);
                        break;
                    }
                    // What has its place in our own tables is done with this commit, however much of it there is.
                    if (GoesOut(action.Channel) && given[(int)action.Channel]++ >= CampaignLimits.SendsPerClaimMax)
                    {
                        waiting.Add(action.CustomerId); // stays due
                        break;
                    }
                    var one = new ReadyAction(
                        action, set.Named(action.Campaign), customer.State,
                        facts.For(action.CustomerId, action.Campaign, at, zone), book, at);
                    Send(one, rows, own, ready);
                    if (IsCounted(action)) history.Add(at);
                    break;
            }
        }
        await own.Write(connection, cancel);
        await rows.Write(connection, sender, CampaignLimits.Lease, cancel);
        return ready;
    }

    /// <summary>What has its place in our own tables is sent by this commit.</summary>
    private void Send(ReadyAction one, DecidedRows rows, OwnChannels own, List<ReadyAction> ready)
    {
        if (GoesOut(one.Action.Channel))
        {
            rows.Sending(one.Action, one.At);
            ready.Add(one);
            return;
        }
        try
        {
            if (OwnChannels.Has(one.Action.Channel)) own.Add(composer.Compose(one), one.Campaign);
            rows.Sent(one.Action, one.At);
        }
        catch (TemplateException e)
        {
            rows.Ended(one.Action, ActionStatus.Failed, e.Message);
        }
    }

    /// <summary>By the frequency cap.</summary>
    private static bool IsCounted(ClaimedAction action) =>
        action.Kind == CampaignKind.Marketing && action.Channel is Channel.Email or Channel.Push or Channel.InApp;

    private static int Priority(ClaimedAction action) => action.Tag is { } tag ? CampaignPriority.Of(tag) : int.MaxValue;
}
