using System.Text.Json;
using LStep.Grains.Feeds;
using LStep.System.Tests.Ingest;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace LStep.System.Tests.Hub;

public sealed class HubTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task A_move_is_told_with_the_fields_of_the_contract_and_the_counts_follow()
    {
        await using var hub = await HubClient.Connect(host.Address, ApiHost.ViewerToken);
        await hub.Subscribe(new { });

        await host.Post(ApiHost.Track("told", "Login"));

        var told = await hub.Next("transition");
        Assert.Equal(
            ["id", "customerId", "from", "to", "at", "dueAt", "rule", "confidence", "assignedBy", "reason", "decisionId"],
            ApiHost.Fields(told));
        Assert.Equal(("told", "ST_001"), (told.GetProperty("customerId").GetString(), told.GetProperty("to").GetString()));
        while (true)
        {
            var counts = await hub.Next("counts");
            Assert.Equal(["at", "counts"], ApiHost.Fields(counts));
            var now = (await host.Get("/api/analytics/distribution")).GetProperty("counts");
            if (counts.GetProperty("counts").GetRawText() == now.GetRawText()) break;
        }
    }

    [Fact]
    public async Task A_subscription_to_nothing_in_particular_is_one_to_everything()
    {
        await using var hub = await HubClient.Connect(host.Address, ApiHost.ViewerToken);
        Assert.True((await hub.Subscribe(null)).GetProperty("after").GetInt64() >= 0);

        await host.Post(ApiHost.Track("told-to-all", "Login"));

        Assert.Equal("told-to-all", (await hub.Next("transition")).GetProperty("customerId").GetString());
    }

    [Fact]
    public async Task Reviews_and_batches_are_told_as_the_api_shows_them()
    {
        await using var hub = await HubClient.Connect(host.Address, ApiHost.ViewerToken);
        await hub.Subscribe(new { });

        await host.Post(
            ApiHost.Track("reviewed", "Assessment Taken", new { score = 20 }),
            ApiHost.Track("reviewed", "Assessment Taken", new { score = 30 }));
        var review = await hub.Next("review");
        var listed = (await host.Get("/api/reviews?status=open")).GetProperty("items").EnumerateArray()
            .Single(one => one.GetProperty("id").GetString() == review.GetProperty("id").GetString());
        Assert.Equal(listed.GetRawText(), review.GetRawText());

        using var asked = await host.Admin.PostAsync("/api/evaluations", null);
        while ((await hub.Next("batch")).GetProperty("finishedAt").ValueKind == JsonValueKind.Null) { }
    }

    [Fact]
    public async Task Actions_are_told_as_they_are_planned_and_as_they_end()
    {
        await using var hub = await HubClient.Connect(host.Address, ApiHost.ViewerToken);
        await hub.Subscribe(new { });

        await host.Post(
            ApiHost.Track("acted-for", "Module Completed", new { moduleId = "a" }),
            ApiHost.Track("acted-for", "Module Completed", new { moduleId = "b" }),
            ApiHost.Track("acted-for", "Assessment Taken", new { score = 90 }));

        JsonElement told;
        do told = await hub.Next("action");
        while (
            told.GetProperty("customerId").GetString() != "acted-for" || told.GetProperty("campaign").GetString() != "progression_milestone"
            || told.GetProperty("status").GetString() is "scheduled" or "sending");
        var listed = await host.Get($"/api/actions/{told.GetProperty("id").GetInt64()}");
        Assert.Equal(listed.GetRawText(), told.GetRawText());
    }

    [Fact]
    public async Task Only_moves_from_or_to_the_tags_asked_for_are_told()
    {
        await using var hub = await HubClient.Connect(host.Address, ApiHost.ViewerToken);
        await hub.Subscribe(new { tags = new[] { "ST_002" } });

        await host.Post(ApiHost.Track("passed-over", "Login"));
        await host.Post(
            ApiHost.Track("asked-for", "Module Completed", new { moduleId = "a" }),
            ApiHost.Track("asked-for", "Module Completed", new { moduleId = "b" }),
            ApiHost.Track("asked-for", "Assessment Taken", new { score = 90 }));

        var told = await hub.Next("transition");
        Assert.Equal(("asked-for", "ST_002"), (told.GetProperty("customerId").GetString(), told.GetProperty("to").GetString()));
    }

    [Theory]
    [InlineData("""{"after":-1}""", "bad_cursor")]
    [InlineData("""{"after":999999999}""", "bad_cursor")]
    [InlineData("""{"after":"soon"}""", "bad_arguments")]
    [InlineData("""{"after":1.5}""", "bad_arguments")]
    [InlineData("""{"after":1e30}""", "bad_arguments")]
    [InlineData("""{"tags":["ST_009"]}""", "bad_arguments")]
    [InlineData("""{"tags":[null]}""", "bad_arguments")]
    [InlineData("""{"tags":"ST_001"}""", "bad_arguments")]
    [InlineData("\"everything\"", "bad_arguments")]
    [InlineData("[]", "bad_arguments")]
    public async Task A_subscription_that_makes_no_sense_is_refused_with_the_reason(string what, string code)
    {
        await using var hub = await HubClient.Connect(host.Address, ApiHost.ViewerToken);
        var refused = await Assert.ThrowsAsync<HubException>(() => hub.Subscribe(JsonElement.Parse(what)));
        Assert.Contains($"HubException: {code}", refused.Message, StringComparison.Ordinal);
        Assert.True((await hub.Subscribe(new { })).GetProperty("after").GetInt64() >= 0);
    }

    [Fact]
    public async Task Across_reconnects_nothing_is_lost_or_repeated_while_two_write_at_once()
    {
        var before = await LedgerEnd();
        var writers = Task.WhenAll(Write("left"), Write("right"));

        var seen = new List<long>();
        while (seen.Count < 400)
        {
            await using var hub = await HubClient.Connect(host.Address, ApiHost.ViewerToken);
            await hub.Subscribe(new { after = seen.Count == 0 ? before : seen[^1] });
            // Every connection dies after a few: in the middle of what it was sent, live or from the ledger.
            for (var i = 0; i < 57 && seen.Count < 400; i++) seen.Add((await hub.Next("transition")).GetProperty("id").GetInt64());
        }
        await writers;

        var ledger = (await host.Get($"/api/transitions?after={before}&limit=1000")).GetProperty("items").EnumerateArray()
            .Select(row => row.GetProperty("id").GetInt64());
        Assert.Equal(ledger, seen);

        async Task Write(string side)
        {
            for (var i = 0; i < 40; i++)
                await host.Post([.. Enumerable.Range(0, 5).Select(n => ApiHost.Track($"{side}-{i}-{n}", "Login"))]);
        }
    }

    [Fact]
    public async Task A_second_subscription_of_a_connection_replaces_the_first()
    {
        await host.Post(ApiHost.Track("again-1", "Login"), ApiHost.Track("again-2", "Login"));
        var end = await LedgerEnd();
        await using var hub = await HubClient.Connect(host.Address, ApiHost.ViewerToken);

        await hub.Subscribe(new { after = end - 2 });
        Assert.Equal(end - 1, (await hub.Next("transition")).GetProperty("id").GetInt64());
        Assert.Equal(end, (await hub.Next("transition")).GetProperty("id").GetInt64());
        await hub.Subscribe(new { after = end - 1 });
        Assert.Equal(end, (await hub.Next("transition")).GetProperty("id").GetInt64());
    }

    private Task<long> LedgerEnd() => host.Services.GetRequiredService<FeedReads>().LedgerEnd(default);
}
