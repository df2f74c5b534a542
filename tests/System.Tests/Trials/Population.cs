using System.Net.Http.Json;
using System.Text.Json;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Trials;

/// <summary>Learners who differ in how much they do and since when they are silent, on a simulated clock, and rule sets for them.</summary>
internal static class Population
{
    public static readonly DateTimeOffset Begin = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    /// <summary>Two weeks of so many learners, day by day; nothing is due when this returns.</summary>
    public static async Task Play(LStepHost host, int learners, int days = 14)
    {
        for (var day = 0; day < days; day++)
        {
            var at = Begin.AddDays(day);
            await host.MoveClock(at);
            var messages = Enumerable.Range(0, learners).SelectMany(learner => Of(learner, day, at)).ToArray();
            foreach (var batch in messages.Chunk(1_000)) await host.Post(batch);
        }
        await host.MoveClock(Begin.AddDays(days));
    }

    private static IEnumerable<object> Of(int learner, int day, DateTimeOffset at)
    {
        var id = $"learner-{learner:000}";
        if (day == 0)
            yield return Identify(
                id, at, new { tier = learner % 3 == 0 ? "Enterprise" : learner % 3 == 1 ? "Pro" : "Freemium", ltv = learner * 100 });
        if (day >= 3 + (learner % 11)) yield break; // silent from here on
        yield return Track(id, "Logged In", at);
        if (day % (1 + (learner % 4)) == 0) yield return Track(id, "Lesson Completed", at, new { lessonId = $"l{day}" });
        if (learner % 2 == 0 && day < 3) yield return Track(id, "Module Completed", at, new { moduleId = $"m{day}" });
        if (learner % 5 != 4) yield return Track(id, "Quiz Completed", at, new { score = 40 + (learner * 7 % 60) });
    }

    /// <summary>The shipped rules, some of them stricter, one that asks for a person, and one of their own.</summary>
    public static async Task<object[]> Stricter(LStepHost host)
    {
        var rules = (await host.Get("/api/rules")).GetProperty("rules").EnumerateArray().Select(Rule).ToList();
        rules.Single(rule => (int)rule["id"] == 1)["conditions"] = new { modules_completed = new { @operator = ">=", value = 1 } };
        rules.Single(rule => (int)rule["id"] == 3)["conditions"] = new
        {
            days_since_login = new { @operator = ">=", value = 2 }, engagement_score = new { @operator = "<", value = 60 },
        };
        rules.Single(rule => (int)rule["id"] == 8)["requiresApproval"] = true;
        rules.Add(new Dictionary<string, object>
        {
            ["name"] = "Won", ["from"] = new[] { "ST_001" }, ["to"] = "ST_003", ["priority"] = 1,
            ["conditions"] = new { assessment_avg_score = new { @operator = ">=", value = 90 } },
        });
        return [.. rules];
    }

    public static async Task<(HttpResponseMessage Answer, JsonElement Json)> Simulate(LStepHost host, object rules, string query = "")
    {
        var answer = await host.Client.PostAsJsonAsync($"/api/rules/simulate{query}", new { rules });
        return (answer, await answer.Json());
    }

    private static Dictionary<string, object> Rule(JsonElement rule) => new()
    {
        ["id"] = rule.GetProperty("id").GetInt32(), ["name"] = rule.GetProperty("name").GetString()!, ["from"] = rule.GetProperty("from"),
        ["to"] = rule.GetProperty("to").GetString()!, ["conditions"] = rule.GetProperty("conditions"),
        ["priority"] = rule.GetProperty("priority").GetInt32(), ["automatic"] = rule.GetProperty("automatic").GetBoolean(),
        ["requiresApproval"] = rule.GetProperty("requiresApproval").GetBoolean(),
        ["usualRhythm"] = rule.GetProperty("usualRhythm").GetBoolean(), ["active"] = rule.GetProperty("active").GetBoolean(),
    };
}
