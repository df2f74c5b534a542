using System.Text.Json;
using LStep.System.Tests.Campaigns;
using LStep.System.Tests.Ingest;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Analytics;

/// <summary>What is counted by week follows events, moves, undos and erasures, and verify counts the same.</summary>
public sealed class WeeklyTests : IAsyncLifetime
{
    /// <summary>A Wednesday.</summary>
    private static readonly DateTimeOffset Begin = new(2026, 3, 4, 10, 0, 0, TimeSpan.Zero);

    private LStepHost host = null!;
    private LearnersOfAQuarter learners = null!;
    private int number;

    public async Task InitializeAsync()
    {
        host = await LStepHost.Start(Begin);
        learners = new LearnersOfAQuarter(host);
    }

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task Answers_and_tickets_count_for_the_tag_of_then()
    {
        await Say("a", "NPS Submitted", new { score = 9 });
        await Say("b", "NPS Submitted", new { score = 3 });
        await Say("c", "NPS Submitted", new { score = 8 });
        await Say("a", "Support Ticket Opened", new { });
        await host.MoveClock(Begin.AddMinutes(30));
        await Set("a", "ST_004");
        await host.MoveClock(Begin.AddHours(1));
        await Say("a", "NPS Submitted", new { score = 2 });
        await host.MoveClock(Begin.AddDays(7));
        await Say("b", "Support Ticket Opened", new { });
        await Say("b", "Support Ticket Opened", new { });

        Assert.Equal(
            ["2026-03-02 ST_001 nps 0 of 3, 1 tickets", "2026-03-02 ST_004 nps -100 of 1, 0 tickets",
                "2026-03-09 ST_004 nps  of 0, 2 tickets"],
            await Said("?from=2026-03-02&to=2026-03-15"));
        Assert.Equal(["2026-03-09 ST_004 nps  of 0, 2 tickets"], await Said("?from=2026-03-09&to=2026-03-15"));
        await learners.Verified();

        // An event of before the tag was set comes late: it counts for the tag of then.
        await host.Post(Track("a", "Support Ticket Opened", Begin.AddMinutes(-5), new { }, "late"));
        Assert.Contains("2026-03-02 ST_001 nps 0 of 3, 2 tickets", await Said("?from=2026-03-02&to=2026-03-15"));
    }

    [Fact]
    public async Task Payments_within_90_days_of_a_recovery_are_revenue_kept()
    {
        foreach (var id in (string[])["kept", "other"]) await Say(id, "Payment Succeeded", new { amount = 10 });
        await Set("kept", "ST_004");
        await host.MoveClock(Begin.AddDays(1));
        await Set("kept", "ST_001");
        await host.MoveClock(Begin.AddDays(2));
        await Say("kept", "Payment Succeeded", new { amount = 49.90, currency = "EUR" });
        await Say("kept", "Payment Succeeded", new { amount = "0.105" });
        await Say("other", "Payment Succeeded", new { amount = 1000 });
        Assert.Equal(["2026-03-02 50.01"], await Kept("?from=2026-03-02&to=2026-03-08"));

        var recovery = (await host.Get("/api/customers/kept")).GetProperty("recentTransitions")[0].GetProperty("id").ToString();
        await learners.Send("POST", $"/api/transitions/{recovery}/undo", new { });
        Assert.Equal(["2026-03-02 0"], await Kept("?from=2026-03-02&to=2026-03-08"));
        await host.MoveClock(Begin.AddDays(2).AddHours(1));
        await Set("kept", "ST_002");
        await host.MoveClock(Begin.AddDays(92));
        await Say("kept", "Payment Succeeded", new { amount = 5 });
        await host.MoveClock(Begin.AddDays(93));
        await Say("kept", "Payment Succeeded", new { amount = 7 });
        Assert.Equal(5, (await Weeks("?from=2026-03-02&to=2026-06-30")).Sum(week => week.GetProperty("revenueKept").GetDecimal()));
        await learners.Verified();
    }

    [Fact]
    public async Task An_amount_that_is_none_is_taken_and_not_counted()
    {
        await Set("odd", "ST_004", first: true);
        await Set("odd", "ST_001");
        await host.MoveClock(Begin.AddHours(2));
        object?[] amounts = ["abc", -5, 1e12, null, new { a = 1 }, new[] { 1 }, "1\u00002", true, "NaN", "1,5", ""];
        foreach (var amount in amounts) await Say("odd", "Payment Succeeded", new { amount, currency = new[] { 1 } });
        await host.Post(Track("odd", "Payment Succeeded", host.Now, new { amount = "1e1" }, "odd-exponent"));
        Assert.Equal(["2026-03-02 10"], await Kept("?from=2026-03-02&to=2026-03-08"));
        await learners.Verified();
    }

    [Fact]
    public async Task Messages_count_once_by_people_for_the_tag_they_were_sent_for_and_leave_with_an_erasure()
    {
        var recipients = new Recipients(host);
        var (first, second) = (await recipients.Sent("reader"), await recipients.Sent("stays"));
        await learners.Change("UPDATE campaign_actions SET tag = 'ST_002'");
        var client = new IngestClient(host.Address, host.WriteKey);
        foreach (var sent in (SentMessage[])[first, first, second])
            await Tell(client, sent, "opened");
        await Tell(client, first, "clicked");
        await Tell(client, first, "converted");
        Assert.Equal(["2026-03-02 ST_002 2 1 1"], await Sent());
        await Verified();

        (await host.Client.DeleteAsync("/api/customers/reader")).EnsureSuccessStatusCode();
        Assert.Equal(["2026-03-02 ST_002 1 0 0"], await Sent());
        Assert.Empty(await learners.Rows("SELECT * FROM weekly_removed"));
        await Verified();

        // The messages of this test were sent by nobody, which verify tells of them.
        async Task Verified() => Assert.DoesNotContain(
            await learners.Differences(), one => one.Contains("figures", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_damaged_figure_is_found()
    {
        await Say("a", "NPS Submitted", new { score = 9 });
        await Said("");
        foreach (var damage in (string[])[
            "UPDATE weekly_days SET count = count + 1", "UPDATE weekly_counted SET count = 2 WHERE measure = 'nps'",
            "DELETE FROM weekly_days WHERE measure = 'nps'"])
        {
            await learners.Change(damage);
            Assert.NotEmpty(await learners.Differences());
            await learners.Change("TRUNCATE weekly_days, weekly_counted, weekly_changed, weekly_removed");
            await learners.Change("INSERT INTO weekly_changed (customer_id) SELECT DISTINCT customer_id FROM customer_signals");
            await learners.Verified();
        }
    }

    [Fact]
    public async Task Every_week_of_a_range_is_there_and_says_whether_it_is_whole()
    {
        await host.MoveClock(new(2026, 3, 18, 8, 0, 0, TimeSpan.Zero));
        Assert.Equal(
            ["2026-02-23 True", "2026-03-02 False", "2026-03-09 False", "2026-03-16 True"],
            (await Weeks("?from=2026-02-25&to=2026-03-22")).Select(week => $"{Text(week, "week")} {Text(week, "partial")}"));
        var usual = await Weeks("");
        Assert.Equal((12, "2025-12-29", "2026-03-16"), (usual.Count, Text(usual[0], "week"), Text(usual[^1], "week")));
        Assert.All(usual, week => Assert.Equal(6, week.GetProperty("tags").GetArrayLength()));
    }

    private async Task Say(string id, string @event, object properties) =>
        await host.Post(Track(id, @event, host.Now, properties, $"{id}-{++number}"));

    private async Task Set(string id, string tag, bool first = false)
    {
        if (first) await host.Post(Identify(id, host.Now, new { }, $"{id}-first"));
        await learners.Send("PUT", $"/api/customers/{id}/status", new { tag, reason = "by hand" });
    }

    private async Task Tell(IngestClient client, SentMessage sent, string what) => (await client.Post(
        "/v1/feedback/email", $$"""{"actionId":"{{sent.Id}}","event":"{{what}}","at":"{{host.Now:O}}"}""")).Succeeded();

    private async Task<List<JsonElement>> Weeks(string query) =>
        [.. (await host.Get("/api/analytics/weekly" + query)).GetProperty("weeks").EnumerateArray()];

    private async Task<List<string>> Kept(string query) =>
        [.. (await Weeks(query)).Select(week => $"{Text(week, "week")} {week.GetProperty("revenueKept").GetDecimal():0.##}")];

    private async Task<List<string>> Said(string query) =>
    [
        .. from week in await Weeks(query)
            from tag in week.GetProperty("tags").EnumerateArray()
            where tag.GetProperty("npsAnswers").GetInt64() + tag.GetProperty("tickets").GetInt64() > 0
            select $"{Text(week, "week")} {Text(tag, "tag")} nps {Text(tag, "nps")} of {Text(tag, "npsAnswers")}, "
                + $"{Text(tag, "tickets")} tickets",
    ];

    private async Task<List<string>> Sent() =>
    [
        .. from week in await Weeks("")
            from tag in week.GetProperty("tags").EnumerateArray()
            where tag.GetProperty("opens").GetInt64() > 0
            select $"{Text(week, "week")} {Text(tag, "tag")} {Text(tag, "opens")} {Text(tag, "clicks")} {Text(tag, "conversions")}",
    ];

    private static string Text(JsonElement element, string field) => element.GetProperty(field).ToString();
}
