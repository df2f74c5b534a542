using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using static LStep.Testing.Messages;

namespace LStep.Cluster.Tests.OnSilos;

public sealed class IngestAcrossSilosTests(ThreeHosts silos) : IClassFixture<ThreeHosts>
{
    [Fact]
    public async Task A_request_that_lands_on_one_silo_is_split_over_all_of_them_and_answered_after_every_commit()
    {
        var ids = Enumerable.Range(0, 300).Select(n => $"split-{n}").ToList();

        await silos.Hosts[1].Post([.. ids.Select(id => Track(id, "Logged In", Wall.Now))]);

        foreach (var host in silos.Hosts)
            Assert.Equal("ST_001", (await host.Get($"/api/customers/{ids[^1]}")).GetProperty("tag").GetString());
        Assert.Equal(ids.Order(StringComparer.Ordinal), (await Ledger()).Where(
            id => id.StartsWith("split-", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.All(await PerSilo("split-"), count => Assert.InRange(count, 50, 150));
    }

    [Fact]
    public async Task What_one_silo_acknowledged_every_other_shows_at_once()
    {
        for (var n = 0; n < 12; n++)
        {
            await silos.Hosts[n % 3].Post(Track("shown", "Feature Used", Wall.Now, new { featureId = $"f{n}" }));

            foreach (var host in silos.Hosts)
                Assert.Equal(
                    n + 1, (await host.Get("/api/customers/shown")).GetProperty("metrics").GetProperty("features_used_7d").GetInt32());
        }
    }

    [Fact]
    public async Task The_same_request_sent_to_every_silo_at_once_is_recorded_once()
    {
        var batch = Enumerable.Range(0, 200)
            .Select(n => Track($"twice-{n % 40}", "Feature Used", Wall.Now, new { featureId = "f" }, $"twice-{n}")).ToArray();

        await Task.WhenAll(silos.Hosts.Select(host => host.Post(batch)));

        for (var n = 0; n < 40; n++)
            Assert.Equal(1, (await silos.Hosts[n % 3].Get($"/api/customers/twice-{n}")).GetProperty("metrics").GetProperty(
                "features_used_7d").GetInt32());
        Assert.Equal(200, await Stored("twice-"));
    }

    /// <summary>How many customers of a prefix each silo has, none left out.</summary>
    private async Task<int[]> PerSilo(string prefix)
    {
        var management = silos.Hosts[0].Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0);
        var customers = (await management.GetDetailedGrainStatistics()).Where(one => one.GrainId.Type.ToString() == "customer"
            && one.GrainId.Key.ToString()!.StartsWith(prefix, StringComparison.Ordinal)).ToLookup(one => one.SiloAddress);
        return [.. (await management.GetHosts(onlyActive: true)).Keys.Select(silo => customers[silo].Count())];
    }

    private async Task<List<string>> Ledger()
    {
        var ids = new List<string>();
        for (var after = 0L; ;)
        {
            var page = (await silos.Hosts[2].Get($"/api/transitions?after={after}&limit=500")).GetProperty("items").EnumerateArray()
                .ToList();
            if (page.Count == 0) return ids;
            ids.AddRange(page.Select(one => one.GetProperty("customerId").GetString()!));
            after = page[^1].GetProperty("id").GetInt64();
        }
    }

    private async Task<long> Stored(string prefix)
    {
        await using var source = Npgsql.NpgsqlDataSource.Create(silos.ConnectionString);
        await using var command = source.CreateCommand("SELECT count(*) FROM activities WHERE starts_with(message_id, $1)");
        command.Parameters.AddWithValue(prefix);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
