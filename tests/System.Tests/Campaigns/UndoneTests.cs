using System.Net.Http.Json;
using System.Text.Json;
using static LStep.System.Tests.Campaigns.ActionLines;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Campaigns;

/// <summary>What is taken back takes with it what has not gone out, and says what has.</summary>
public sealed class UndoneTests
{
    [Fact]
    public async Task What_was_sent_of_a_transition_is_listed_and_what_was_not_is_cancelled()
    {
        await using var host = await Start();
        await host.Come("ada", new { tier = "Pro", email = "ada@example.org" });
        await host.Put("ada", "ST_002");
        await host.MoveClock(Begin.AddHours(1));
        var row = (await host.Get("/api/customers/ada")).GetProperty("recentTransitions")[0];
        var undone = await Post(host, $"/api/transitions/{row.Text("id")}/undo", new { });
        await host.MoveClock(Begin.AddHours(1));

        Assert.Equal(row.Text("id"), undone.Text("undoes"));
        Assert.Equal(
            [("unlock_advanced_modules", "webhook", (DateTimeOffset?)Begin.AddHours(1)), ("progression_milestone", "email", Begin)],
            Sent(undone));
        Assert.Equal(["advanced_features_push 1 cancelled undone"], await host.Lines("ada", "advanced_features_push"));
        Assert.DoesNotContain(await host.Actions("ada"), one => one.Text("transitionId") == undone.Text("id"));
        Assert.Equal(["0"], await host.Sql("SELECT count(*) FROM campaign_causes WHERE planned_at IS NULL"));

        // What was taken back before anything went out has not started: the next time it starts.
        await host.Flag("campaigns_enabled", false);
        await host.Put("ada", "ST_003");
        var second = (await host.Get("/api/customers/ada")).GetProperty("recentTransitions")[0];
        Assert.Empty(Sent(await Post(host, $"/api/transitions/{second.Text("id")}/undo", new { })));
        await host.Flag("campaigns_enabled", true);
        await host.Put("ada", "ST_003");
        Assert.Equal(
            ["mastery_achievement 1 cancelled undone", "mastery_achievement 1 sent"], await host.Lines("ada", "mastery_achievement"));
    }

    [Fact]
    public async Task A_batch_that_is_taken_back_lists_what_it_sent_before_and_cancels_the_rest()
    {
        await using var host = await Start();
        for (var n = 0; n < 5; n++)
            await host.Post(
                Identify($"u{n}", Begin, new { tier = "Pro", email = $"u{n}@example.org" }),
                Track($"u{n}", "Lesson Completed", Begin, new { lessonId = "a" }, $"u{n}"));
        await host.Flag("realtime_evaluation_enabled", false);
        await host.MoveClock(Begin.AddDays(5).AddHours(14).AddMinutes(1)); // a minute behind the midnight that moves them
        var batch = (await host.Get("/api/customers/u0")).GetProperty("recentTransitions")[0].Text("batchId");
        string[] expected = [.. Enumerable.Repeat("cs_alert alert", 5), .. Enumerable.Repeat("immediate_csm_intervention task", 5)];

        var preview = await Post(host, "/api/undo", new { batch, preview = true });
        Assert.Equal(5, preview.GetProperty("count").GetInt32());
        Assert.Equal(expected, Names(preview));
        Assert.All(await host.Lines("u0", "personal_check_in"), line => Assert.EndsWith("scheduled", line, StringComparison.Ordinal));
        var undone = await Post(host, $"/api/evaluations/{batch}/undo", new { });
        Assert.Equal(5, undone.GetProperty("count").GetInt32());
        Assert.Equal(expected, Names(undone));

        await host.MoveClock(host.Now);
        for (var n = 0; n < 5; n++)
            Assert.Equal(["personal_check_in 1 cancelled undone"], await host.Lines($"u{n}", "personal_check_in"));

        static string[] Names(JsonElement answer) =>
            [.. Sent(answer).Select(one => $"{one.Campaign} {one.Channel}").Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<(string Campaign, string Channel, DateTimeOffset? At)> Sent(JsonElement answer) =>
        answer.GetProperty("sent").EnumerateArray().Select(one => (one.Text("campaign"), one.Text("channel"), one.Instant("sentAt")));

    private static async Task<JsonElement> Post(LStepHost host, string path, object body)
    {
        using var answer = await host.Client.PostAsJsonAsync(path, body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return await answer.Json();
    }
}
