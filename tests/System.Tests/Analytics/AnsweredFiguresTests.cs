using System.Globalization;
using System.Text.Json;
using Npgsql;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Analytics;

/// <summary>A quarter of learning where business days are not those of UTC: it ends on April 29, which is the 28th in UTC.</summary>
public sealed class QuarterInTokyo : IAsyncLifetime
{
    public const string Zone = "Asia/Tokyo";

    public LStepHost Host { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Host = await LStepHost.Start(LearnersOfAQuarter.Begin, zone: Zone, with: options => options with { ApiRequestsPerSecond = 10_000 });
        var learners = new LearnersOfAQuarter(Host);
        await learners.Come();
        await learners.Live(0, 30);
        await learners.Decide();
        await learners.Live(30, 70);
        await learners.Decide();
        await Host.MoveClock(LearnersOfAQuarter.Begin.AddDays(98).AddHours(8));
        await learners.Decide();
        await Host.Post(Identify("late", Host.Now, new { tier = "Pro" }));
    }

    public async Task DisposeAsync() => await Host.DisposeAsync();
}

/// <summary>
/// The answers say what SQL over ledger and reviews says, written here without a look at the day tables, and agree with each other.
/// </summary>
public sealed class AnsweredFiguresTests(QuarterInTokyo quarter) : IClassFixture<QuarterInTokyo>
{
    /// <summary>The ledger by business day; counts is what stands and is no import.</summary>
    private const string Rows = """
        WITH rows AS (
            SELECT l.*, (l.due_at AT TIME ZONE 'Asia/Tokyo')::date AS day, l.undone_at IS NULL AND l.kind IN (1, 3, 4, 5) AS counts,
                coalesce(c.tier, '') AS tier, coalesce(c.starts_at_trait, c.enrolled_at) AS began
            FROM customer_status_assignments l JOIN customers c USING (customer_id)
        ), tags AS (
            SELECT d::date AS day, s.tag, count(*) AS customers
            FROM generate_series('2026-01-01'::date, '2026-05-31', '1 day') d
            CROSS JOIN LATERAL (
                SELECT DISTINCT ON (customer_id) tag FROM rows WHERE rows.day <= d ORDER BY customer_id, number DESC) s
            GROUP BY d, s.tag
        )

        """;

    private LStepHost Host => quarter.Host;

    [Theory]
    [InlineData("2026-03-01", "2026-03-20")]
    [InlineData("2026-01-10", "2026-04-28")]
    [InlineData("2026-04-29", "2026-05-30")]
    public async Task The_distribution_of_each_day_is_that_of_the_ledger(string from, string to)
    {
        var answer = await Get("distribution", from, to);

        Assert.Equal(
            await Sql("SELECT day, tag, customers FROM tags WHERE day BETWEEN $1::date AND least($2::date, '2026-04-29') ORDER BY 1, 2",
                from, to),
            answer.GetProperty("days").EnumerateArray().SelectMany(day => Counts(day.GetProperty("counts")).Select(
                count => $"{Text(day, "date")} {count}")));
        Assert.Equal(await Sql("SELECT tag, count(*) FROM customer_states GROUP BY 1 ORDER BY 1"), Counts(answer.GetProperty("counts")));
    }

    [Fact]
    public async Task Totals_agree_with_each_other_and_with_the_states()
    {
        var (from, to) = ("2026-02-20", "2026-04-29");
        var (overview, distribution) = (await Get("overview", from, to), await Get("distribution", from, to));
        var (flow, automation, kpis) = (await Get("flow", from, to), await Get("automation", from, to), await Get("kpis", from, to));
        var now = distribution.GetProperty("counts");
        long Now(params string[] tags) => tags.Sum(tag => now.GetProperty(tag).GetInt64());

        Assert.Equal(Counts(now), Counts(distribution.GetProperty("days").EnumerateArray().Last().GetProperty("counts")));
        var cards = overview.GetProperty("cards").EnumerateArray().ToDictionary(card => Text(card, "name"));
        Assert.Equal(Now("ST_001", "ST_002"), cards["active_learners"].GetProperty("value").GetInt64());
        Assert.Equal(Now("ST_004"), cards["at_risk"].GetProperty("value").GetInt64());
        Assert.Equal(Tenth(100.0 * Now("ST_003") / LearnersAndLate), cards["mastery_rate"].GetProperty("value").GetDouble());
        Assert.Equal(LearnersAndLate, overview.GetProperty("customers").GetInt64());
        Assert.Equal(Kpi(kpis, "recovery_rate").GetProperty("value").ToString(), cards["recovery_rate"].GetProperty("value").ToString());
        Assert.Equal(
            Kpi(kpis, "active_learner_rate").GetProperty("value").GetDouble(), Tenth(100.0 * Now("ST_001", "ST_002") / LearnersAndLate));

        var total = flow.GetProperty("total").GetInt64();
        Assert.True(total > 20);
        Assert.Equal(total, flow.GetProperty("items").EnumerateArray().Sum(item => item.GetProperty("count").GetInt64()));
        Assert.Equal(total, automation.GetProperty("transitions").GetInt64());
        Assert.Equal(total, new[] { "automatic", "approved", "overridden", "expired" }.Sum(how => automation.GetProperty(how).GetInt64()));
        Assert.Equal(total, automation.GetProperty("days").EnumerateArray().Sum(
            day => new[] { "automatic", "approved", "overridden", "expired" }.Sum(how => day.GetProperty(how).GetInt64())));
        Assert.Equal(automation.GetProperty("share").ToString(), Kpi(kpis, "automation_share").GetProperty("value").ToString());
        Assert.Equal(automation.GetProperty("accuracy").ToString(), Kpi(kpis, "automation_accuracy").GetProperty("value").ToString());
        Assert.Single(new[] { overview, distribution, flow, automation, kpis }.Select(answer => Text(answer, "through")).Distinct());
        Assert.Equal(await Sql("SELECT max(id) FROM rows"), [Text(flow, "through")]);
    }

    [Theory]
    [InlineData("2026-03-01", "2026-03-31")]
    [InlineData("2026-03-25", "2026-04-29")]
    public async Task The_flow_is_that_of_the_ledger_in_the_range_and_in_the_one_before(string from, string to)
    {
        var flow = await Get("flow", from, to);

        Assert.Equal(
            await Sql("""
                SELECT previous_tag, tag, count(*) FILTER (WHERE day >= $1::date), count(*) FILTER (WHERE day < $1::date)
                FROM rows WHERE counts AND day <= $2::date AND day >= $1::date - ($2::date - $1::date + 1) GROUP BY 1, 2 ORDER BY 1, 2
                """, from, to),
            flow.GetProperty("items").EnumerateArray().Select(
                item => $"{Text(item, "from")} {Text(item, "to")} {Text(item, "count")} {Text(item, "previous")}"));
    }

    [Theory]
    [InlineData("2026-02-01", "2026-04-28")]
    [InlineData("2026-03-10", "2026-03-30")]
    public async Task Automation_is_that_of_ledger_and_reviews(string from, string to)
    {
        var answer = await Get("automation", from, to);
        var reviews = answer.GetProperty("reviews");

        Assert.Equal(
            await Sql("""
                SELECT count(*) FILTER (WHERE counts), count(*) FILTER (WHERE counts AND kind = 1), count(*) FILTER (WHERE counts
                    AND kind = 4),
                    count(*) FILTER (WHERE counts AND kind = 5), count(*) FILTER (WHERE counts AND kind = 3), count(*)
                        FILTER (WHERE kind = 6)
                FROM rows WHERE day BETWEEN $1::date AND $2::date
                """, from, to),
            [Line(answer, "transitions", "automatic", "approved", "overridden", "expired", "undone")]);
        Assert.Equal(
            await Sql("""
                , r AS (SELECT *, (opened_at AT TIME ZONE 'Asia/Tokyo')::date AS o, (decided_at AT TIME ZONE 'Asia/Tokyo')::date AS d
                    FROM reviews)
                SELECT count(*) FILTER (WHERE o BETWEEN $1::date AND $2::date),
                    count(*) FILTER (WHERE status = 'approved' AND d BETWEEN $1::date AND $2::date),
                    count(*) FILTER (WHERE status = 'rejected' AND d BETWEEN $1::date AND $2::date),
                    count(*) FILTER (WHERE close_reason = 'review_expired' AND d BETWEEN $1::date AND $2::date),
                    count(*) FILTER (WHERE status = 'withdrawn' AND d BETWEEN $1::date AND $2::date), count(*)
                        FILTER (WHERE status = 'open'),
                    round((percentile_cont(0.5) WITHIN GROUP (ORDER BY floor(extract(epoch FROM decided_at - opened_at) / 60))
                        FILTER (WHERE status IN ('approved', 'rejected') AND d BETWEEN $1::date AND $2::date) / 60)::numeric, 2)::float8
                FROM r
                """, from, to),
            [Line(reviews, "opened", "approved", "rejected", "expired", "withdrawn", "open", "medianHours")]);
        Assert.Equal(
            reviews.GetProperty("open").GetInt64(),
            reviews.GetProperty("ages").EnumerateArray().Sum(age => age.GetProperty("count").GetInt64()));
        Assert.Equal(
            await Sql("""
                SELECT campaign, count(*), count(*) FILTER (WHERE status = 3), count(*) FILTER (WHERE status = 4), count(*)
                    FILTER (WHERE status = 5)
                FROM campaign_actions WHERE (cause_due_at AT TIME ZONE 'Asia/Tokyo')::date BETWEEN $1::date AND $2::date
                    GROUP BY 1 ORDER BY campaign COLLATE "C"
                """, from, to),
            answer.GetProperty("campaigns").EnumerateArray().Select(one => Line(one, "name", "actions", "sent", "failed", "suppressed"))
                .Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("2026-02-01", "2026-04-28")]
    [InlineData("2026-03-10", "2026-04-06")]
    public async Task KPIs_are_those_of_the_ledger(string from, string to)
    {
        var kpis = await Get("kpis", from, to);
        var sql = await Sql("""
            , ranged AS (SELECT * FROM rows WHERE day BETWEEN $1::date AND $2::date),
            end_of AS (SELECT coalesce(sum(customers) FILTER (WHERE tag IN ('ST_001', 'ST_002')), 0) AS active, sum(customers) AS everybody,
                sum(customers) FILTER (WHERE tag NOT IN ('ST_003', 'ST_006')) AS open FROM tags WHERE day = $2::date),
            outside AS (SELECT sum(customers) FILTER (WHERE tag <> 'ST_006') / 28.0 AS months,
                sum(customers) FILTER (WHERE tag IN ('ST_001', 'ST_002')) / 28.0 AS learning FROM tags
                WHERE day BETWEEN $1::date AND $2::date),
            entered AS (SELECT customer_id, number, due_at, EXISTS (SELECT FROM rows b WHERE b.customer_id = r.customer_id AND b.counts
                AND b.number > r.number AND b.tag IN ('ST_001', 'ST_002') AND b.due_at <= r.due_at + interval '30 days') AS back
                FROM rows r WHERE counts AND tag = 'ST_004'
                AND ((due_at + interval '30 days') AT TIME ZONE 'Asia/Tokyo')::date BETWEEN $1::date AND $2::date),
            first AS (SELECT DISTINCT ON (customer_id) * FROM rows WHERE counts AND tag = 'ST_002' ORDER BY customer_id, number)
            SELECT 'active_learner_rate', round(100.0 * active / everybody, 1)::float8 FROM end_of
            UNION ALL SELECT 'active_learner_rate_open', round(100.0 * active / open, 1)::float8 FROM end_of
            UNION ALL SELECT 'automation_share', round(100.0 * count(*) FILTER (WHERE kind = 1) / count(*), 1)::float8
                FROM ranged WHERE counts
            UNION ALL SELECT 'churn_rate', round(100.0 * (SELECT count(*) FROM ranged WHERE counts AND tag = 'ST_006')
                / months, 1)::float8 FROM outside
            UNION ALL SELECT 'progression_rate', round(100.0 * (SELECT count(*) FROM ranged WHERE counts
                AND previous_tag || tag IN ('ST_001ST_002', 'ST_001ST_003', 'ST_002ST_003')) / learning, 1)::float8 FROM outside
            UNION ALL SELECT 'recovery_rate', round(100.0 * count(*) FILTER (WHERE back) / count(*), 1)::float8 FROM entered
            UNION ALL SELECT 'progression_velocity', round((percentile_cont(0.5) WITHIN GROUP (
                ORDER BY floor(extract(epoch FROM due_at - began) / 60)) / 1440)::numeric, 1)::float8
                FROM first WHERE day BETWEEN $1::date AND $2::date
            """, from, to);

        Assert.Equal(7, sql.Count);
        foreach (var line in sql)
            Assert.Equal(line, $"{line.Split(' ')[0]} {Text(Kpi(kpis, line.Split(' ')[0]), "value")}");
        Assert.Equal(10, kpis.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task A_baseline_is_what_the_first_28_days_answer_and_churn_is_told_by_tier_and_month()
    {
        var (first, now) = (await Get("kpis", "2026-01-20", "2026-02-16"), await Get("kpis", "2026-03-01", "2026-04-28"));

        foreach (var name in new[] { "active_learner_rate", "automation_share", "automation_accuracy", "progression_rate", "churn_rate" })
            Assert.Equal(Text(Kpi(first, name), "value"), Text(Kpi(now, name), "baseline"));
        var months = Kpi(now, "churn_rate").GetProperty("breakdown").EnumerateArray().ToList();
        Assert.Equal(
            ["Freemium 2026-03", "Freemium 2026-04", "Pro 2026-03", "Pro 2026-04", "Enterprise 2026-03", "Enterprise 2026-04"],
            months.Select(one => $"{Text(one, "tier")} {Text(one, "month")}"));
        var march = await Sql("""
            SELECT round(100.0 * 28 * (SELECT count(*) FROM rows WHERE counts AND tag = 'ST_006' AND tier = 'Freemium'
                    AND day BETWEEN '2026-03-01' AND '2026-03-31')
                / (SELECT count(*) FROM generate_series('2026-03-01'::date, '2026-03-31', '1 day') d CROSS JOIN LATERAL (
                    SELECT DISTINCT ON (customer_id) tag FROM rows WHERE rows.day <= d AND tier = 'Freemium'
                        ORDER BY customer_id, number DESC) s
                    WHERE s.tag <> 'ST_006'), 1)::float8
            """);
        Assert.Equal(march, [Text(months[0], "value")]);
    }

    [Fact]
    public async Task Cohorts_have_everybody_once_and_the_tags_of_the_ledger_at_the_end_of_each_month()
    {
        var month = await Get("cohorts", "2025-12-01", "2026-04-28");
        Assert.Equal(LearnersAndLate, Cohorts(month).Sum(row => row.GetProperty("customers").GetInt64()));
        foreach (var by in new[] { "tier", "engagement" })
        {
            var answer = await Host.Get($"/api/analytics/cohorts?by={by}&from=2025-12-01&to=2026-04-28");
            Assert.Equal(LearnersAndLate, Cohorts(answer).Sum(row => row.GetProperty("customers").GetInt64()));
        }

        var january = Cohorts(month).Single(row => Text(row, "cohort") == "2026-01");
        Assert.Equal([0, 1, 2, 3], january.GetProperty("periods").EnumerateArray().Select(one => one.GetProperty("period").GetInt32()));
        Assert.Equal(
            await Sql("""
                SELECT p, s.tag, count(*) FROM generate_series(0, 3) p CROSS JOIN LATERAL (
                    SELECT DISTINCT ON (customer_id) tag FROM rows
                    WHERE to_char(began AT TIME ZONE 'Asia/Tokyo', 'YYYY-MM') = '2026-01'
                        AND day < ('2026-02-01'::date + make_interval(months => p))
                    ORDER BY customer_id, number DESC) s GROUP BY 1, 2 ORDER BY 1, 2
                """),
            january.GetProperty("periods").EnumerateArray().SelectMany(one => Counts(one.GetProperty("counts")).Select(
                count => $"{Text(one, "period")} {count}")));
        Assert.Equal(
            ["False", "False", "False", "True"], january.GetProperty("periods").EnumerateArray().Select(one => Text(one, "partial")));
    }

    private static long LearnersAndLate => LearnersOfAQuarter.Learners + 1;

    private Task<JsonElement> Get(string call, string from, string to) => Host.Get($"/api/analytics/{call}?from={from}&to={to}");

    private static JsonElement.ArrayEnumerator Cohorts(JsonElement answer) => answer.GetProperty("rows").EnumerateArray();

    private static JsonElement Kpi(JsonElement kpis, string name) =>
        kpis.GetProperty("items").EnumerateArray().Single(kpi => Text(kpi, "name") == name);

    /// <summary>Those tags that somebody has.</summary>
    private static IEnumerable<string> Counts(JsonElement counts) =>
        counts.EnumerateObject().Where(count => count.Value.GetInt64() != 0).Select(count => $"{count.Name} {count.Value}");

    private static double Tenth(double value) => Math.Round(value, 1, MidpointRounding.AwayFromZero);

    private static string Line(JsonElement element, params string[] names) => string.Join(' ', names.Select(name => Text(element, name)));

    private static string Text(JsonElement element, string name) => element.GetProperty(name).ToString();

    private async Task<List<string>> Sql(string query, params string[] values)
    {
        await using var command = Host.Database.Source.CreateCommand(
            query.TrimStart().StartsWith(',') ? Rows.TrimEnd() + query : Rows + query);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync())
            lines.Add(string.Join(' ', Enumerable.Range(0, reader.FieldCount).Select(column => reader.GetValue(column) switch
            {
                DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                DateTime day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                DBNull => "",
                var value => Convert.ToString(value, CultureInfo.InvariantCulture),
            })));
        return lines;
    }
}
