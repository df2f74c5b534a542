using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using LStep.System.Tests.Time;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Rules;

/// <summary>Rules that ask for the churn probability and for behaviour tags.</summary>
public sealed class PredictedRuleTests
{
    private static readonly DateTimeOffset Begin = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private static async Task<(HttpStatusCode Status, JsonElement Body)> Publish(LStepHost host, string conditions)
    {
        var rule = JsonNode.Parse(
            $$$"""
            {"name":"Of a prediction","from":["ST_001"],"to":"ST_004","conditions":{{{conditions}}},"priority":1}
            """);
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/rules")
        {
            Content = JsonContent.Create(new { rules = new[] { rule }, comment = "a prediction decides" }),
        };
        using var answer = await host.Client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }

    private static async Task<JsonElement> Latest(LStepHost host, string id) =>
        (await host.Get($"/api/customers/{id}")).GetProperty("recentTransitions")[0];

    [Fact]
    public async Task A_rule_on_the_churn_probability_moves_at_the_business_day_and_its_record_keeps_the_value()
    {
        await using var host = await LStepHost.Start(Begin);
        await ForesightTests.PutLive(host, 1, ForesightTests.Silence(-2, 1));
        await host.Post(Track("ada", "Lesson Completed", Begin.AddDays(-21)), Track("ada", "Lesson Completed", Begin));
        var (status, body) = await Publish(host, """{"churn_probability":{"operator":">=","value":0.7}}""");
        Assert.True(status == HttpStatusCode.OK, body.ToString());

        await host.MoveClock(Begin.AddDays(8));

        var move = await Latest(host, "ada");
        Assert.Equal(("ST_004", "Of a prediction", new DateTimeOffset(2026, 3, 7, 0, 0, 0, TimeSpan.Zero)), (
            move.GetProperty("to").GetString(), move.GetProperty("rule").GetString(), move.GetProperty("dueAt").GetDateTimeOffset()));
        Assert.Contains("0.7311", move.ToString());
        Assert.Equal([], await ForesightTests.Verified(host));

        // Another model changes what is predicted, and not what was decided.
        await ForesightTests.PutLive(host, 2, ForesightTests.Silence(1, -2));
        Assert.Equal([], await ForesightTests.Verified(host));
    }

    [Fact]
    public async Task A_rule_on_a_behaviour_tag_is_met_by_what_the_customer_shows_and_by_a_tag_that_the_day_has_taken_away()
    {
        await using var host = await LStepHost.Start(Begin);
        const string Conditions =
            """{"behavior_tags":{"operator":"contains","value":"BT_002"},"pages_viewed_30d":{"operator":">=","value":60}}""";
        var (status, body) = await Publish(host, Conditions);
        Assert.True(status == HttpStatusCode.OK, body.ToString());
        await host.Post([.. Enumerable.Range(0, 20).Select(
            i => Track("ada", "Page Viewed", Begin.AddSeconds(i - 60), new { device = "mobile" }))]);
        var before = (await host.Get("/api/customers/ada")).GetProperty("behaviorTags");
        Assert.Equal("BT_002", Assert.Single(before.EnumerateArray()).GetString());
        await host.MoveClock(Begin.AddHours(1));
        await host.Post([.. Enumerable.Range(0, 40).Select(i => Track("ada", "Page Viewed", Begin.AddSeconds(i)))]);

        var ada = await host.Get("/api/customers/ada");
        Assert.Equal("ST_004", ada.GetProperty("tag").GetString());
        Assert.Equal("BT_002", Assert.Single(ada.GetProperty("behaviorTags").EnumerateArray()).GetString());
        Assert.Equal(1, (await host.Get("/api/customers?behavior=BT_002")).GetProperty("total").GetInt32());
        Assert.Equal([], await ForesightTests.Verified(host));
        await host.MoveClock(Begin.AddMinutes(90));
        var then = await host.Get($"/api/customers/ada?at={Uri.EscapeDataString(Begin.AddMinutes(80).ToString("O"))}");
        Assert.Equal("BT_002", Assert.Single(then.GetProperty("behaviorTags").EnumerateArray()).GetString());

        await host.MoveClock(new(2026, 3, 3, 0, 0, 0, TimeSpan.Zero));
        Assert.Empty((await host.Get("/api/customers/ada")).GetProperty("behaviorTags").EnumerateArray());
        Assert.Equal(0, (await host.Get("/api/customers?behavior=BT_002")).GetProperty("total").GetInt32());
        Assert.Equal([], await ForesightTests.Verified(host));
    }

    [Theory]
    [InlineData("""{"behavior_tags":{"operator":"contains","value":"BT_009"}}""")]
    [InlineData("""{"behavior_tags":{"operator":">=","value":1}}""")]
    [InlineData("""{"churn_probability":{"operator":">","value":1}}""")]
    [InlineData("""{"churn_probability":{"operator":"contains","value":"0"}}""")]
    public async Task What_can_never_be_met_is_refused(string conditions)
    {
        await using var host = await LStepHost.Start(Begin);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Publish(host, conditions)).Status);
    }
}
