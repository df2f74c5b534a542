using LStep.Domain;
using LStep.Domain.Campaigning;
using LStep.Domain.Valuing;
using LStep.Grains.Database;
using Npgsql;

namespace LStep.Grains.Analytics.Value;

/// <summary>
/// Counts what is paid within 90 days of the starts of campaigns, once these are over: a business day of a campaign in a transaction, with
/// the sums of the day made again from its customers.
/// </summary>
internal sealed class CampaignPayments
{
    // Campaigns whose next start has a step that began later: they are looked at again on another day.
    private readonly Dictionary<string, DateOnly> notBefore = new(StringComparer.Ordinal);

    /// <summary>Counts the next day of each campaign; false when there is nothing to count.</summary>
    public async Task<bool> Page(
        PostgresDatabase database, BusinessCalendar calendar, DateOnly today, DateTimeOffset now, CancellationToken cancel)
    {
        var over = calendar.StartOf(today.AddDays(-PaymentEffect.WithinDays));
        var waiting = (await database.InBackground(
                connection => connection.Rows(
                    "value_campaigns_where", row => (Campaign: row.GetString(0), First: row.Instant(1)), cancel, calendar.Zone.Id, over),
                cancel))
            .Where(one => !notBefore.TryGetValue(one.Campaign, out var day) || day <= today).ToList();
        foreach (var (campaign, first) in waiting)
        {
            var day = calendar.DayOf(first);
            var isDone = await database.TransactionInBackground(
                connection => Day(connection, campaign, day, calendar, now, cancel), cancel);
            if (!isDone) notBefore[campaign] = today.AddDays(1);
        }
        return await database.TransactionInBackground(connection => Again(connection, cancel), cancel) | waiting.Count > 0;
    }

    private static async Task<bool> Day(
        NpgsqlConnection connection, string campaign, DateOnly day, BusinessCalendar calendar, DateTimeOffset now, CancellationToken cancel)
    {
        // Whoever is erased meanwhile is taken off by the erasure, which waits for this.
        await connection.Execute("analytics_gate", cancel);
        if (!await connection.Value<bool>("value_campaign_claim", cancel, campaign)) return true;
        string[] beforeDraw = [.. SuppressionReasons.BeforeDraw];
        var isDone = await connection.Value<bool>(
            "value_campaign_day", cancel, campaign, day, calendar.StartOf(day), calendar.StartOf(day.AddDays(1)), Db.Instant(now),
            beforeDraw);
        if (isDone) await connection.Execute("value_campaign_sums", cancel, campaign, day);
        return isDone;
    }

    private static async Task<bool> Again(NpgsqlConnection connection, CancellationToken cancel)
    {
        var days = await connection.Rows(
            "value_changes_take", row => (Campaign: row.GetString(0), Day: row.GetFieldValue<DateOnly>(1)), cancel,
            ValueLimits.ChangesPerPageMax);
        foreach (var (campaign, day) in days.Distinct().OrderBy(one => one))
        {
            await connection.Value<bool>("value_campaign_hold", cancel, campaign);
            await connection.Execute("value_campaign_sums", cancel, campaign, day);
        }
        return days.Count > 0;
    }
}
