using LStep.Domain;
using LStep.Domain.Campaigning;
using LStep.Grains.Customers;
using LStep.Grains.Database;
using LStep.Grains.Rules;
using Npgsql;

namespace LStep.Grains.Campaigns.Planning;

/// <summary>
/// Turns what waits into actions, once: the actions and the mark that they are planned are one commit. What a customer's new tag or an undo
/// makes pointless is cancelled in the same one.
/// </summary>
public sealed class Planner(PostgresDatabase database, CampaignSource campaigns, RulebookSource rulebook, TimeProvider clock)
{
    public Task<List<StatusTag>> Waiting(CancellationToken cancel) => database.InBackground(
        connection => connection.Rows("campaign_tags_waiting", row => StatusTags.Parse(row.GetString(0)), cancel), cancel);

    /// <summary>Answers how many actions were planned; null when nothing waits.</summary>
    public Task<int?> Page(StatusTag tag, CancellationToken cancel) => database.TransactionInBackground<int?>(async connection =>
    {
        var waiting = await connection.Rows(
            "campaign_causes_waiting", WaitingCause.Read, cancel, tag.Code(), CampaignLimits.CausesPerPlanMax);
        return waiting.Count == 0 ? null : await Plan(connection, tag, waiting, cancel);
    }, cancel);

    private async Task<int> Plan(NpgsqlConnection connection, StatusTag tag, List<WaitingCause> waiting, CancellationToken cancel)
    {
        string[] ids = [.. waiting.Select(cause => cause.CustomerId).Distinct()];
        await connection.Execute("campaign_customers_plan", cancel, (object)ids);
        var customers = (await connection.Rows("campaign_customers", StoredCustomer.Read, cancel, ids, CustomerLimits.BytesPerCustomerMax))
            .Where(customer => customer.IsReadable).ToDictionary(customer => customer.Id, StringComparer.Ordinal);
        var started = await StartedCampaigns.Of(connection, ids, cancel);
        var (set, book, now) = (campaigns.Current, rulebook.Current, clock.Now());
        var variants = await GivenVariants.Of(connection, set.Campaigns, ids, cancel);
        var (rows, counts) = (new PlannedRows(), new int[waiting.Count]);
        foreach (var (index, cause) in waiting.Index())
        {
            if (!cause.Starts || !customers.TryGetValue(cause.CustomerId, out var customer)) continue;
            var planned = CampaignMatching.Of(
                set, cause.Cause(tag), customer.State, book.Calendar, now, variants.Of(cause.CustomerId), book.Model);
            foreach (var campaign in planned.GroupBy(action => action.Campaign))
            {
                var isRepeat = started.IsRepeat(set.Named(campaign.Key), cause.CustomerId, cause.DueAt);
                variants.Give(cause.CustomerId, campaign.Key, campaign.First().Variant);
                foreach (var action in campaign) rows.Add(cause, cause.Kind == CauseKind.Transition ? tag : null, action, isRepeat);
            }
            counts[index] = planned.Length;
        }
        var inserted = await rows.Insert(connection, cancel);
        await variants.Store(connection, now, cancel);
        // Of a cause that comes late, too: its tag may be over, or its row taken back, before it is planned.
        await Cancel(connection, customers.Values, cancel);
        await connection.Execute(
            "campaign_causes_planned", cancel, now, set.Version, waiting.ConvertAll(cause => cause.CustomerId),
            waiting.ConvertAll(cause => (short)cause.Kind), waiting.ConvertAll(cause => cause.Number), counts);
        return inserted;
    }

    private static async Task Cancel(NpgsqlConnection connection, IReadOnlyCollection<StoredCustomer> customers, CancellationToken cancel)
    {
        string[] ids = [.. customers.Select(customer => customer.Id)];
        await connection.Execute("campaign_actions_cancel_undone", cancel, (object)ids);
        await connection.Execute(
            "campaign_actions_cancel_moved", cancel, ids, customers.Select(customer => customer.State.Tag.Code()).ToArray());
    }
}
