using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LStep.System.Tests.Campaigns;

/// <summary>Publishing campaigns over the API, on a clock that stands still.</summary>
public sealed class PublishTests : IAsyncLifetime
{
    private readonly ApiHost host = new();

    public Task InitializeAsync() => host.InitializeAsync();

    public Task DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Version_1_is_the_contract_published_when_the_product_first_started()
    {
        var set = await host.Get("/api/campaigns");
        Assert.Equal((1, "system", ApiHost.Noon), (
            set.GetProperty("version").GetInt32(), set.GetProperty("author").GetString(),
            set.GetProperty("publishedAt").GetDateTimeOffset()));
        Assert.Equal(24, set.GetProperty("campaigns").GetArrayLength());
        var first = await host.Get("/api/campaigns/versions/1");
        Assert.Equal(JsonValueKind.Null, first.GetProperty("difference").ValueKind);
        Assert.Equal(24, first.GetProperty("campaigns").GetArrayLength());
        // Members of a payload stay as they were written.
        Assert.Contains("\"badge\":\"ppal_expert\",\"announce\":true", first.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_read_can_be_put_back_and_every_version_says_what_it_changed()
    {
        var campaigns = await Campaigns();
        Assert.NotNull(campaigns[0]!["counts"]);
        campaigns[14]!["steps"]![0]!["afterMinutes"] = 240;
        campaigns.RemoveAt(23);
        using var answer = await Put(new { campaigns, comment = "Four hours" });
        var set = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, set.ToString());
        Assert.Equal((2, "first admin", "Four hours", 23), (
            set.GetProperty("version").GetInt32(), set.GetProperty("author").GetString(), set.GetProperty("comment").GetString(),
            set.GetProperty("campaigns").GetArrayLength()));
        Assert.Empty(set.GetProperty("warnings").EnumerateArray());
        var active = await host.Get("/api/campaigns");
        Assert.Equal((2, "Four hours"), (active.GetProperty("version").GetInt32(), active.GetProperty("comment").GetString()));

        var page = await host.Get("/api/campaigns/versions?limit=1");
        Assert.Equal((2, 23), (
            page.GetProperty("items")[0].GetProperty("version").GetInt32(), page.GetProperty("items")[0].GetProperty("count").GetInt32()));
        var rest = await host.Get($"/api/campaigns/versions?limit=1&cursor={page.GetProperty("next").GetString()}");
        Assert.Equal(1, Assert.Single(rest.GetProperty("items").EnumerateArray()).GetProperty("version").GetInt32());
        Assert.Equal(JsonValueKind.Null, rest.GetProperty("next").ValueKind);

        var difference = (await host.Get("/api/campaigns/versions/2")).GetProperty("difference");
        Assert.Equal(1, difference.GetProperty("against").GetInt32());
        Assert.Empty(difference.GetProperty("added").EnumerateArray());
        Assert.Equal(
            "value_demonstration", Assert.Single(difference.GetProperty("removed").EnumerateArray()).GetProperty("name").GetString());
        var changed = Assert.Single(difference.GetProperty("changed").EnumerateArray());
        Assert.Equal("personal_check_in", changed.GetProperty("name").GetString());
        var change = Assert.Single(changed.GetProperty("changes").EnumerateArray());
        Assert.Equal(("steps", 120, 240), (
            change.GetProperty("field").GetString(), change.GetProperty("before")[0].GetProperty("afterMinutes").GetInt32(),
            change.GetProperty("after")[0].GetProperty("afterMinutes").GetInt32()));
        var back = (await host.Get("/api/campaigns/versions/1?against=2")).GetProperty("difference");
        Assert.Equal("value_demonstration", back.GetProperty("added")[0].GetProperty("name").GetString());
        foreach (var path in new[] { "0", "3", "x", "99999999999", "2147483647" })
            Assert.Equal(HttpStatusCode.NotFound, (await host.Admin.GetAsync($"/api/campaigns/versions/{path}")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await host.Admin.GetAsync("/api/campaigns/versions/2?against=9")).StatusCode);

        var audit = (await host.Get("/api/audit?limit=1")).GetProperty("items")[0];
        Assert.Equal(("campaigns.published", "2", "first admin", "Four hours"), (
            audit.GetProperty("action").GetString(), audit.GetProperty("target").GetString(), audit.GetProperty("who").GetString(),
            audit.GetProperty("reason").GetString()));
        var (before, after) = (audit.GetProperty("before"), audit.GetProperty("after"));
        Assert.Equal((1, 2, "value_demonstration"), (
            before.GetProperty("version").GetInt32(), after.GetProperty("version").GetInt32(),
            before.GetProperty("removed")[0].GetString()));
        Assert.Equal((120, 240), (Minutes(before), Minutes(after)));

        static int Minutes(JsonElement said) => said.GetProperty("changed").GetProperty("personal_check_in").GetProperty("steps")[0]
            .GetProperty("afterMinutes").GetInt32();
    }

    [Theory]
    [InlineData("{}", 422, "not_a_list", "$.campaigns")]
    [InlineData("""{"campaigns":[]}""", 422, "not_a_list", "$.campaigns")]
    [InlineData("""{"campaigns":{}}""", 422, "not_a_list", "$.campaigns")]
    [InlineData("""{"campaigns":null}""", 422, "not_a_list", "$.campaigns")]
    [InlineData("""{"campaigns":[null]}""", 422, "not_an_object", "$.campaigns[0]")]
    [InlineData("""{"campaigns":[$],"colour":1}""", 400, "bad_json", "$.colour")]
    [InlineData("""{"campaigns":""", 400, "bad_json", null)]
    [InlineData("""{"campaigns":[$],"comment":"a\u0000b"}""", 422, "bad_text", "$.comment")]
    [InlineData("""{"campaigns":[$],"comment":7}""", 400, "bad_json", "$.comment")]
    [InlineData("""{"campaigns":[$],"baseVersion":"1"}""", 400, "bad_json", "$.baseVersion")]
    [InlineData("""{"campaigns":[$],"baseVersion":7}""", 409, "campaigns_changed", null)]
    [InlineData("""{"campaigns":[$,$]}""", 422, "duplicate_name", "$.campaigns[1].name")]
    [InlineData("""{"campaigns":[{"name":"welcome_back","on":"ST_001","kind":"marketing","steps":[{"afterMinutes":0,"channel":"sms"}]}]}""",
        422, "unknown_channel", "$.campaigns[0].steps[0].channel")]
    [InlineData(
        """{"campaigns":[{"name":"never_written","on":"ST_001","kind":"service","steps":[{"afterMinutes":0,"channel":"email"}]}]}""",
        422, "missing_template", "$.campaigns[0].steps[0]")]
    [InlineData(
        """{"campaigns":[{"name":"welcome_back","on":"ST_001","kind":"service","steps":[{"afterMinutes":0,"channel":"in_app"},{"afterMinutes":9,"channel":"in_app"}]}]}""",
        422, "missing_template", "$.campaigns[0].steps[1]")]
    [InlineData("""{"campaigns":[{"name":"welcome_back","on":"ST_001","kind":"service","steps":[{"afterMinutes":0,"channel":"task"}]}]}""",
        422, "missing_template", "$.campaigns[0].steps[0]")]
    [InlineData("""{"campaigns":[{"name":"\ud800","on":"ST_001","kind":"service","steps":[]}]}""", 422, "bad_text", "$.campaigns[0].name")]
    [InlineData("""{"campaigns":[{"name":"a","on":"ST_001","payload":{"x":1e400000}}]}""", 422, null, "$.campaigns[0].payload")]
    [InlineData("""{"campaigns":[{"name":"a","on":"ST_001","audience":{"traits.x\u0000":1}}]}""", 422, "bad_text",
        "$.campaigns[0].audience")]
    public async Task What_cannot_be_published_is_refused_with_its_place(string body, int status, string? code, string? path)
    {
        const string Good = """{"name":"welcome_back","on":"ST_001","kind":"service","steps":[{"afterMinutes":0,"channel":"in_app"}]}""";
        var sent = body.Replace("$", Good, StringComparison.Ordinal);
        using var answer = await Put(sent);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(status == (int)answer.StatusCode, problem.ToString());
        if (code is not null) Assert.Equal(code, problem.GetProperty("code").GetString());
        if (path is not null)
            Assert.Contains(problem.GetProperty("errors").EnumerateArray(), error => error.GetProperty("path").GetString() == path);
        Assert.Equal(1, (await host.Get("/api/campaigns")).GetProperty("version").GetInt32());
        if (path is null || !path.StartsWith("$.campaigns", StringComparison.Ordinal)) return;

        // Validation says the same, and never refuses to say it.
        using var asked = await host.Admin.PostAsync(
            "/api/campaigns/validate", new StringContent(sent, new MediaTypeHeaderValue("application/json")));
        var found = await asked.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(asked.IsSuccessStatusCode, found.ToString());
        Assert.Contains(found.GetProperty("errors").EnumerateArray(), error => error.GetProperty("path").GetString() == path);
    }

    [Fact]
    public async Task What_is_odd_and_can_be_read_is_published_and_does_no_harm()
    {
        const string Odd =
            """{"campaigns":[{"name":"welcome_back","on":"ST_001","kind":"service","steps":[{"afterMinutes":0,"channel":"in_app"}],"audience":{"sessions_7d":1,"sessions_7d":2,"traits.ü":"x"},"payload":{"a":1,"a":2,"":[],"日":"{{ customer.id }}","n":1e-5,"due_in_hours":null},"name":"welcome_back","counts":null}]}""";
        for (var version = 2; version <= 3; version++)
        {
            var other = Odd.Replace("\"n\":1e-5", "\"n\":0.00001,\"m\":-0", StringComparison.Ordinal);
            using var answer = await Put(version == 2 ? Odd : other);
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
            await host.Get($"/api/campaigns/versions/{version}");
        }
        await host.Get("/api/campaigns");
        await host.Get("/api/audit");
        await host.Post(ApiHost.Track("somebody", "Logged In"));
    }

    [Fact]
    public async Task Of_two_publishers_at_once_one_wins_and_the_other_hears_who()
    {
        var campaigns = await Campaigns();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Put(new { campaigns, baseVersion = 1 })));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        foreach (var lost in answers.Where(answer => answer.StatusCode != HttpStatusCode.OK))
        {
            var problem = await lost.Content.ReadFromJsonAsync<JsonElement>();
            Assert.Equal((409, "campaigns_changed"), (problem.GetProperty("status").GetInt32(), problem.GetProperty("code").GetString()));
            Assert.Contains("Version 2", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
            Assert.Contains("first admin", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
        Assert.Equal(2, (await host.Get("/api/campaigns/versions")).GetProperty("items").GetArrayLength());
        Assert.Equal(1L, await Sql("SELECT count(*) FROM audit_log WHERE what = 'campaigns.published'"));
    }

    [Fact]
    public async Task The_entity_tag_of_the_campaigns_is_a_precondition()
    {
        var campaigns = await Campaigns();
        using var read = await host.Admin.GetAsync("/api/campaigns");
        var tag = read.Headers.ETag!;
        Assert.StartsWith("\"1.", tag.Tag, StringComparison.Ordinal);
        using var again = new HttpRequestMessage(HttpMethod.Get, "/api/campaigns") { Headers = { IfNoneMatch = { tag } } };
        Assert.Equal(HttpStatusCode.NotModified, (await host.Admin.SendAsync(again)).StatusCode);
        // More actions are no other campaigns, and another answer.
        await host.Post(ApiHost.Track("somebody", "Logged In"));
        await Signals.UntilAsync(
            async () => (await host.Get("/api/campaigns")).GetProperty("campaigns")[0].GetProperty("counts").GetProperty("scheduled")
                .GetInt32() == 3);
        using var since = new HttpRequestMessage(HttpMethod.Get, "/api/campaigns") { Headers = { IfNoneMatch = { tag } } };
        Assert.Equal(HttpStatusCode.OK, (await host.Admin.SendAsync(since)).StatusCode);

        Assert.Equal(HttpStatusCode.OK, (await Put(new { campaigns }, tag)).StatusCode);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await Put(new { campaigns }, tag)).StatusCode);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await Put(new { campaigns }, new EntityTagHeaderValue("\"x.1\""))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Put(new { campaigns }, new EntityTagHeaderValue("\"2\""))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Put(new { campaigns }, EntityTagHeaderValue.Any)).StatusCode);
    }

    [Fact]
    public async Task A_version_whose_line_in_the_audit_log_cannot_be_written_is_not_published()
    {
        await Sql("ALTER TABLE audit_log ADD CONSTRAINT shut CHECK (what <> 'campaigns.published')");
        using var answer = await Put(new { campaigns = await Campaigns() });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(1L, await Sql("SELECT count(*) FROM campaign_sets"));
        Assert.Equal(1, (await host.Get("/api/campaigns")).GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task A_validation_tells_what_publishing_would_warn_of_and_publishes_nothing()
    {
        var campaigns = await Campaigns();
        campaigns[1]!["holdoutPercent"] = 20;
        campaigns[2]!["variants"] = JsonNode.Parse("""[{"name":"warm","weight":1},{"name":"short","weight":1}]""");
        using var success = host.Client(ApiHost.SuccessToken);
        using var answer = await success.PostAsJsonAsync("/api/campaigns/validate", new { campaigns });
        var found = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Empty(found.GetProperty("errors").EnumerateArray());
        Assert.Equal(
            [("no_effect", "$.campaigns[1].holdoutPercent"), ("nothing_compared", "$.campaigns[2].variants")],
            found.GetProperty("warnings").EnumerateArray().Select(
                one => (one.GetProperty("code").GetString(), one.GetProperty("path").GetString())));
        Assert.Equal(1, (await host.Get("/api/campaigns")).GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task The_winner_of_a_comparison_is_what_everybody_gets()
    {
        var campaigns = await Campaigns();
        campaigns[2]!["variants"] = JsonNode.Parse("""[{"name":"warm","weight":1},{"name":"short","weight":1}]""");
        Assert.Equal(HttpStatusCode.OK, (await Put(new { campaigns })).StatusCode);

        await Refused("nobody_knows_it", new { variant = "warm" }, 404, "not_found");
        await Refused("standard_nurturing", new { variant = "cold" }, 422, "unknown_variant");
        await Refused("standard_nurturing", new { }, 422, "required");
        await Refused("standard_nurturing", new { variant = "warm", comment = "\0" }, 422, "bad_text");
        await Refused("standard_nurturing", new { variant = 7 }, 400, "bad_json");
        await Refused("welcome_back", new { variant = "warm" }, 409, "nothing_compared");
        using (var success = host.Client(ApiHost.SuccessToken))
        using (var forbidden = await success.PostAsJsonAsync("/api/campaigns/standard_nurturing/promote", new { variant = "warm" }))
            Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);

        using var answer = await Promote("standard_nurturing", new { variant = "warm", comment = "It was opened twice as often" });
        var set = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(answer.IsSuccessStatusCode, set.ToString());
        Assert.Equal(3, set.GetProperty("version").GetInt32());
        var campaign = (await host.Get("/api/campaigns")).GetProperty("campaigns")[2];
        Assert.Empty(campaign.GetProperty("variants").EnumerateArray());
        Assert.Equal("warm", campaign.GetProperty("promoted").GetString());
        await Refused("standard_nurturing", new { variant = "warm" }, 409, "nothing_compared");
        Assert.Equal("It was opened twice as often", (await host.Get("/api/audit?limit=1")).GetProperty("items")[0]
            .GetProperty("reason").GetString());
    }

    private async Task Refused(string campaign, object body, int status, string code)
    {
        using var answer = await Promote(campaign, body);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((status, code), (problem.GetProperty("status").GetInt32(), problem.GetProperty("code").GetString()));
    }

    private Task<HttpResponseMessage> Promote(string campaign, object body) =>
        host.Admin.PostAsJsonAsync($"/api/campaigns/{campaign}/promote", body);

    private async Task<JsonArray> Campaigns() =>
        (JsonArray)JsonNode.Parse((await host.Get("/api/campaigns")).GetProperty("campaigns").GetRawText())!;

    private Task<HttpResponseMessage> Put(object body, EntityTagHeaderValue? match = null) => Put(JsonSerializer.Serialize(body), match);

    private async Task<HttpResponseMessage> Put(string body, EntityTagHeaderValue? match = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/campaigns")
        {
            Content = new StringContent(body, new MediaTypeHeaderValue("application/json")),
        };
        if (match is not null) request.Headers.IfMatch.Add(match);
        return await host.Admin.SendAsync(request);
    }

    private async Task<object?> Sql(string statement)
    {
        await using var command = host.Database.Source.CreateCommand(statement);
        return await command.ExecuteScalarAsync();
    }
}
