using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LStep.System.Tests.Rules;

/// <summary>Publishing rules over the API, on a clock that stands still.</summary>
public sealed class PublishTests : IAsyncLifetime
{
    private const string OneModule =
        """{"modules_completed":{"operator":">=","value":1},"assessment_avg_score":{"operator":">=","value":70}}""";

    private readonly ApiHost host = new();

    public Task InitializeAsync() => host.InitializeAsync();

    public Task DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_version_is_published_as_a_whole_and_everybody_is_looked_at_again_by_it()
    {
        await host.Post(
            ApiHost.Track("waiting", "Module Completed", new { moduleId = "m1" }),
            ApiHost.Track("waiting", "Quiz Completed", new { score = 88 }));
        Assert.Equal("ST_001", (await host.Get("/api/customers/waiting")).GetProperty("tag").GetString());
        var rules = await Rules();
        rules[0]!["conditions"] = JsonNode.Parse(OneModule);

        using var answer = await Put(new { rules, comment = "One module is enough" });
        var set = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, set.ToString());
        Assert.Equal((2, "first admin"), (set.GetProperty("version").GetInt32(), set.GetProperty("author").GetString()));
        Assert.Equal(15, set.GetProperty("rules").GetArrayLength());
        var batch = set.GetProperty("batchId").GetString()!;
        await BatchIsOver(batch);

        var moved = (await host.Get("/api/transitions?limit=50")).GetProperty("items").EnumerateArray().Last();
        Assert.Equal(("waiting", "ST_002", 2, batch), (
            moved.GetProperty("customerId").GetString(), moved.GetProperty("to").GetString(),
            moved.GetProperty("ruleSetVersion").GetInt32(), moved.GetProperty("batchId").GetString()));
        Assert.Equal("rules", (await host.Get($"/api/evaluations/{batch}")).GetProperty("scope").GetString());

        var active = await host.Get("/api/rules");
        Assert.Equal((2, "One module is enough", batch), (
            active.GetProperty("version").GetInt32(), active.GetProperty("comment").GetString(),
            active.GetProperty("batchId").GetString()));
        var audit = (await host.Get("/api/audit?limit=1")).GetProperty("items")[0];
        Assert.Equal(("rules.published", "2", "first admin", "One module is enough"), (
            audit.GetProperty("action").GetString(), audit.GetProperty("target").GetString(), audit.GetProperty("who").GetString(),
            audit.GetProperty("reason").GetString()));
        Assert.Equal((1, 2), (
            audit.GetProperty("before").GetProperty("version").GetInt32(), audit.GetProperty("after").GetProperty("version").GetInt32()));
    }

    [Fact]
    public async Task Every_version_says_what_it_changed()
    {
        var rules = await Rules();
        rules[0]!["priority"] = 11;
        rules.RemoveAt(12);
        rules.Add(JsonNode.Parse(
            """{"name":"New one","from":["ST_003"],"to":"ST_004","conditions":{"days_since_login":{"operator":">=","value":60}},"priority":40,"requiresApproval":true}"""));
        await Published(new { rules });

        var sets = (await host.Get("/api/rules/versions")).GetProperty("items").EnumerateArray();
        Assert.Equal([2, 1], sets.Select(set => set.GetProperty("version").GetInt32()));
        var second = (await host.Get("/api/rules/versions/2")).GetProperty("difference");
        Assert.Equal(1, second.GetProperty("against").GetInt32());
        Assert.Equal(16, Assert.Single(second.GetProperty("added").EnumerateArray()).GetProperty("id").GetInt32());
        Assert.Equal(13, Assert.Single(second.GetProperty("removed").EnumerateArray()).GetProperty("id").GetInt32());
        var change = Assert.Single(Assert.Single(second.GetProperty("changed").EnumerateArray()).GetProperty("changes").EnumerateArray());
        Assert.Equal(("priority", 10, 11), (
            change.GetProperty("field").GetString(), change.GetProperty("before").GetInt32(), change.GetProperty("after").GetInt32()));
        var first = await host.Get("/api/rules/versions/1");
        Assert.Equal(JsonValueKind.Null, first.GetProperty("difference").ValueKind);
        var back = (await host.Get("/api/rules/versions/1?against=2")).GetProperty("difference");
        Assert.Equal(16, back.GetProperty("removed")[0].GetProperty("id").GetInt32());
        foreach (var path in new[] { "0", "3", "x", "99999999999", "2147483647" })
            Assert.Equal(HttpStatusCode.NotFound, (await host.Admin.GetAsync($"/api/rules/versions/{path}")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await host.Admin.GetAsync("/api/rules/versions/2?against=9")).StatusCode);
    }

    [Fact]
    public async Task A_new_rule_never_passes_for_one_that_was_taken_away()
    {
        var rules = await Rules();
        rules.Add(New("First"));
        await Published(new { rules });
        rules.RemoveAt(15);
        rules.Add(New("Second"));
        var set = await Published(new { rules });
        Assert.Equal(17, set.GetProperty("rules")[15].GetProperty("id").GetInt32());
    }

    [Theory]
    [InlineData("""{}""", 422, "not_a_list", "$.rules")]
    [InlineData("""{"rules":[]}""", 422, "not_a_list", "$.rules")]
    [InlineData("""{"rules":{}}""", 422, "not_a_list", "$.rules")]
    [InlineData("""{"rules":[7]}""", 422, "not_an_object", "$.rules[0]")]
    [InlineData("""{"rules":[],"colour":1}""", 400, "bad_json", "$.colour")]
    [InlineData("""{"rules":""", 400, "bad_json", null)]
    [InlineData("""{"rules":[$],"comment":"a\u0000b"}""", 422, "bad_text", "$.comment")]
    [InlineData("""{"rules":[$],"comment":"\ud800"}""", 400, "bad_json", "$.comment")]
    [InlineData("""{"rules":[$],"comment":7}""", 400, "bad_json", "$.comment")]
    [InlineData("""{"rules":[$],"baseVersion":"1"}""", 400, "bad_json", "$.baseVersion")]
    [InlineData("""{"rules":[$],"baseVersion":7}""", 409, "rules_changed", null)]
    [InlineData("""{"rules":[$,$]}""", 422, "duplicate_name", "$.rules[1].name")]
    [InlineData(
        """{"rules":[{"name":"A","from":["ST_001"],"to":"ST_002","conditions":{"modules":{"operator":">=","value":2}},"priority":1}]}""",
        422, "unknown_metric", "$.rules[0].conditions.modules")]
    [InlineData(
        """{"rules":[{"name":"A","from":["ST_001"],"to":"ST_002","conditions":{"sessions_7d":{"operator":"=>","value":2}},"priority":1}]}""", 422, "unknown_operator", "$.rules[0].conditions.sessions_7d.operator")]
    [InlineData(
        """{"rules":[{"name":"A","from":["ST_001"],"to":"ST_002","conditions":{"engagement_score":{"operator":">=","value":101}},"priority":1}]}""", 422, "impossible_range", "$.rules[0].conditions.engagement_score")]
    [InlineData("""{"rules":[{"name":"\ud800","from":["ST_001"],"to":"ST_002","conditions":{"sessions_7d":1},"priority":1}]}""", 422,
        "bad_text", "$.rules[0].name")]
    [InlineData("""{"rules":[{"name":"A","from":["ST_001"],"to":"ST_002","conditions":{"traits.x\u0000":1},"priority":1}]}""", 422,
        "bad_text", "$.rules[0].conditions")]
    [InlineData(
        """{"rules":[{"name":"A","from":["ST_001"],"to":"ST_002","conditions":{"sessions_7d":1},"priority":1,"notification":{"x":1e400000}}]}""", 422, null, null)]
    public async Task What_cannot_be_published_is_refused_with_its_place(string body, int status, string? code, string? path)
    {
        const string Good = """{"name":"A","from":["ST_001"],"to":"ST_002","conditions":{"sessions_7d":1},"priority":1}""";
        using var answer = await Put(
            body.Replace("$]", Good + "]", StringComparison.Ordinal).Replace("[$", "[" + Good, StringComparison.Ordinal));
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(status == (int)answer.StatusCode, problem.ToString());
        if (code is not null) Assert.Equal(code, problem.GetProperty("code").GetString());
        if (path is not null)
            Assert.Contains(problem.GetProperty("errors").EnumerateArray(), error => error.GetProperty("path").GetString() == path);
        Assert.Equal(1, (await host.Get("/api/rules")).GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task Of_two_publishers_at_once_one_wins_and_the_other_hears_who()
    {
        var rules = await Rules();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Put(new { rules, baseVersion = 1 })));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        foreach (var lost in answers.Where(answer => answer.StatusCode != HttpStatusCode.OK))
        {
            var problem = await lost.Content.ReadFromJsonAsync<JsonElement>();
            Assert.Equal((409, "rules_changed"), (problem.GetProperty("status").GetInt32(), problem.GetProperty("code").GetString()));
            Assert.Contains("Version 2", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
            Assert.Contains("first admin", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
        Assert.Equal(2, (await host.Get("/api/rules/versions")).GetProperty("items").GetArrayLength());
        Assert.Equal(1L, await Sql("SELECT count(*) FROM audit_log WHERE what = 'rules.published'"));
    }

    [Fact]
    public async Task The_entity_tag_of_the_rules_is_a_precondition()
    {
        var rules = await Rules();
        using var read = await host.Admin.GetAsync("/api/rules");
        var tag = read.Headers.ETag!;
        Assert.Equal("\"1\"", tag.Tag);
        using var again = new HttpRequestMessage(HttpMethod.Get, "/api/rules") { Headers = { IfNoneMatch = { tag } } };
        Assert.Equal(HttpStatusCode.NotModified, (await host.Admin.SendAsync(again)).StatusCode);

        Assert.Equal(HttpStatusCode.OK, (await Put(new { rules }, tag)).StatusCode);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await Put(new { rules }, tag)).StatusCode);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await Put(new { rules }, new EntityTagHeaderValue("\"nonsense\""))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Put(new { rules }, EntityTagHeaderValue.Any)).StatusCode);
    }

    [Fact]
    public async Task A_version_whose_line_in_the_audit_log_cannot_be_written_is_not_published()
    {
        await Sql("ALTER TABLE audit_log ADD CONSTRAINT shut CHECK (what <> 'rules.published')");
        using var answer = await Put(new { rules = await Rules() });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(1L, await Sql("SELECT count(*) FROM rule_set_versions"));
        Assert.Equal(0L, await Sql("SELECT count(*) FROM evaluation_batches"));
        Assert.Equal(1, (await host.Get("/api/rules")).GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task A_check_tells_what_publishing_would_refuse_and_publishes_nothing()
    {
        var rules = await Rules();
        rules[2]!["priority"] = 1;
        rules[2]!["conditions"] = JsonNode.Parse("""{"sessions_7d":{"operator":">=","value":0}}""");
        using var success = host.Client(ApiHost.SuccessToken);
        using var answer = await success.PostAsJsonAsync("/api/rules/check", new { rules });
        var found = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Contains(found.GetProperty("warnings").EnumerateArray(), warning => warning.GetProperty("code").GetString() == "always_met");
        Assert.Contains(found.GetProperty("errors").EnumerateArray(), error => error.GetProperty("code").GetString() == "cycle");
        Assert.Equal(1, (await host.Get("/api/rules")).GetProperty("version").GetInt32());
    }

    private async Task<JsonArray> Rules() => (JsonArray)JsonNode.Parse((await host.Get("/api/rules")).GetProperty("rules").GetRawText())!;

    private static JsonNode? New(string name) => JsonNode.Parse(
        $$$"""{"name":"{{{name}}}","from":["ST_003"],"to":"ST_004","conditions":{"days_since_login":{"operator":">=","value":60}},"priority":40,"requiresApproval":true}""");

    private async Task<JsonElement> Published(object body)
    {
        using var answer = await Put(body);
        var set = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(answer.IsSuccessStatusCode, set.ToString());
        return set;
    }

    private Task<HttpResponseMessage> Put(object body, EntityTagHeaderValue? match = null) => Put(JsonSerializer.Serialize(body), match);

    private async Task<HttpResponseMessage> Put(string body, EntityTagHeaderValue? match = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/rules")
        {
            Content = new StringContent(body, new MediaTypeHeaderValue("application/json")),
        };
        if (match is not null) request.Headers.IfMatch.Add(match);
        return await host.Admin.SendAsync(request);
    }

    /// <summary>What was asked for is done when the clock is told to stay where it is.</summary>
    private async Task BatchIsOver(string id)
    {
        using var answer = await host.Admin.PostAsJsonAsync("/api/clock", new { now = ApiHost.Noon });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        var batch = await host.Get($"/api/evaluations/{id}");
        Assert.NotEqual(JsonValueKind.Null, batch.GetProperty("finishedAt").ValueKind);
    }

    private async Task<object?> Sql(string statement)
    {
        await using var command = host.Database.Source.CreateCommand(statement);
        return await command.ExecuteScalarAsync();
    }
}
