using System.Net.Http.Json;
using static LStep.System.Tests.Campaigns.ActionLines;

namespace LStep.System.Tests.Campaigns;

/// <summary>Who was given a content of a comparison keeps it.</summary>
public sealed class StickyTests
{
    private const string Campaign = "personal_check_in";
    private static readonly string[] Early = [.. Enumerable.Range(0, 12).Select(n => $"early-{n}")];
    private static readonly string[] Late = [.. Enumerable.Range(0, 12).Select(n => $"late-{n}")];

    [Fact]
    public async Task Weights_that_change_move_nobody_and_new_customers_are_drawn_by_the_new_ones()
    {
        await using var host = await Start();
        await host.Change(Campaign, one => one with { Variants = [new("a", 1), new("b", 1)] });
        foreach (var id in Early) await Declines(host, id);
        var given = await Given(host, Early);
        Assert.Equal(["a", "b"], given.Values.Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(given, await Stored(host, Early));

        await host.Change(Campaign, one => one with { Variants = [new("a", 1), new("b", 100)] });
        await host.MoveClock(host.Now.AddDays(40)); // it may start again
        foreach (var id in Early.Concat(Late)) await Declines(host, id);
        Assert.Equal(given, await Given(host, Early));
        Assert.All(await Given(host, Late), one => Assert.Equal("b", one.Value));
        Assert.Equal(given, await Stored(host, Early));
        var anyA = given.First(one => one.Value == "a").Key;
        Assert.Equal("a", await Previewed(host, anyA));
        await host.Come("unknown-yet", new { tier = "Pro" });
        Assert.Equal("b", await Previewed(host, "unknown-yet"));
        Assert.Empty(await Stored(host, ["unknown-yet"]));
    }

    [Fact]
    public async Task A_content_that_is_taken_out_is_drawn_anew_and_the_others_stay()
    {
        await using var host = await Start();
        await host.Change(Campaign, one => one with { Variants = [new("a", 1), new("b", 1)] });
        foreach (var id in Early) await Declines(host, id);
        var given = await Given(host, Early);

        await host.Change(Campaign, one => one with { Variants = [new("c", 100), new("b", 1)] });
        await host.MoveClock(host.Now.AddDays(40));
        foreach (var id in Early) await Declines(host, id);
        var expected = given.ToDictionary(one => one.Key, one => one.Value == "b" ? "b" : "c");
        Assert.Equal(expected, await Given(host, Early));
        Assert.Equal(expected, await Stored(host, Early));
    }

    [Fact]
    public async Task Where_nothing_is_compared_nothing_is_kept_and_whoever_is_erased_is_forgotten()
    {
        await using var host = await Start();
        await host.Sql("ALTER TABLE campaign_variants RENAME TO elsewhere"); // it is not even looked at
        await Declines(host, "plain");
        Assert.Equal("", (await host.Action("plain", Campaign)).Text("variant"));
        await host.Sql("ALTER TABLE elsewhere RENAME TO campaign_variants");
        Assert.Empty(await host.Sql("SELECT * FROM campaign_variants"));
        await host.Change(Campaign, one => one with { Variants = [new("a", 1), new("b", 1)] });
        await Declines(host, "ada");
        Assert.Single(await host.Sql("SELECT * FROM campaign_variants"));
        var stores = (await host.Get("/api/customers/ada/export")).GetProperty("stores");
        Assert.Equal(1, stores.GetProperty("campaign_variants").GetArrayLength());
        Assert.True((await host.Client.DeleteAsync("/api/customers/ada")).IsSuccessStatusCode);
        Assert.Empty(await host.Sql("SELECT * FROM campaign_variants"));
    }

    private static async Task Declines(LStepHost host, string id)
    {
        await host.Come(id, new { tier = "Pro", email = $"{id}@example.org" });
        await host.Put(id, "ST_004");
    }

    /// <summary>Of the latest start of each.</summary>
    private static async Task<Dictionary<string, string>> Given(LStepHost host, string[] ids)
    {
        var given = new Dictionary<string, string>();
        foreach (var id in ids) given[id] = (await host.Action(id, Campaign)).Text("variant");
        return given;
    }

    private static async Task<Dictionary<string, string>> Stored(LStepHost host, string[] ids) =>
        (await host.Sql($"SELECT customer_id, variant FROM campaign_variants WHERE campaign = '{Campaign}'"))
        .Select(line => line.Split(' ')).Where(line => ids.Contains(line[0])).ToDictionary(line => line[0], line => line[1]);

    private static async Task<string> Previewed(LStepHost host, string id)
    {
        using var answer = await host.Client.PostAsJsonAsync($"/api/campaigns/{Campaign}/preview", new { customerId = id });
        return (await answer.Json()).Text("variant");
    }
}
