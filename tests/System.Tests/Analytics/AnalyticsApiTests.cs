using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace LStep.System.Tests.Analytics;

/// <summary>What the calls of analytics take and refuse, and what they answer while there is nothing to count.</summary>
public sealed class AnalyticsApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    private static readonly string[] Calls = ["overview", "distribution", "flow", "cohorts", "risks", "automation", "kpis", "weekly"];

    public static TheoryData<string> Each => [.. Calls];

    [Theory]
    [MemberData(nameof(Each))]
    public async Task Every_answer_names_its_range_and_the_one_before(string call)
    {
        var answer = await host.Get($"/api/analytics/{call}?from=2026-03-01&to=2026-03-07");

        Assert.Equal(
            ("2026-03-01", "2026-03-07", "2026-02-22", "2026-02-28", ApiHost.Noon),
            (Text(answer, "from"), Text(answer, "to"), Text(answer, "previousFrom"), Text(answer, "previousTo"),
                answer.GetProperty("asOf").GetDateTimeOffset()));
        Assert.True(answer.GetProperty("through").GetInt64() >= 0);
    }

    [Theory]
    [MemberData(nameof(Each))]
    public async Task Without_a_range_it_is_the_last_28_days_up_to_today(string call)
    {
        var answer = await host.Get($"/api/analytics/{call}");

        Assert.Equal(
            (call switch { "cohorts" => "2025-04-01", "weekly" => "2025-12-22", _ => "2026-02-11" }, "2026-03-10"),
            (Text(answer, "from"), Text(answer, "to")));
    }

    [Theory]
    [InlineData("from=2026-03-02&to=2026-03-01", 422, "bad_range")]
    [InlineData("from=2020-01-01&to=2023-01-05", 422, "range_too_long")]
    [InlineData("from=soon", 422, "bad_date")]
    [InlineData("from=1999-12-31&to=2000-01-05", 422, "bad_date")]
    [InlineData("from=0001-01-01&to=0001-01-01", 422, "bad_date")]
    [InlineData("from=9999-12-31&to=9999-12-31", 422, "bad_date")]
    [InlineData("from=2026-03-01&from=2026-03-02", 422, "repeated")]
    [InlineData("day=2026-03-01", 400, "unknown_parameter")]
    public async Task A_range_that_is_none_is_refused_by_every_call(string query, int status, string code)
    {
        foreach (var call in Calls)
        {
            using var answer = await host.Admin.GetAsync($"/api/analytics/{call}?{query}");
            Assert.Equal((status, code), ((int)answer.StatusCode, await Code(answer)));
        }
    }

    [Theory]
    [InlineData("from=2023-03-08&to=2026-03-11")]
    [InlineData("from=9999-12-01&to=9999-12-30")]
    [InlineData("from=2000-01-01&to=2000-01-01")]
    [InlineData("from=2026-03-11&to=2026-05-01")]
    public async Task Ranges_before_the_first_day_after_today_and_of_1100_days_are_answered(string query)
    {
        foreach (var call in Calls)
        {
            using var answer = await host.Admin.GetAsync($"/api/analytics/{call}?{query}");
            Assert.True(answer.IsSuccessStatusCode, $"{call}: {await answer.Content.ReadAsStringAsync()}");
        }
    }

    [Fact]
    public async Task Cohorts_are_by_month_tier_or_engagement()
    {
        Assert.Equal("month", Text(await host.Get("/api/analytics/cohorts"), "by"));
        Assert.Equal("engagement", Text(await host.Get("/api/analytics/cohorts?by=engagement"), "by"));
        using var answer = await host.Admin.GetAsync("/api/analytics/cohorts?by=shoe-size");
        Assert.Equal((422, "bad_by"), ((int)answer.StatusCode, await Code(answer)));
    }

    [Fact]
    public async Task Where_nothing_was_counted_values_are_null_and_counts_are_0()
    {
        const string Before = "?from=2001-01-01&to=2001-01-28";
        var kpis = (await host.Get("/api/analytics/kpis" + Before)).GetProperty("items").EnumerateArray().ToList();

        Assert.Equal(10, kpis.Count);
        Assert.All(kpis, kpi => Assert.Equal(
            (JsonValueKind.Null, JsonValueKind.Null, JsonValueKind.Null), (
                kpi.GetProperty("value").ValueKind, kpi.GetProperty("trend").ValueKind, kpi.GetProperty("met").ValueKind)));
        Assert.All(kpis, kpi => Assert.Equal(28, kpi.GetProperty("days").GetArrayLength()));
        var cards = (await host.Get("/api/analytics/overview" + Before)).GetProperty("cards").EnumerateArray().ToList();
        Assert.Equal(
            ["active_learners 0", "mastery_rate ", "at_risk 0", "recovery_rate "],
            cards.Select(card => $"{Text(card, "name")} {Text(card, "value")}"));
        var automation = await host.Get("/api/analytics/automation" + Before);
        Assert.Equal(("0", "", "", ""), (
            Text(automation, "transitions"), Text(automation, "share"), Text(automation, "accuracy"), Text(automation, "rejectionRate")));
    }

    [Fact]
    public async Task A_goal_is_set_by_an_admin_and_stands_in_the_audit_log_with_what_was_before()
    {
        Assert.Equal((70.0, false), await Goal("active_learner_rate"));
        await Put("active_learner_rate", new { goal = 80 });
        using (var second = await Put("active_learner_rate", new { goal = 82.5, baseline = 60 }))
            Assert.Equal((82.5, 60.0, "first admin"), await Read(second));
        Assert.Equal((82.5, true), await Goal("active_learner_rate"));
        var entry = (await host.Get("/api/audit?action=kpi&limit=1")).GetProperty("items")[0];
        Assert.Equal(
            ("kpi.changed", "active_learner_rate", "first admin"), (Text(entry, "action"), Text(entry, "target"), Text(entry, "who")));
        Assert.Equal(80, entry.GetProperty("before").GetProperty("goal").GetDouble());
        Assert.Equal(60, entry.GetProperty("after").GetProperty("baseline").GetDouble());

        await Put("active_learner_rate", new { });
        Assert.Equal((70.0, false), await Goal("active_learner_rate"));
    }

    [Theory]
    [InlineData("""{"goal":101}""", 422, "bad_value")]
    [InlineData("""{"goal":-0.1}""", 422, "bad_value")]
    [InlineData("""{"goal":70,"baseline":1e9}""", 422, "bad_value")]
    [InlineData("""{"goal":"70"}""", 400, "bad_json")]
    [InlineData("""{"goal":NaN}""", 400, "bad_json")]
    [InlineData("""{"target":70}""", 400, "bad_json")]
    public async Task A_goal_that_is_none_is_refused(string body, int status, string code)
    {
        using var answer = await host.Admin.PutAsync(
            "/api/analytics/kpis/recovery_rate", new StringContent(body, global::System.Text.Encoding.UTF8, "application/json"));

        Assert.Equal((status, code), ((int)answer.StatusCode, await Code(answer)));
        Assert.Equal((35.0, false), await Goal("recovery_rate"));
    }

    [Fact]
    public async Task Durations_may_have_goals_over_100_and_there_is_no_other_figure()
    {
        using var hours = await Put("at_risk_detection", new { goal = 168 });
        Assert.Equal(HttpStatusCode.OK, hours.StatusCode);
        using var none = await Put("happiness", new { goal = 1 });
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        using var small = host.Client(ApiHost.SuccessToken);
        using var refused = await small.PutAsJsonAsync("/api/analytics/kpis/recovery_rate", new { goal = 1 });
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Fact]
    public async Task Risks_are_the_customers_behind_each_indicator_now_and_when_each_day_began()
    {
        await Sql("""
            INSERT INTO customer_figures (customer_id, tag, tier, owner, name, indicators, risks, behaviors, overall, engagement, progress,
                community, tag_since, enrolled_at)
            SELECT 'figure-' || n, 'ST_001', 'Pro', '', '', indicators, 0, 0, 0, 0, 0, 0, now(), now()
            FROM unnest('{0, 1, 17, 2048}'::integer[]) WITH ORDINALITY AS given (indicators, n)
            """);
        await Sql("""
            INSERT INTO analytics_risk_days VALUES ('2026-02-28', 'low_engagement', 'Pro', 3), ('2026-02-28', 'low_engagement', '', 2),
                ('2026-02-28', '', '', 9), ('2026-03-02', 'login_gap', 'Pro', 5), ('2026-03-02', '', 'Pro', 9)
            """);
        var risks = await host.Get("/api/analytics/risks?from=2026-03-01&to=2026-03-03");
        var items = risks.GetProperty("items").EnumerateArray().ToDictionary(item => Text(item, "type"));
        var right = (await Sql("""
            SELECT count(*), count(*) FILTER (WHERE indicators <> 0), count(*) FILTER (WHERE indicators & 1 <> 0),
                count(*) FILTER (WHERE indicators & 16 <> 0), count(*) FILTER (WHERE indicators & 2048 <> 0)
            FROM customer_figures
            """))[0];

        Assert.Equal(right, string.Join(' ', Text(risks, "customers"), Text(risks, "flagged"), Text(items["low_engagement"], "customers"),
            Text(items["login_gap"], "customers"), Text(items["billing_risk"], "customers")));
        Assert.Equal(12, items.Count);
        Assert.Equal(
            Math.Round(100.0 * items["low_engagement"].GetProperty("customers").GetInt32() / risks.GetProperty("customers").GetInt32(), 1),
            items["low_engagement"].GetProperty("share").GetDouble());
        Assert.Equal(("5", "0", "high", "low"), (
            Text(items["low_engagement"], "previous"), Text(items["login_gap"], "previous"), Text(items["low_engagement"], "severity"),
            Text(items["social_isolation"], "severity")));
        Assert.Equal(["", "5", ""], items["login_gap"].GetProperty("days").EnumerateArray().Select(day => Text(day, "count")));
        Assert.Equal(["", "0", ""], items["billing_risk"].GetProperty("days").EnumerateArray().Select(day => Text(day, "count")));
    }

    private Task<HttpResponseMessage> Put(string name, object body) => host.Admin.PutAsJsonAsync($"/api/analytics/kpis/{name}", body);

    private async Task<(double Goal, bool IsSet)> Goal(string name)
    {
        var kpi = (await host.Get("/api/analytics/kpis")).GetProperty("items").EnumerateArray().Single(one => Text(one, "name") == name);
        return (kpi.GetProperty("goal").GetDouble(), kpi.GetProperty("goalIsSet").GetBoolean());
    }

    private static async Task<(double, double, string)> Read(HttpResponseMessage answer)
    {
        var goal = JsonElement.Parse(await answer.Content.ReadAsStringAsync());
        return (goal.GetProperty("goal").GetDouble(), goal.GetProperty("baseline").GetDouble(), Text(goal, "changedBy"));
    }

    private static async Task<string> Code(HttpResponseMessage answer) =>
        JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("errors")[0].GetProperty("code").ToString();

    private static string Text(JsonElement element, string name) => element.GetProperty(name).ToString();

    private async Task<List<string>> Sql(string sql)
    {
        await using var command = host.Database.Source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync())
            lines.Add(string.Join(' ', Enumerable.Range(0, reader.FieldCount).Select(column => reader.GetValue(column))));
        return lines;
    }
}
