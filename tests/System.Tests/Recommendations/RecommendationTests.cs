using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LStep.System.Tests.Campaigns;
using LStep.System.Tests.Trials;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Recommendations;

/// <summary>What a run recommends from what learners did, over HTTP and on a clock that is moved.</summary>
public sealed class RecommendationTests
{
    private const int Learners = 160, Days = 56;
    private static readonly DateTimeOffset Begin = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Nothing_is_recommended_of_too_little_and_the_run_says_so()
    {
        await using var host = await LStepHost.Start(Begin);
        Assert.Equal(JsonValueKind.Null, (await host.Get("/api/recommendations")).GetProperty("run").ValueKind);
        await Population.Play(host, 20);

        var list = await Make(host);
        Assert.Empty(list.GetProperty("items").EnumerateArray());
        var run = list.GetProperty("run");
        Assert.Equal(("first admin", 0), (run.GetProperty("madeBy").GetString(), run.GetProperty("rules").GetInt32()));
    }

    [Fact]
    public async Task What_is_planted_is_found_with_its_figures_can_be_tried_and_stays_away_once_dismissed()
    {
        await using var host = await LStepHost.Start(Begin);
        await Publish(host);
        await Play(host);

        var items = (await Make(host)).GetProperty("items").EnumerateArray()
            .ToDictionary(one => $"{Text(one, "kind")} {Text(one, "subject")}");
        Assert.Equal(
            ["false_alarms rule:2", "silence_after_lesson lesson:steep", "threshold rules:1"], items.Keys.Order(StringComparer.Ordinal));

        var rule = items["false_alarms rule:2"];
        Assert.True(Figure(rule, "wrong_share") > 0.9);
        Assert.Equal("/rules?rule=2", Text(rule, "evidence"));
        var threshold = items["threshold rules:1"];
        Assert.True(Figure(threshold, "found_share") > Figure(threshold, "found_share_now") + 0.3);
        Assert.True(Figure(threshold, "alarms") <= Figure(threshold, "alarms_now"));
        Assert.True(Figure(items["silence_after_lesson lesson:steep"], "silent_share") > 0.5);
        using (var dryRun = await host.Client.PostAsJsonAsync("/api/rules/simulate", threshold.GetProperty("try")))
            Assert.Equal(HttpStatusCode.OK, dryRun.StatusCode);

        await Dismissed(host, Text(rule, "id"));
    }

    [Fact]
    public async Task A_campaign_that_changes_nothing_is_named_with_its_figures_until_it_is_seen_to_help()
    {
        await using var host = await ActionLines.Start();
        await host.MoveClock(ActionLines.Begin.AddDays(30));
        await Starts(host, "unmoved", converts: "share < 2");

        var item = (await Make(host)).GetProperty("items").EnumerateArray().Single();
        Assert.Equal(
            ("campaign_without_effect", "campaign:personal_check_in", "/campaigns?name=personal_check_in"),
            (Text(item, "kind"), Text(item, "subject"), Text(item, "evidence")));
        Assert.Equal((9_600, 2_400), (Figure(item, "people"), Figure(item, "held_out")));
        Assert.InRange(Figure(item, "converted_uplift"), -0.01, 0.01);
        Assert.InRange(Figure(item, "recovered_uplift"), -0.01, 0.01);

        await Starts(host, "moved", converts: "share < CASE WHEN held_out THEN 2 ELSE 6 END");
        Assert.Empty((await Make(host)).GetProperty("items").EnumerateArray());
    }

    /// <summary>12,000 customers, of whom a fifth is held out and half recover; share is a digit of theirs.</summary>
    private static async Task Starts(LStepHost host, string table, string converts)
    {
        await host.Sql($"""
            CREATE TABLE {table} AS
            SELECT id, held_out, NULL::text AS variant, timestamptz '2026-03-05 10:00Z' AS at, share < 5 AS recovers, {converts} AS converts
            FROM (
                SELECT '{table}-' || n AS id, n % 5 = 0 AS held_out, n / 5 % 10 AS share FROM generate_series(0, 11999) n
            ) drawn
            """);
        await ManyStarts.Insert(host, table);
    }

    private static async Task Dismissed(LStepHost host, string id)
    {
        using (var answer = await host.Client.PostAsync($"/api/recommendations/{id}/dismiss", null))
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using (var answer = await host.Client.PostAsync("/api/recommendations/999999/dismiss", null))
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        var again = (await Make(host)).GetProperty("items").EnumerateArray().Single(one => Text(one, "id") == id).GetProperty("dismissal");
        Assert.Equal(host.Now.AddDays(30), again.GetProperty("until").GetDateTimeOffset());
        var entry = (await host.Get("/api/audit?action=recommendation.dismissed&limit=1")).GetProperty("items")[0];
        Assert.Equal(("false_alarms rule:2", "first admin"), (Text(entry, "target"), Text(entry, "who")));
    }

    /// <summary>One rule that comes late, one that takes learners for lost who are not, and the way back.</summary>
    private static async Task Publish(LStepHost host)
    {
        object[] rules =
        [
            Rule(1, "Silent", ["ST_001"], "ST_004", new { days_since_activity = new { @operator = ">=", value = 8 } }),
            Rule(2, "No lessons", ["ST_002"], "ST_004", new { lessons_completed_7d = new { @operator = "<=", value = 1 } }),
            Rule(3, "Back", ["ST_004"], "ST_002", new { lessons_completed_7d = new { @operator = ">=", value = 2 } }),
            Rule(4, "Onwards", ["ST_001"], "ST_002", new { modules_completed = new { @operator = ">=", value = 1 } }),
        ];
        var version = (await host.Get("/api/rules")).GetProperty("version").GetInt32();
        using var answer = await host.Client.PutAsJsonAsync("/api/rules", new { rules, baseVersion = version, comment = "planted" });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        await host.MoveClock(Begin.AddMinutes(10));
    }

    private static object Rule(int id, string name, string[] from, string to, object conditions) =>
        new { id, name, from, to, conditions, priority = id, automatic = true };

    private static async Task Play(LStepHost host)
    {
        for (var day = 0; day < Days; day++)
        {
            var at = Begin.AddDays(day).AddHours(1);
            await host.MoveClock(at);
            var messages = Enumerable.Range(0, Learners).SelectMany(learner => Of(learner, day, at)).ToArray();
            foreach (var batch in messages.Chunk(1_000)) await host.Post(batch);
        }
        await host.MoveClock(Begin.AddDays(Days));
    }

    /// <summary>
    /// Of four learners two are there every third day and fall silent after a lesson that is too steep; one is there all the time, and one
    /// completes lessons in turns, which the second rule takes for lost.
    /// </summary>
    private static IEnumerable<object> Of(int learner, int day, DateTimeOffset at)
    {
        var id = $"learner-{learner:000}";
        if (day == 0) yield return Identify(id, at, new { email = $"{id}@example.com", emailConsent = false });
        if (learner % 4 < 2)
        {
            var last = 21 + (learner % 5 * 3);
            if (day > last || day % 3 != 0) yield break;
            yield return Track(id, "Lesson Completed", at, new { lessonId = day == last ? "steep" : $"l{day}" });
            yield break;
        }
        yield return Track(id, "Logged In", at);
        if (learner % 4 == 3 && day == 1) yield return Track(id, "Module Completed", at, new { moduleId = "m1" });
        if (learner % 4 == 2 || day / 7 % 2 == 0 || day % 7 == 6)
            yield return Track(id, "Lesson Completed", at, new { lessonId = $"l{day}" });
    }

    private static async Task<JsonElement> Make(LStepHost host)
    {
        using var answer = await host.Client.PostAsync("/api/recommendations", null);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Json();
    }

    private static double Figure(JsonElement item, string name) =>
        item.GetProperty("figures").EnumerateArray().Single(one => Text(one, "name") == name).GetProperty("value").GetDouble();

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
