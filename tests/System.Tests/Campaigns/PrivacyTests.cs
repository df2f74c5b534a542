using System.Net;
using static LStep.System.Tests.Campaigns.ActionLines;

namespace LStep.System.Tests.Campaigns;

/// <summary>What campaigns keep of a person is given out with the rest, and goes with the rest.</summary>
public sealed class PrivacyTests
{
    private static readonly string[] Tables =
        ["campaign_causes", "campaign_actions", "campaign_tasks", "inbox_messages", "campaign_variants", "message_events"];

    [Fact]
    public async Task Causes_actions_tasks_inbox_variants_and_events_are_exported_and_erased_and_nothing_more_is_sent()
    {
        await using var host = await Start();
        foreach (var id in new[] { "ada", "bo" })
        {
            await host.Come(id, new { tier = "Pro", email = $"{id}@example.org" });
            await host.Put(id, "ST_004");
            await host.Put(id, "ST_001");
            await host.Sql(
                $"INSERT INTO campaign_variants VALUES ('{id}', 'personal_check_in', 'warm', now()); INSERT INTO message_events "
                + "(customer_id, action_id, event, machine, times, first_at, last_at) SELECT customer_id, id, 1, false, 1, now(), now() "
                + $"FROM campaign_actions WHERE customer_id = '{id}' LIMIT 1");
        }
        await host.Put("ada", "ST_006"); // with messages to come for months
        var before = await Rows(host, "ada");
        Assert.All(before, rows => Assert.NotEqual("0", rows));
        var others = await Rows(host, "bo");

        var stores = (await host.Get("/api/customers/ada/export")).GetProperty("stores");
        Assert.Equal(before, Tables.Select(table => stores.GetProperty(table).GetArrayLength().ToString()));

        using var answer = await host.Client.DeleteAsync("/api/customers/ada");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var removed = (await answer.Json()).GetProperty("removed").EnumerateArray()
            .ToDictionary(one => one.Text("store"), one => one.Text("rows"));
        Assert.Equal(before, Tables.Select(table => removed[table]));
        await host.MoveClock(Begin.AddDays(100));
        Assert.All(await Rows(host, "ada"), rows => Assert.Equal("0", rows));
        Assert.Equal(others, await Rows(host, "bo"));
        Assert.Empty(await host.Actions("ada"));
    }

    private static async Task<string[]> Rows(LStepHost host, string customer)
    {
        var rows = new List<string>();
        foreach (var table in Tables) rows.AddRange(await host.Sql($"SELECT count(*) FROM {table} WHERE customer_id = '{customer}'"));
        return [.. rows];
    }
}
