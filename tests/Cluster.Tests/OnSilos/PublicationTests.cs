using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using LStep.Domain.Campaigning;
using LStep.Grains.Campaigns;
using LStep.Grains.Campaigns.Sets;
using LStep.Grains.Rules;
using Microsoft.Extensions.DependencyInjection;

namespace LStep.Cluster.Tests.OnSilos;

/// <summary>What is published or switched on one silo is what every silo decides by within five seconds.</summary>
public sealed class PublicationTests(ThreeHosts silos) : IClassFixture<ThreeHosts>
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Rules_reach_every_silo_within_five_seconds_and_then_everybody_is_looked_at_by_them()
    {
        string[] ids = [.. Enumerable.Range(0, 30).Select(n => $"published-{n}")];
        foreach (var id in ids)
            await silos.Hosts[1].Post(
                Messages.Track(id, "Module Completed", Wall.Now, new { moduleId = "m1" }),
                Messages.Track(id, "Quiz Completed", Wall.Now, new { score = 90 }));
        var rules = (JsonArray)JsonNode.Parse((await silos.Hosts[0].Get("/api/rules")).GetProperty("rules").GetRawText())!;
        rules[0]!["conditions"]!["modules_completed"]!["value"] = 1;

        var watch = Stopwatch.StartNew();
        using var answer = await silos.Hosts[0].Client.PutAsJsonAsync("/api/rules", new { rules });
        var set = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(answer.IsSuccessStatusCode, set.ToString());
        var version = set.GetProperty("version").GetInt32();
        await Task.WhenAll(silos.Hosts.Select(host => Signals.Until(() => BookOf(host).Rules.Version == version)));
        Assert.True(watch.Elapsed < Within, $"after {watch.Elapsed}");

        var batch = $"/api/evaluations/{set.GetProperty("batchId").GetString()}";
        await Signals.UntilAsync(async () => (await silos.Hosts[2].Get(batch)).GetProperty("finishedAt").ValueKind != JsonValueKind.Null);
        foreach (var id in ids)
            Assert.Equal("ST_002", (await silos.Hosts[2].Get($"/api/customers/{id}")).GetProperty("tag").GetString());
    }

    [Fact]
    public async Task Campaigns_reach_every_silo_within_five_seconds_and_a_set_that_cannot_be_read_leaves_the_one_before_in_force()
    {
        var campaigns = (JsonArray)JsonNode.Parse((await silos.Hosts[0].Get("/api/campaigns")).GetProperty("campaigns").GetRawText())!;
        campaigns[14]!["active"] = false;
        using var answer = await silos.Hosts[0].Client.PutAsJsonAsync("/api/campaigns", new { campaigns });
        var watch = Stopwatch.StartNew();
        var set = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(answer.IsSuccessStatusCode, set.ToString());
        var version = set.GetProperty("version").GetInt32();
        await Task.WhenAll(silos.Hosts.Select(host => Signals.Until(() => CampaignsOf(host).Version == version)));
        Assert.True(watch.Elapsed < Within, $"after {watch.Elapsed}");
        Assert.All(silos.Hosts, host => Assert.False(CampaignsOf(host).Named("personal_check_in")!.Active));

        // As a newer version of the product might publish it.
        await using var command = silos.Hosts[0].Database.Source.CreateCommand(
            $$"""
            INSERT INTO campaign_sets (version, author, published_at, campaigns)
            VALUES ({{version + 1}}, 'later', now(), '[{"colour":1}]')
            """);
        await command.ExecuteNonQueryAsync();
        foreach (var host in silos.Hosts)
        {
            var source = host.Services.GetRequiredService<CampaignSource>();
            await Assert.ThrowsAsync<UnreadableCampaignsException>(() => source.Refresh());
            Assert.Equal(version, source.Current.Version);
            Assert.Equal(version, (await host.Get("/api/campaigns")).GetProperty("version").GetInt32());
            using var promoted = await host.Client.PostAsJsonAsync("/api/campaigns/welcome_back/promote", new { variant = "warm" });
            Assert.Equal(HttpStatusCode.Conflict, promoted.StatusCode);
        }
        await using var mended = silos.Hosts[0].Database.Source.CreateCommand($"DELETE FROM campaign_sets WHERE version = {version + 1}");
        await mended.ExecuteNonQueryAsync();
    }

    [Theory]
    [InlineData("status_tags_enabled")]
    [InlineData("realtime_evaluation_enabled")]
    [InlineData("auto_apply_enabled")]
    [InlineData("rollout_percentage")]
    public async Task A_flag_reaches_every_silo_within_five_seconds(string flag)
    {
        object off = flag == "rollout_percentage" ? 40 : false, on = flag == "rollout_percentage" ? 100 : true;
        var before = BookOf(silos.Hosts[2]).Policy;
        foreach (var value in new[] { off, on })
        {
            var watch = Stopwatch.StartNew();
            using var answer = await silos.Hosts[0].Client.PutAsJsonAsync($"/api/flags/{flag}", new { value });
            Assert.True(answer.IsSuccessStatusCode);
            await Task.WhenAll(silos.Hosts.Select(host => Signals.Until(() => BookOf(host).Policy == before == Equals(value, on))));
            Assert.True(watch.Elapsed < Within, $"{flag} after {watch.Elapsed}");
        }
    }

    private static CampaignSet CampaignsOf(LStepHost host) => host.Services.GetRequiredService<CampaignSource>().Current;

    private static LStep.Domain.Rulebook BookOf(LStepHost host) => host.Services.GetRequiredService<RulebookSource>().Current;
}
