using LStep.Domain.Campaigning;
using LStep.Silo;
using LStep.Workbench.Bench;
using LStep.Workbench.Processes;
using LStep.Workbench.Replay;
using LStep.Workbench.Sends;
using Npgsql;

namespace LStep.Workbench.Drains;

/// <summary>
/// Customers with addresses, for whom it is noon, and actions of the twenty-four campaigns: every step of every campaign in turn, the
/// customer of a tier that the campaign is for. Customers come by the ingest, actions by SQL.
/// </summary>
internal static class DueLoad
{
    private const int PerBatch = 500, AtOnce = 4;

    private static readonly (Campaign Campaign, CampaignStep Step)[] Steps =
        [.. DefaultCampaigns.Campaigns.SelectMany(campaign => campaign.Steps.Select(step => (campaign, step)))];

    public static async Task Customers(int count, Uri server, NpgsqlDataSource source, CancellationToken cancel)
    {
        await Planning.Suspend(source, cancel);
        var (now, writer, zone) = (MachineClock.Instance.GetUtcNow(), new SegmentWriter(), Noon.Zone());
        var bodies = Enumerable.Range(0, count).Select(number => writer.Identify($"due-{number}-came", Id(number), now, traits =>
        {
            traits.WriteString("email", $"{Id(number)}@receiver.example");
            traits.WriteString("name", $"Learner {number}");
            traits.WriteString("tier", Tier(Steps[number % Steps.Length].Campaign.Name));
            traits.WriteString("timezone", zone);
        })).Chunk(PerBatch).Select(BenchLoad.Batch).ToList();
        await Senders.Send([server], SiloProcess.WriteKey, AtOnce, bodies, _ => "/v1/batch", TimeSpan.MaxValue, cancel);
    }

    /// <summary>Each customer's next so many actions; everything is there at once.</summary>
    /// <param name="inTheFuture">Due in 1 to 90 days; otherwise over the last hour.</param>
    public static async Task Actions(NpgsqlDataSource source, int each, bool inTheFuture, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using var command = new NpgsqlCommand(WorkbenchSql.Query("drain_actions"), connection) { CommandTimeout = 0 };
        command.Parameters.Add(new() { Value = Array.ConvertAll(Steps, one => one.Campaign.Name) });
        command.Parameters.Add(new() { Value = Array.ConvertAll(Steps, one => (short)one.Step.Number) });
        command.Parameters.Add(new() { Value = Array.ConvertAll(Steps, one => (short)one.Step.Channel) });
        command.Parameters.Add(new() { Value = Array.ConvertAll(Steps, one => (short)one.Campaign.Kind) });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = each });
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = inTheFuture });
        await command.ExecuteNonQueryAsync(cancel);
        await using var analyze = new NpgsqlCommand(WorkbenchSql.Query("drain_analyze"), connection);
        await analyze.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>As a database is that has had its actions for some time.</summary>
    public static async Task Settle(NpgsqlDataSource source, CancellationToken cancel)
    {
        foreach (var query in new[] { "drain_vacuum", "drain_checkpoint" })
        {
            await using var command = source.CreateCommand(WorkbenchSql.Query(query));
            command.CommandTimeout = 0;
            await command.ExecuteNonQueryAsync(cancel);
        }
    }

    private static string Id(int number) => $"due-{number:0000000}";

    private static string Tier(string campaign) => campaign switch
    {
        "upgrade_nurturing" or "trial_extension" or "value_demonstration" => "Freemium",
        "expansion_and_advocacy" => "Enterprise",
        _ => "Pro",
    };
}
