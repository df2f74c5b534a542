using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LStep.Domain.Measuring;
using LStep.Domain.Valuing;
using LStep.Grains.Rules;
using LStep.Grains.Time.Figures;
using Microsoft.Extensions.DependencyInjection;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Analytics;

/// <summary>The figures of value are what SQL of the test's own says of the log and the ledger, in a business zone far from UTC.</summary>
public sealed class ValueTests : IAsyncLifetime
{
    private const string Zone = "Asia/Tokyo", Campaign = "personal_check_in";
    private const int Payers = 40;

    private static readonly string[] PersonFields =
        ["name", "reviewsDecided", "medianHours", "approvedShare", "tasksCompleted", "atRisk", "recovered", "recoveryRate"];

    private static readonly DateTimeOffset Begin = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

    private LStepHost host = null!;
    private LearnersOfAQuarter learners = null!;
    private int number;

    public async Task InitializeAsync()
    {
        host = await LStepHost.Start(Begin, zone: Zone);
        learners = new LearnersOfAQuarter(host);
    }

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task Revenue_by_status_is_what_the_log_says()
    {
        await Pay();
        foreach (var n in (int[])[1, 5, 9])
            await learners.Send("PUT", $"/api/customers/p{n}/status", new { tag = "ST_004", reason = "by hand" });
        await host.MoveClock(Begin.AddDays(1));
        await learners.Send("PUT", "/api/customers/p5/status", new { tag = "ST_002", reason = "by hand" });
        await host.MoveClock(Begin.AddDays(2));
        // 15:30Z is the next day in Tokyo.
        await Say("p1", "Payment Succeeded", Begin.AddDays(1).AddHours(14.5), new { amount = 100 });
        await Say("p5", "Payment Succeeded", Begin.AddDays(1).AddHours(15), new { amount = 7.25, currency = "USD" });
        await Say("p5", "Payment Succeeded", host.Now, new { amount = "none" });

        var value = await host.Get("/api/analytics/value?from=2026-02-01&to=2026-03-04");
        var told = value.GetProperty("monthly").GetProperty("each").EnumerateArray()
            .SelectMany(day => day.GetProperty("tags").EnumerateObject().Where(tag => tag.Value.GetDecimal() != 0)
                .Select(tag => $"{day.GetProperty("date")}|{tag.Name}|{tag.Value.GetDecimal():0.00}")).ToHashSet();
        var right = await learners.Rows($"""
            WITH paid AS (
                SELECT (a.occurred_at AT TIME ZONE '{Zone}')::date AS day, (a.properties ->> 'amount')::numeric AS amount, coalesce(
                    (SELECT l.tag FROM customer_status_assignments l WHERE l.customer_id = a.customer_id AND l.due_at <= a.occurred_at
                        ORDER BY number DESC LIMIT 1),
                    (SELECT l.tag FROM customer_status_assignments l WHERE l.customer_id = a.customer_id ORDER BY number LIMIT 1)) AS tag
                FROM activities a WHERE a.event = 'Payment Succeeded' AND a.properties ->> 'amount' <> 'none')
            SELECT to_char(d, 'YYYY-MM-DD'), tag, to_char(round(sum(amount) * 365 / 360, 2), 'FM999999990.00')
            FROM generate_series('2026-02-01'::date, '2026-03-04'::date, '1 day') d
            JOIN paid ON paid.day > d::date - 30 AND paid.day <= d::date
            GROUP BY d, tag
            """);
        Assert.NotEmpty(right);
        Assert.True(
            right.SetEquals(told), $"missing {string.Join(' ', right.Except(told))}; too many {string.Join(' ', told.Except(right))}");
        Assert.Equal(7.25m, value.GetProperty("revenueKept").GetDecimal());
        await learners.Verified();
    }

    [Fact]
    public async Task The_projection_of_a_customer_is_that_of_the_stored_model_and_the_sums_are_those_of_all()
    {
        Assert.Equal(JsonValueKind.Null, (await host.Get("/api/analytics/value")).GetProperty("projected").GetProperty("sum").ValueKind);
        await Pay();
        await host.Post(Identify("free", host.Now, new { tier = "Freemium" }));
        // The day's fit is of what was paid before the day.
        await host.MoveClock(Begin.AddDays(1));
        var projected = (await host.Get("/api/analytics/value")).GetProperty("projected");
        Assert.Equal((365, Payers), (projected.GetProperty("horizonDays").GetInt32(), projected.GetProperty("customers").GetInt32()));
        Assert.Equal("2026-03-03", projected.GetProperty("projectedOn").GetString());

        var model = ValueModel.Read((await learners.Texts("SELECT model::text FROM value_models ORDER BY day DESC LIMIT 1"))[0])!;
        var sum = new ValueSum();
        foreach (var id in Enumerable.Range(0, Payers).Select(n => $"p{n}"))
        {
            var paid = (await learners.Rows($"""
                SELECT (occurred_at AT TIME ZONE '{Zone}')::date - '0001-01-01'::date, sum((properties ->> 'amount')::numeric)
                FROM activities WHERE customer_id = '{id}' AND event = 'Payment Succeeded' GROUP BY 1
                """)).Select(row => row.Split('|')).Select(row => new PaidDay(int.Parse(row[0]), double.Parse(row[1])))
                .OrderBy(one => one.Day).ToList();
            var customer = await host.Get($"/api/customers/{id}");
            var tier = Tiers.Parse(customer.GetProperty("tier").GetString());
            var told = Projection.Of(model, tier, paid, new DateOnly(2026, 3, 3).DayNumber)!.Value;
            var answered = customer.GetProperty("projectedLtv");
            Assert.Equal(told.Value, answered.GetProperty("value").GetDouble(), 0.01);
            Assert.Equal(told.Low, answered.GetProperty("low").GetDouble(), 0.01);
            Assert.Equal(told.High, answered.GetProperty("high").GetDouble(), 0.01);
            Assert.Equal(365, answered.GetProperty("horizonDays").GetInt32());
            sum.Add(model, tier, paid, new DateOnly(2026, 3, 2).DayNumber);
        }
        var all = projected.GetProperty("sum");
        Assert.Equal(sum.Value, all.GetProperty("value").GetDouble(), 0.01);
        var rows = projected.GetProperty("rows").EnumerateArray();
        Assert.Equal(sum.Value, rows.Sum(row => row.GetProperty("sum").GetProperty("value").GetDouble()), 0.1);
        Assert.InRange(sum.Value, all.GetProperty("low").GetDouble(), all.GetProperty("high").GetDouble());
        Assert.Equal(JsonValueKind.Null, (await host.Get("/api/customers/free")).GetProperty("projectedLtv").ValueKind);
        var past = await host.Get($"/api/customers/p1?at={host.Now.AddMinutes(-5):yyyy-MM-ddTHH:mm:ssZ}");
        Assert.Equal(JsonValueKind.Null, past.GetProperty("projectedLtv").ValueKind);
    }

    [Fact]
    public async Task What_a_campaign_brings_in_is_the_difference_to_its_holdout_less_its_cost()
    {
        await Started();
        using (var answer = await host.Client.PutAsJsonAsync(
            "/api/analytics/value/costs",
            new { channels = new { email = 0.5 }, campaigns = new Dictionary<string, decimal> { [Campaign] = 2 } }))
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());

        await Agrees();
        // Who is erased is taken off, and the sums follow.
        (await host.Client.DeleteAsync("/api/customers/c7")).EnsureSuccessStatusCode();
        await Agrees();
        Assert.Equal("0", (await learners.Texts("SELECT count(*) FROM campaign_payments WHERE customer_id = 'c7'"))[0]);
        // Starts whose 90 days are not over say nothing.
        Assert.Empty((await host.Get("/api/analytics/value?from=2026-03-20&to=2026-06-01")).GetProperty("campaigns").EnumerateArray());
    }

    [Fact]
    public async Task Costs_are_set_by_name_and_told_in_the_audit_log()
    {
        foreach (var wrong in (object[])[
            new { channels = new { pigeon = 1 } }, new { channels = new { email = -1 } },
            new { campaigns = new Dictionary<string, int> { ["No Name"] = 1 } }, new { campaigns = new { welcome_back = 2_000_000 } }])
        {
            using var refused = await host.Client.PutAsJsonAsync("/api/analytics/value/costs", wrong);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        }
        foreach (var channels in (object[])[new { email = 0.01, line = 0.2 }, new { email = 0.02 }])
            await learners.Send("PUT", "/api/analytics/value/costs", new { channels });
        var costs = await host.Get("/api/analytics/value/costs");
        Assert.Equal("""{"channels":{"email":0.02},"campaigns":{}}""", costs.GetRawText());
        var log = (await host.Get("/api/audit?action=costs.changed")).GetProperty("items")[0];
        Assert.Equal(0.2m, log.GetProperty("before").GetProperty("channels").GetProperty("line").GetDecimal());
        Assert.Equal(0.02m, log.GetProperty("after").GetProperty("channels").GetProperty("email").GetDecimal());
    }

    [Fact]
    public async Task Support_is_told_by_the_status_of_then_and_beside_health()
    {
        await Pay();
        await host.MoveClock(Begin.AddDays(1));
        for (var n = 0; n < Payers; n++)
        {
            // The more they learn, the better they think of it, and the less they ask.
            for (var lesson = 0; lesson <= n % 8; lesson++)
                await Say($"p{n}", "Lesson Completed", host.Now, new { lessonId = $"l{lesson}" });
            await Say($"p{n}", "NPS Submitted", host.Now, new { score = 2 + (n % 8) });
            for (var ticket = n % 8; ticket < 4; ticket++) await Say($"p{n}", "Support Ticket Opened", host.Now, new { });
        }
        await host.Services.GetRequiredService<FigureRows>().FlushAsync(
            host.Services.GetRequiredService<RulebookSource>().Current, host.Now);
        var support = (await host.Get("/api/analytics/value")).GetProperty("support");
        var all = support.GetProperty("all");
        Assert.Equal(
            await learners.Texts("SELECT count(*)::text FROM activities WHERE event = 'Support Ticket Opened'"),
            [all.GetProperty("tickets").ToString()]);
        var nps = await learners.Texts("""
            SELECT round(100.0 * (count(*) FILTER (WHERE score >= 9) - count(*) FILTER (WHERE score < 7)) / count(*), 1)::text
            FROM activities WHERE event = 'NPS Submitted'
            """);
        Assert.Equal(decimal.Parse(nps[0]), all.GetProperty("nps").GetProperty("value").GetDecimal());
        Assert.InRange(all.GetProperty("npsWithHealth").GetProperty("value").GetDouble(), 0.7, 1);
        Assert.InRange(all.GetProperty("ticketsWithHealth").GetProperty("value").GetDouble(), -1, -0.5);
        Assert.Equal(Payers, all.GetProperty("npsWithHealth").GetProperty("customers").GetInt32());
        Assert.False(support.GetProperty("isSample").GetBoolean());
        Assert.Equal(6, support.GetProperty("tags").GetArrayLength());
    }

    [Fact]
    public async Task What_people_decide_and_do_is_told_by_person()
    {
        await learners.Change("""
            INSERT INTO reviews (customer_id, id, from_tag, to_tag, rule_id, rule, confidence, reasons, status, opened_at, decided_at,
                decided_by, decision_number)
            SELECT 'r' || n, gen_random_uuid(), 'ST_001', 'ST_004', 3, 'r', 0.8, '{}', CASE WHEN n <= 3 THEN 'approved' ELSE 'rejected' END,
                '2026-03-01 00:00Z'::timestamptz, '2026-03-01 00:00Z'::timestamptz + n * interval '1 hour', 'Ann', 1
            FROM generate_series(1, 4) n
            """);
        await learners.Change("""
            INSERT INTO campaign_tasks (customer_id, action_id, assignee, task, detail, priority, created_at, completed_at, completed_by)
            SELECT 't' || n, n, 'x', 'call', '', 'high', '2026-03-01 00:00Z', '2026-03-01 01:00Z',
                CASE WHEN n <= 3 THEN 'Ann' ELSE 'Ben' END
            FROM generate_series(1, 4) n
            """);
        await learners.Change("""
            INSERT INTO customer_status_assignments (
                customer_id, number, tag, previous_tag, at, due_at, assigned_by, kind, reason, is_current)
            SELECT 't' || n, number, CASE WHEN number = 2 THEN 'ST_001' WHEN n = 4 THEN 'ST_003' ELSE 'ST_004' END, NULL, due, due,
                'system', 1, 'r', false
            FROM generate_series(1, 4) n, (VALUES (1, '2026-02-20Z'::timestamptz), (2, '2026-03-20Z'::timestamptz)) AS v (number, due)
            WHERE number = 1 OR n = 2
            """);
        Assert.Equal(["Ann 4 2.5 75 3 0 0 ", "Ben 0   1 0 0 "], await People());
        await host.MoveClock(Begin.AddDays(35));
        Assert.Equal(["Ann 4 2.5 75 3 3 1 33.3", "Ben 0   1 0 0 "], await People());

        async Task<List<string>> People()
        {
            var people = (await host.Get("/api/analytics/value?from=2026-03-01&to=2026-03-02")).GetProperty("people");
            return [.. people.EnumerateArray().Select(
                one => string.Join(' ', PersonFields.Select(name => one.GetProperty(name).ToString())))];
        }
    }

    /// <summary>Forty who pay each month, some of whom stopped.</summary>
    private async Task Pay()
    {
        var first = Begin.AddDays(-300);
        await host.Post([.. Enumerable.Range(0, Payers).Select(
            n => Identify($"p{n}", first, new { tier = n % 4 == 0 ? "Enterprise" : "Pro", createdAt = first }))]);
        var payments =
            from n in Enumerable.Range(0, Payers)
            from month in Enumerable.Range(0, 9 - (n % 5))
            let at = first.AddDays(10 + (30 * month) + (n % 3)).AddHours(14.7)
            select Track($"p{n}", "Payment Succeeded", at, new { amount = n % 4 == 0 ? 490 : 49 }, $"p{n}-{month}");
        foreach (var chunk in payments.Chunk(100)) await host.Post(chunk);
    }

    /// <summary>A campaign that started for 300 customers, a third of whom were held out; who got it pays more often.</summary>
    private async Task Started()
    {
        // What is counted is counted once: the payments are there before the starts are.
        await host.MoveClock(Begin.AddDays(95));
        var payments =
            from n in Enumerable.Range(0, 300)
            where n % 3 != 0 || n % 2 == 0
            from month in Enumerable.Range(0, 1 + (n % 3))
            let at = Begin.AddDays(4 + (month * 40) + (n % 9))
            select Track($"c{n}", "Payment Succeeded", at, new { amount = 40 + (n % 7) }, $"c{n}-{month}");
        foreach (var chunk in payments.Chunk(100)) await host.Post(chunk);
        await learners.Change($"""
            INSERT INTO campaign_actions (customer_id, cause_kind, cause_number, campaign, step, send_key, channel, kind, tag,
                scheduled_for, cause_due_at, cause_at, is_repeat, status, reason)
            SELECT 'c' || n, 0, 1, '{Campaign}', step, gen_random_uuid(), 0, 1, 'ST_004', at + interval '2 hours', at, at, false,
                CASE WHEN n % 3 = 0 THEN 5 ELSE 3 END, CASE WHEN n % 3 = 0 THEN 'holdout' END
            FROM generate_series(0, 299) n, generate_series(1, 2) step,
                LATERAL (SELECT timestamptz '2026-03-02 14:30Z' + n * interval '10 minutes' AS at) AS a
            """);
    }

    private async Task Agrees()
    {
        var told = (await host.Get("/api/analytics/value?from=2026-03-02&to=2026-03-10")).GetProperty("campaigns")[0];
        var right = (await learners.Rows($"""
            WITH starts AS (
                SELECT customer_id, min(scheduled_for) AS began, bool_or(reason = 'holdout') AS held_out FROM campaign_actions
                WHERE campaign = '{Campaign}' GROUP BY customer_id)
            SELECT coalesce(held_out, false), count(*), sum(paid)::float8, sum(paid * paid)::float8
            FROM starts s, LATERAL (
                SELECT coalesce(sum((a.properties ->> 'amount')::numeric), 0) AS paid FROM activities a
                WHERE a.customer_id = s.customer_id AND a.event = 'Payment Succeeded' AND a.occurred_at > began
                    AND a.occurred_at <= began + interval '90 days') AS p
            GROUP BY 1
            """)).Select(row => row.Split('|'))
            .ToDictionary(row => bool.Parse(row[0]), row => new PaidArm(long.Parse(row[1]), double.Parse(row[2]), double.Parse(row[3])));
        var effect = PaymentEffect.Against(right[true], right[false])!.Value;
        Assert.Equal(
            (right[false].Starts, right[true].Starts), (told.GetProperty("starts").GetInt64(), told.GetProperty("heldOut").GetInt64()));
        Is(effect.PerStart, effect.Interval.Low, effect.Interval.High, told.GetProperty("perStart"));
        Assert.Equal(2 * right[false].Starts, told.GetProperty("sent").GetInt64());
        var cost = 2 * 2.5 * right[false].Starts;
        Assert.Equal(cost, told.GetProperty("cost").GetDouble());
        var brought = CampaignReturn.Of(effect, right[false].Starts, cost);
        Is(brought.Net, brought.NetInterval.Low, brought.NetInterval.High, told.GetProperty("net"));
        Assert.Equal(100 * brought.Share!.Value, told.GetProperty("roi").GetProperty("value").GetDouble(), 0.06);
        Assert.Equal(JsonValueKind.Null, told.GetProperty("whyNone").ValueKind);

        static void Is(double value, double low, double high, JsonElement figure)
        {
            Assert.Equal(value, figure.GetProperty("value").GetDouble(), 0.006);
            Assert.Equal(low, figure.GetProperty("low").GetDouble(), 0.006);
            Assert.Equal(high, figure.GetProperty("high").GetDouble(), 0.006);
        }
    }

    private async Task Say(string id, string @event, DateTimeOffset at, object properties) =>
        await host.Post(Track(id, @event, at, properties, $"{id}-said-{++number}"));
}
