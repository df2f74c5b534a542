using System.Net;
using System.Text.Json;
using LStep.Domain.Campaigning;
using LStep.Grains.Rules;
using LStep.Grains.Time.Daily;
using Microsoft.Extensions.DependencyInjection;
using static LStep.System.Tests.Campaigns.ActionLines;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Campaigns;

/// <summary>What a campaign brought about, over HTTP.</summary>
public sealed class ReportTests
{
    private const string Campaign = "personal_check_in";

    [Fact]
    public async Task Every_group_has_its_customers_and_what_became_of_them()
    {
        await using var host = await Start();
        await host.Change(Campaign, one => one with { Variants = [new("a", 1), new("b", 1)] });
        string[] a = [.. Ids(variant: "a", heldOut: false, 3)], b = [.. Ids(variant: "b", heldOut: false, 2)];
        var held = Ids(variant: "a", heldOut: true, 1).Single();
        foreach (var id in a.Concat(b).Append(held)) await Declines(host, id);
        await Declines(host, "no-mail", consent: false);
        await host.MoveClock(Begin.AddHours(3));

        await Told(host, a[0], "delivered", "opened", "clicked", "converted");
        await Told(host, a[1], "opened", "complained");
        await Told(host, b[0], "bounced");
        await Told(host, b[1], "opened", machine: true);
        await host.MoveClock(Begin.AddDays(1));
        foreach (var id in new[] { a[0], b[0], held })
            await host.Post(Track(id, "Lesson Completed", host.Now, new { lessonId = "l-1" }, $"lesson-{id}"));
        await host.Put(a[0], "ST_001");
        await host.Put(held, "ST_002");
        await host.Put(b[0], "ST_005");
        await host.MoveClock(Begin.AddDays(2));
        await Followed(host);

        var report = await Report(host);
        Assert.Equal((Campaign, 14, 7), (
            report.Text("campaign"), report.GetProperty("window").GetProperty("recoveredWithinDays").GetInt32(),
            report.GetProperty("window").GetProperty("convertedWithinDays").GetInt32()));
        Assert.Equal(
            [
                "a False customers 3 sent 3 delivered 1 opened 2 clicked 1 complained 1 attributed 1 converted 1 recovered 1",
                "b False customers 2 sent 2 bounced 1 converted 1", " True customers 1 converted 1 recovered 1",
            ],
            Groups(report).Select(Line));
        Assert.Equal((1, 0), (
            report.GetProperty("machine").GetProperty("opened").GetInt32(),
            report.GetProperty("machine").GetProperty("clicked").GetInt32()));
        // Every action is in one group: that of the customer without consent, too, who is no customer of it.
        Assert.Equal([5, 2], Statuses(report, "sent", "suppressed"));
        Assert.All(
            Groups(report), group => Assert.Equal(JsonValueKind.Null, group.GetProperty("rates").GetProperty("converted").ValueKind));
        Assert.Equal("converted: the outcome of 0 customers of the holdout is known, 7 days after their start; a figure needs 100.",
            Groups(report)[0].Text("whyNoUplift"));
        Assert.Equal("", report.Text("leader"));

        var only = await Report(host, "?variant=b");
        Assert.Equal(["b False", " True"], Groups(only).Select(group => $"{group.Text("variant")} {group.Text("holdout")}"));
    }

    [Fact]
    public async Task A_report_says_when_activities_of_days_that_are_over_are_still_to_be_counted()
    {
        await using var host = await Start();
        await using (var held = await HeldTable.Hold(host.ConnectionString, "daily_metrics_progress"))
        {
            await host.Post(Track("c-1", "Lesson Completed", host.Now, new { lessonId = "l-1" }, "lesson"));
            Assert.False((await Report(host)).GetProperty("behind").GetBoolean());
            await host.MoveClock(Begin.AddDays(1));
            Assert.True((await Report(host)).GetProperty("behind").GetBoolean());
            await held.LetGo();
        }
        // What is open in other databases of the server keeps the rows back for as long as it is open.
        await Signals.UntilAsync(async () =>
        {
            await Followed(host);
            return !(await Report(host)).GetProperty("behind").GetBoolean();
        });
    }

    [Fact]
    public async Task A_campaign_without_variants_has_one_group_and_its_holdout()
    {
        await using var host = await Start();
        var report = await Report(host);
        Assert.Equal([" False", " True"], Groups(report).Select(group => $"{group.Text("variant")} {group.Text("holdout")}"));
        Assert.Equal("Nobody was held out, so there is nothing to compare with.", Groups(report)[0].Text("whyNoUplift"));
        var service = Assert.Single(Groups(await host.Get("/api/campaigns/cs_alert/report")));
        Assert.Equal("False", service.Text("holdout"));
    }

    [Fact]
    public async Task Who_had_not_come_to_the_draw_is_in_no_group_and_whoever_was_held_back_by_night_stays_in_its_own()
    {
        // At 22:00 the message of who is not held out waits for the morning, and the tag changes before.
        await using var host = await Start(Begin.AddHours(10));
        var (sent, held) = (Ids(null, false, 1).Single(), Ids(null, true, 1).Single());
        foreach (var id in new[] { sent, held }) await Declines(host, id);
        await host.MoveClock(host.Now.AddHours(3));
        await Declines(host, "early");
        await host.Put("early", "ST_001"); // before the message is due
        foreach (var id in new[] { sent, held }) await host.Put(id, "ST_001");
        await host.MoveClock(host.Now.AddDays(1));
        Assert.Equal([$"{Campaign} 1 cancelled status_changed"], await host.Lines(sent, Campaign));
        Assert.Equal([$"{Campaign} 1 suppressed holdout"], await host.Lines(held, Campaign));
        var report = await Report(host);
        Assert.Equal(["1 1", "1 1"], Groups(report).Select(group => $"{group.Text("customers")} {group.Text("recovered")}"));
    }

    [Fact]
    public async Task What_was_taken_back_counts_in_no_group_and_a_move_that_was_taken_back_is_no_recovery()
    {
        await using var host = await Start();
        var (gone, stays) = (Ids(null, false, 2).First(), Ids(null, false, 2).Last());
        foreach (var id in new[] { gone, stays }) await Declines(host, id);
        await host.MoveClock(Begin.AddHours(3));
        await Undone(host, gone);
        await host.Put(stays, "ST_001");
        await Undone(host, stays);
        var group = Groups(await Report(host))[0];
        Assert.Equal("1 1 0", $"{group.Text("customers")} {group.Text("sent")} {group.Text("recovered")}");
        Assert.Equal(2, group.GetProperty("actions").GetProperty("sent").GetInt32());
    }

    [Fact]
    public async Task A_customer_counts_once_in_a_time_by_its_first_start_and_a_time_has_business_days()
    {
        await using var host = await Start();
        var id = Ids(null, false, 1).Single();
        await Declines(host, id);
        await host.Put(id, "ST_001");
        await host.MoveClock(Begin.AddDays(40));
        await host.Put(id, "ST_004");
        await host.MoveClock(Begin.AddDays(41));
        Assert.Equal((0, 1), await Counted("?from=2026-03-03&to=2026-03-03")); // moved on before it was due
        Assert.Equal((1, 2), await Counted("?from=2026-03-03&to=2026-04-12"));
        Assert.Equal((1, 1), await Counted("?from=2026-04-12&to=2026-04-12"));
        Assert.Equal((0, 0), await Counted("?from=2026-03-04&to=2026-04-11"));

        async Task<(long, long)> Counted(string query)
        {
            var group = Groups(await Report(host, query))[0];
            return (
                group.GetProperty("customers").GetInt64(), group.GetProperty("actions").EnumerateObject().Sum(one => one.Value.GetInt64()));
        }
    }

    [Theory]
    [InlineData("no_such/report", HttpStatusCode.NotFound, "not_found")]
    [InlineData(Campaign + "/report?from=soon", HttpStatusCode.UnprocessableEntity, "bad_date")]
    [InlineData(Campaign + "/report?from=2026-03-02&to=2026-03-01", HttpStatusCode.UnprocessableEntity, "bad_range")]
    [InlineData(Campaign + "/report?from=1999-01-01", HttpStatusCode.UnprocessableEntity, "range_too_long")]
    [InlineData(Campaign + "/report?from=9999-12-01&to=9999-12-31", HttpStatusCode.UnprocessableEntity, "bad_date")]
    [InlineData(Campaign + "/report?from=0001-01-01&to=0001-01-02", HttpStatusCode.OK, null)]
    [InlineData(Campaign + "/report?variant=none", HttpStatusCode.UnprocessableEntity, "unknown_variant")]
    [InlineData(Campaign + "/report?variant=a%00", HttpStatusCode.UnprocessableEntity, "bad_text")]
    [InlineData(Campaign + "/report?from=2026-03-01&from=2026-03-02", HttpStatusCode.UnprocessableEntity, "repeated")]
    public async Task What_cannot_be_reported_is_refused_with_a_code(string path, HttpStatusCode status, string? code)
    {
        await using var host = await Start();
        using var answer = await host.Client.GetAsync("/api/campaigns/" + path);
        Assert.Equal(status, answer.StatusCode);
        if (code is not null) Assert.Equal(code, (await answer.Json()).Text("code"));
    }

    [Fact]
    public async Task Days_are_those_of_the_business_zone()
    {
        await using var host = await LStepHost.Start(Begin.AddHours(6), zone: "Asia/Tokyo", with: options => options with
        {
            Channels = Grains.Campaigns.Channels.ChannelSettings.SinkOnly,
        });
        await Declines(host, Ids(null, false, 1).Single()); // 01:00 of the next day
        await host.MoveClock(host.Now.AddHours(12));
        Assert.Equal("1", Groups(await Report(host, "?from=2026-03-04&to=2026-03-04"))[0].Text("customers"));
        Assert.Equal("0", Groups(await Report(host, "?from=2026-03-03&to=2026-03-03"))[0].Text("customers"));
    }

    private static async Task Declines(LStepHost host, string id, bool consent = true)
    {
        await host.Come(id, new { tier = "Pro", email = $"{id}@example.org", consent = new { email = consent } });
        await host.Put(id, "ST_004");
    }

    private static async Task Undone(LStepHost host, string id)
    {
        var latest = (await host.Get($"/api/customers/{id}")).GetProperty("recentTransitions").EnumerateArray()
            .First(row => row.Text("undoneAt").Length == 0 && row.Text("undoes").Length == 0);
        using var answer = await host.Client.PostAsync(
            $"/api/transitions/{latest.Text("id")}/undo", new StringContent("{}", null, "application/json"));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        await host.MoveClock(host.Now);
    }

    private static Task Told(LStepHost host, string id, params string[] events) => Told(host, id, events, machine: false);

    private static Task Told(LStepHost host, string id, string what, bool machine) => Told(host, id, [what], machine);

    private static async Task Told(LStepHost host, string id, string[] events, bool machine)
    {
        var action = (await host.Action(id, Campaign)).Text("id");
        foreach (var what in events)
        {
            using var answer = await host.Ingest.PostAsync("/v1/feedback/email", new StringContent(
                JsonSerializer.Serialize(new { actionId = action, @event = what, machine }), null, "application/json"));
            Assert.DoesNotContain("rejected", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    private static Task<JsonElement> Report(LStepHost host, string query = "") => host.Get($"/api/campaigns/{Campaign}/report{query}");

    private static List<JsonElement> Groups(JsonElement report) => [.. report.GetProperty("groups").EnumerateArray()];

    /// <summary>What is not 0.</summary>
    private static string Line(JsonElement group) => $"{group.Text("variant")} {group.Text("holdout")} " + string.Join(
        ' ', group.EnumerateObject().Where(one => one.Value.ValueKind == JsonValueKind.Number && one.Value.GetInt64() > 0)
            .Select(one => $"{one.Name} {one.Value}"));

    /// <summary>What was done is in the daily rows.</summary>
    private static async Task Followed(LStepHost host)
    {
        var (rows, rulebook) = (host.Services.GetRequiredService<DailyRows>(), host.Services.GetRequiredService<RulebookSource>());
        await rows.FlushAsync(rulebook.Current.Calendar);
    }

    private static IEnumerable<int> Statuses(JsonElement report, params string[] names) =>
        names.Select(name => Groups(report).Sum(group => group.GetProperty("actions").GetProperty(name).GetInt32()));

    /// <summary>Of their own, by what falls to them with two equal weights.</summary>
    private static IEnumerable<string> Ids(string? variant, bool heldOut, int count)
    {
        var campaign = DefaultCampaigns.Campaigns.Single(one => one.Name == Campaign) with { Variants = [new("a", 1), new("b", 1)] };
        return Enumerable.Range(0, 1_000).Select(n => $"reported-{n}").Where(id =>
            CampaignDraws.IsHeldOut(campaign, id) == heldOut
                && (variant is null || CampaignDraws.VariantOf(campaign, id) == variant)).Take(count);
    }
}
