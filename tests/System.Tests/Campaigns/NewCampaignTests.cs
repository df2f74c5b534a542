using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using LStep.Grains.Campaigns.Channels;
using LStep.Grains.Campaigns.Templates;

namespace LStep.System.Tests.Campaigns;

/// <summary>Campaigns that come, go and change while customers are on their way, with texts of the operator's own.</summary>
public sealed class NewCampaignTests : IAsyncLifetime
{
    private const string Summer =
        """{"name":"summer_school","on":"ST_004","kind":"marketing","payload":{"week":31},"steps":[{"afterMinutes":0,"channel":"in_app"},{"afterMinutes":4320,"channel":"in_app"}]}""";

    private LStepHost host = null!;

    public async Task InitializeAsync() => host = await LStepHost.Start(ActionLines.Begin, with: options => options with
    {
        Channels = ChannelSettings.SinkOnly, ApiRequestsPerSecond = 10_000, Templates = TemplateFiles.BuiltIn.Under(Own()),
    });

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task A_new_campaign_with_texts_of_its_own_starts_under_the_new_set_and_an_inactive_one_starts_nothing()
    {
        await host.Come("before", new { name = "Bea" });
        await host.Put("before", "ST_004");
        await Publish(campaigns =>
        {
            campaigns.Add(JsonNode.Parse(Summer));
            campaigns.Single(one => Name(one) == "cs_alert")!["active"] = false;
        });
        await host.Come("ada", new { name = "Ada Lovelace" });
        await host.Put("ada", "ST_004");

        Assert.Equal(
            ["summer_school 1 sent", "summer_school 2 scheduled"], await host.Lines("ada", "summer_school"));
        Assert.Empty(await host.Lines("ada", "cs_alert"));
        Assert.NotEmpty(await host.Lines("before", "cs_alert"));
        Assert.Empty(await host.Lines("before", "summer_school"));
        var message = (await host.Get("/api/customers/ada/inbox")).GetProperty("items")[0];
        Assert.Equal("Ada, week 31", message.GetProperty("title").GetString());
        Assert.Equal(
            ["2"], await host.Sql("SELECT DISTINCT set_version FROM campaign_causes WHERE customer_id = 'ada' AND tag = 'ST_004'"));
    }

    [Fact]
    public async Task What_was_planned_of_a_campaign_that_went_or_was_switched_off_or_shortened_is_cancelled_in_words()
    {
        await Publish(campaigns => campaigns.Add(JsonNode.Parse(Summer)));
        foreach (var id in new[] { "one", "two", "three" })
        {
            await host.Come(id, new { name = id });
            await host.Put(id, "ST_004");
        }
        await Publish(campaigns => campaigns.Remove(campaigns.Single(one => Name(one) == "personal_check_in")));
        await Publish(campaigns => campaigns.Single(one => Name(one) == "summer_school")!["steps"]!.AsArray().RemoveAt(1));
        await host.MoveClock(host.Now.AddDays(4));
        Assert.Contains(
            "personal_check_in 1 cancelled The campaign is not among those in force any more.", await host.Lines("one"));
        Assert.Contains("summer_school 2 cancelled The campaign does not have this step any more.", await host.Lines("two"));
    }

    [Fact]
    public async Task A_variant_that_won_is_what_everybody_reads()
    {
        var compared = JsonNode.Parse(Summer)!;
        compared["variants"] = JsonNode.Parse("""[{"name":"warm","weight":1},{"name":"short","weight":1}]""");
        await Publish(campaigns => campaigns.Add(compared));
        using (var answer = await host.Client.PostAsJsonAsync("/api/campaigns/summer_school/promote", new { variant = "warm" }))
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        foreach (var id in Enumerable.Range(0, 6).Select(n => $"learner-{n}"))
        {
            await host.Come(id, new { });
            await host.Put(id, "ST_004");
            var message = (await host.Get($"/api/customers/{id}/inbox")).GetProperty("items")[0];
            Assert.Equal("A warm welcome to week 31", message.GetProperty("title").GetString());
        }
    }

    [Theory]
    [InlineData("{{ customer.frist_name }}", "missing_variable")]
    [InlineData("{% if customer.name %}", "unreadable")]
    [InlineData("{{ 'x' | nothing }}", "unreadable")]
    public async Task A_text_that_cannot_be_filled_is_refused_at_the_step_that_would_send_it(string body, string code)
    {
        var (error, _) = await Validate(("autumn/1.en.in_app.liquid", Text("Hello", body)), ("autumn/1.ja.in_app.liquid", Text("Hello")));
        Assert.Equal((code, "$.campaigns[0].steps[0]"), error);
    }

    [Fact]
    public async Task A_text_in_one_language_or_with_a_link_that_leads_nowhere_is_refused()
    {
        var (error, _) = await Validate(("autumn/1.en.in_app.liquid", Text("Hello")));
        Assert.Equal(("missing_translation", "$.campaigns[0].steps[0]"), error);
        (error, _) = await Validate(("autumn/1.ja.in_app.liquid", Text("Hello")));
        Assert.Equal(("missing_template", "$.campaigns[0].steps[0]"), error);
        (error, _) = await Validate(
            ("autumn/1.en.in_app.liquid", Text("Hello", link: "http://plain.example.org")), ("autumn/1.ja.in_app.liquid", Text("Hello")));
        Assert.Equal(("broken_link", "$.campaigns[0].steps[0]"), error);
    }

    /// <summary>By a process of its own, whose templates have one campaign more; answers the first error.</summary>
    private static async Task<((string?, string?) Error, int Count)> Validate(params (string Path, string Text)[] files)
    {
        var own = new TemplateFiles(files.ToDictionary(file => file.Path, file => file.Text));
        await using var other = await LStepHost.Start(
            ActionLines.Begin, with: options => options with { Templates = TemplateFiles.BuiltIn.Under(own) });
        using var answer = await other.Client.PostAsJsonAsync("/api/campaigns/validate", new
        {
            campaigns = new[] { JsonNode.Parse(
                """{"name":"autumn","on":"ST_004","kind":"marketing","steps":[{"afterMinutes":0,"channel":"in_app"}]}""") },
        });
        var errors = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").EnumerateArray().ToArray();
        return ((errors[0].GetProperty("code").GetString(), errors[0].GetProperty("path").GetString()), errors.Length);
    }

    private static TemplateFiles Own() => new(new Dictionary<string, string>
    {
        ["summer_school/1.en.in_app.liquid"] = Text("{{ customer.first_name }}, week {{ campaign.payload.week }}"),
        ["summer_school/1.ja.in_app.liquid"] = Text("{{ customer.first_name }} {{ campaign.payload.week }}"),
        ["summer_school/1-warm.en.in_app.liquid"] = Text("A warm welcome to week {{ campaign.payload.week }}"),
        ["summer_school/1-warm.ja.in_app.liquid"] = Text("A warm welcome to week {{ campaign.payload.week }}"),
        ["summer_school/2.en.in_app.liquid"] = Text("Still time"),
        ["summer_school/2.ja.in_app.liquid"] = Text("Still time"),
    });

    private static string Text(string title, string body = "Come.", string link = "{{ links.app }}") =>
        $"---\ntitle: {title}\nlink: {link}\n---\n{body}\n";

    private static string? Name(JsonNode? campaign) => campaign!["name"]!.GetValue<string>();

    private async Task Publish(Action<JsonArray> change)
    {
        var campaigns = (JsonArray)JsonNode.Parse((await host.Get("/api/campaigns")).GetProperty("campaigns").GetRawText())!;
        change(campaigns);
        using var answer = await host.Client.PutAsJsonAsync("/api/campaigns", new { campaigns });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }
}
