using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LStep.Grains.Campaigns.Channels;
using LStep.Grains.Campaigns.Channels.Sink;
using Microsoft.Extensions.DependencyInjection;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Campaigns;

/// <summary>The campaigns in force, their messages as customers would get them, and what a sink kept.</summary>
public sealed class CampaignsApiTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Begin = new(2026, 3, 3, 10, 0, 0, TimeSpan.Zero);
    private LStepHost host = null!;

    public async Task InitializeAsync()
    {
        host = await LStepHost.Start(Begin, with: options => options with { Channels = ChannelSettings.SinkOnly });
        await host.Post(Identify("ada", Begin, new { tier = "Pro", email = "ada@example.org", name = "Ada Lovelace" }));
        await host.MoveClock(Begin.AddMinutes(1));
    }

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task Every_campaign_is_there_with_what_became_of_its_actions()
    {
        var set = await host.Get("/api/campaigns");
        Assert.Equal(1, set.GetProperty("version").GetInt32());
        var campaigns = set.GetProperty("campaigns").EnumerateArray().ToDictionary(one => Text(one, "name")!);
        Assert.Equal(24, campaigns.Count);
        var welcome = campaigns["welcome_active_learner"];
        Assert.Equal(
            [60, 60 + (2 * 1440), 60 + (5 * 1440)],
            welcome.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("afterMinutes").GetInt32()));
        var counts = welcome.GetProperty("counts");
        Assert.Equal((3, 0), (counts.GetProperty("scheduled").GetInt32(), counts.GetProperty("sent").GetInt32()));
        Assert.Equal(JsonValueKind.Null, welcome.GetProperty("audience").ValueKind);
        Assert.Contains("PT_001", campaigns["standard_nurturing"].GetProperty("audience").GetRawText(), StringComparison.Ordinal);
        Assert.Equal(14, campaigns["trial_extension"].GetProperty("payload").GetProperty("days").GetInt32());
        await host.MoveClock(Begin.AddHours(2));
        var after = (await host.Get("/api/campaigns")).GetProperty("campaigns").EnumerateArray().First();
        Assert.Equal(1, after.GetProperty("counts").GetProperty("sent").GetInt32());
    }

    [Fact]
    public async Task A_preview_is_what_the_customer_would_read_and_sends_nothing()
    {
        var before = (await host.Get("/api/actions?limit=500")).GetRawText();
        var mail = await Preview("progression_milestone", new { customerId = "ada" });
        Assert.Equal(("email", "ada@example.org"), (Text(mail, "channel"), Text(mail, "to")));
        Assert.Contains("Ada", Text(mail, "text"), StringComparison.Ordinal);
        var html = Text(mail, "html")!;
        Assert.Contains("Ada", html, StringComparison.Ordinal);
        Assert.Contains("img-src data:", html, StringComparison.Ordinal);
        Assert.DoesNotContain("cid:", html, StringComparison.Ordinal);
        Assert.DoesNotContain("/o/", html, StringComparison.Ordinal);
        var other = await Preview("progression_milestone", new { customerId = "ada", locale = "ja" });
        Assert.NotEqual(Text(mail, "subject"), Text(other, "subject"));

        var call = await Preview("trial_extension", new { customerId = "ada" });
        Assert.Equal("ada", Text(call.GetProperty("json"), "customerId"));
        Assert.Equal(3, (await Preview("quarterly_winback", new { customerId = "ada", step = 3 })).GetProperty("step").GetInt32());
        Assert.Equal(before, (await host.Get("/api/actions?limit=500")).GetRawText());
        Assert.Empty(host.Services.GetRequiredService<SinkMailbox>().Messages);
    }

    [Fact]
    public async Task Every_step_of_every_campaign_can_be_looked_at()
    {
        foreach (var campaign in (await host.Get("/api/campaigns")).GetProperty("campaigns").EnumerateArray())
            foreach (var step in campaign.GetProperty("steps").EnumerateArray())
                await Preview(Text(campaign, "name")!, new { customerId = "ada", step = step.GetProperty("number").GetInt32() });
    }

    [Theory]
    [InlineData("no_such", """{"customerId":"ada"}""", 404)]
    [InlineData("quarterly_winback", """{"customerId":"nobody"}""", 404)]
    [InlineData("quarterly_winback", """{"customerId":"ada","step":4}""", 422)]
    [InlineData("quarterly_winback", """{"customerId":"ada","step":0}""", 422)]
    [InlineData("quarterly_winback", """{"customerId":"a\u0000"}""", 422)]
    [InlineData("quarterly_winback", """{}""", 422)]
    [InlineData("quarterly_winback", """{"customerId":"ada","locale":"enenenenenenenenenenenenenenenenenenenen"}""", 422)]
    [InlineData("quarterly_winback", """{"customerId":"ada","more":1}""", 400)]
    public async Task What_cannot_be_previewed_is_refused(string campaign, string body, int status)
    {
        using var answer = await host.Client.PostAsync(
            $"/api/campaigns/{campaign}/preview", new StringContent(body, null, "application/json"));
        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task A_mail_that_the_sink_kept_is_listed_and_can_be_looked_at_without_being_opened()
    {
        Assert.Empty((await host.Get("/api/mailbox")).GetProperty("items").EnumerateArray());
        await host.MoveClock(Begin.AddHours(3));
        var page = await host.Get("/api/mailbox?customer=ada");
        Assert.Contains("email", page.GetProperty("channels").EnumerateArray().Select(one => one.GetString()));
        var rows = page.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(["add_to_beginner_group", "welcome_active_learner"], rows.Select(row => Text(row, "campaign")));
        var one = await host.Get($"/api/mailbox/{Text(rows[1], "key")}");
        Assert.Equal("ada@example.org", Text(one.GetProperty("message"), "to"));
        Assert.Contains("img-src data:", Text(one, "html"), StringComparison.Ordinal);
        Assert.DoesNotContain("cid:", Text(one, "html"), StringComparison.Ordinal);

        var first = await host.Get("/api/mailbox?limit=1");
        var second = await host.Get($"/api/mailbox?limit=1&cursor={Text(first, "next")}");
        Assert.Equal(Text(rows[1], "key"), Text(Assert.Single(second.GetProperty("items").EnumerateArray()), "key"));
        Assert.Empty((await host.Get("/api/mailbox?customer=bob")).GetProperty("items").EnumerateArray());
        foreach (var key in new[] { "none", Guid.Empty.ToString() })
            Assert.Equal(HttpStatusCode.NotFound, (await host.Client.GetAsync($"/api/mailbox/{key}")).StatusCode);

        Assert.True((await host.Client.DeleteAsync("/api/customers/ada")).IsSuccessStatusCode);
        Assert.Empty((await host.Get("/api/mailbox")).GetProperty("items").EnumerateArray());
        Assert.Equal(HttpStatusCode.NotFound, (await host.Client.GetAsync($"/api/mailbox/{Text(rows[1], "key")}")).StatusCode);
    }

    private async Task<JsonElement> Preview(string campaign, object body)
    {
        using var answer = await host.Client.PostAsJsonAsync($"/api/campaigns/{campaign}/preview", body);
        Assert.True(answer.IsSuccessStatusCode, campaign + ": " + await answer.Content.ReadAsStringAsync());
        return await answer.Json();
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
