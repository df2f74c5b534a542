using System.Collections.Immutable;
using System.Data;
using LStep.Domain;
using LStep.Domain.Campaigning;
using LStep.Grains.Campaigns.Planning;
using LStep.Grains.Campaigns.Sending;
using LStep.Grains.Customers;
using LStep.Grains.Database;
using Npgsql;

namespace LStep.Grains.Campaigns.Journeys;

/// <summary>A customer as a journey begins with it, read as of one instant.</summary>
/// <param name="Path">The tags that stand, the newest first.</param>
internal sealed record KnownCustomer(CustomerState State, JourneyPast Past, ImmutableArray<PathRow> Path)
{
    /// <summary>Null where there is no such customer.</summary>
    /// <exception cref="UnreadableCustomerException">Its row cannot be read.</exception>
    public static async Task<KnownCustomer?> Read(NpgsqlConnection connection, string id, DateTimeOffset now, CancellationToken cancel)
    {
        string[] ids = [id];
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        var found = await connection.Rows("campaign_customers", StoredCustomer.Read, cancel, ids, CustomerLimits.BytesPerCustomerMax);
        if (found is not [{ State: var state }]) return null;
        var had = await connection.Rows("campaign_tags_had", row => StatusTags.Parse(row.GetString(1)), cancel, (object)ids);
        var started = await connection.Rows("campaign_started", row => (row.GetString(1), row.Instant(2)), cancel, (object)ids);
        var sent = await connection.Rows("campaign_sent_recently", row => row.Instant(1), cancel, ids, now - SendingLimits.CapWindow);
        var waiting = await connection.Rows("journey_actions", Action, cancel, id, Journey.ItemsMax);
        var causes = await connection.Rows(
            "journey_causes", row => (Cause: WaitingCause.Read(row), Tag: StatusTags.Parse(row.GetString(10))), cancel, id);
        var facts = await FactsOfMany.Read(connection, [(id, "")], now, cancel);
        var past = new JourneyPast(
            [.. had], started.ToImmutableDictionary(one => one.Item1, one => one.Item2), [.. sent], [.. waiting],
            [.. causes.Where(one => one.Cause.Starts).Select(one => (one.Cause.Cause(one.Tag), one.Cause.At))]);
        return new KnownCustomer(state, past, facts.PathOf(id));
    }

    private static JourneyAction Action(NpgsqlDataReader row) => new(
        (CauseKind)row.GetInt16(0), row.GetInt32(1), row.GetString(2), row.GetInt16(3), row.TextOrNull(4), (Channel)row.GetInt16(5),
        (CampaignKind)row.GetInt16(6), row.TextOrNull(7) is { } tag ? StatusTags.Parse(tag) : null, row.Instant(8), row.Instant(9),
        row.Instant(10), row.Instant(11), row.GetBoolean(12));
}
