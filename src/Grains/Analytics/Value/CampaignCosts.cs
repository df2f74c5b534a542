using LStep.Domain.Campaigning;
using LStep.Grains.Database;
using LStep.Grains.People;
using Npgsql;

namespace LStep.Grains.Analytics.Value;

/// <summary>What one send costs, by channel, and what a campaign gives away with each of its sends.</summary>
public sealed record SendCosts(IReadOnlyDictionary<string, decimal> Channels, IReadOnlyDictionary<string, decimal> Campaigns)
{
    /// <param name="sent">By the number of the channel.</param>
    public decimal Of(string campaign, IReadOnlyList<long> sent)
    {
        var (sum, messages) = (0m, 0L);
        for (var channel = 0; channel < sent.Count; channel++)
        {
            messages += sent[channel];
            sum += sent[channel] * Channels.GetValueOrDefault(((Channel)channel).Name());
        }
        return sum + (messages * Campaigns.GetValueOrDefault(campaign));
    }
}

/// <summary>Costs that people set.</summary>
public sealed class CampaignCosts(PostgresDatabase database)
{
    public Task<SendCosts> Read(CancellationToken cancel) => database.People.Use(connection => Read(connection, cancel), cancel);

    /// <summary>Sets all of them, with who did it beside it.</summary>
    public Task<SendCosts> Set(SendCosts costs, Person by, CancellationToken cancel) => database.Transaction(
        async connection =>
        {
            await connection.Execute("campaign_costs_gate", cancel);
            var before = await Read(connection, cancel);
            var rows = costs.Channels.Select(one => (Kind: "channel", one.Key, one.Value))
                .Concat(costs.Campaigns.Select(one => (Kind: "campaign", one.Key, one.Value))).ToList();
            await connection.Execute(
                "campaign_costs_set", cancel, Db.Texts(rows.Select(row => row.Kind)), Db.Texts(rows.Select(row => row.Key)),
                rows.Select(row => row.Value).ToArray(), by.Name);
            await connection.Write(new AuditEntry(by, "costs.changed", "campaigns", before, costs), cancel);
            return costs;
        }, cancel);

    internal static async Task<SendCosts> Read(NpgsqlConnection connection, CancellationToken cancel)
    {
        var rows = await connection.Rows(
            "campaign_costs_all", row => (Kind: row.GetString(0), Name: row.GetString(1), Amount: row.GetDecimal(2)), cancel);
        return new SendCosts(Of("channel"), Of("campaign"));

        Dictionary<string, decimal> Of(string kind) =>
            rows.Where(row => row.Kind == kind).ToDictionary(row => row.Name, row => row.Amount, StringComparer.Ordinal);
    }
}
