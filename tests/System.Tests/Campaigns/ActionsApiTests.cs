using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LStep.Domain.Campaigning;
using LStep.Grains.Campaigns.Channels;
using LStep.Grains.Campaigns.Channels.Sink;
using Microsoft.Extensions.DependencyInjection;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Campaigns;

/// <summary>What people do with actions.</summary>
public sealed class ActionsApiTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Begin = new(2026, 3, 3, 10, 0, 0, TimeSpan.Zero);
    private LStepHost host = null!;

    public async Task InitializeAsync()
    {
        host = await LStepHost.Start(
            Begin, with: options => options with { Channels = new ChannelSettings { Sinks = [Channel.Email] } });
        await host.Post(Identify("ada", Begin, new { tier = "Pro", email = "ada@example.org", name = "Ada" }));
        await host.MoveClock(Begin.AddMinutes(1));
    }

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task What_is_cancelled_is_not_sent_and_says_who_and_why()
    {
        var action = await One("welcome_active_learner", "scheduled");
        using var answer = await Act(Id(action), "cancel", new { note = "wrong person" });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var after = await answer.Json();
        Assert.Equal(("cancelled", "Cancelled by first admin: wrong person", JsonValueKind.Null), (
            Text(after, "status"), Text(after, "reason"), after.GetProperty("dueAt").ValueKind));
        Assert.Equal("cancelled", Text(await host.Get($"/api/actions/{Id(action)}"), "status"));

        var said = Assert.Single((await host.Get("/api/audit?action=action.cancelled")).GetProperty("items").EnumerateArray());
        Assert.Equal(($"{Id(action)}", "wrong person", "scheduled", "cancelled", "ada"), (
            Text(said, "target"), Text(said, "reason"), Text(said.GetProperty("before"), "status"),
            Text(said.GetProperty("after"), "status"), Text(said.GetProperty("before"), "customerId")));

        await host.MoveClock(Begin.AddHours(2));
        Assert.Empty(host.Services.GetRequiredService<SinkMailbox>().Messages);
        using var again = await Act(Id(action), "cancel");
        Assert.Equal((HttpStatusCode.Conflict, "not_pending"), (again.StatusCode, await again.Code()));
        Assert.Single((await host.Get("/api/audit?action=action.cancelled")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task What_was_sent_can_neither_be_cancelled_nor_sent_again()
    {
        await host.MoveClock(Begin.AddHours(2));
        var sent = Id(await One("welcome_active_learner", "sent"));
        foreach (var (verb, code) in new[] { ("cancel", "not_pending"), ("replay", "not_replayable") })
        {
            using var answer = await Act(sent, verb);
            Assert.Equal((HttpStatusCode.Conflict, code), (answer.StatusCode, await answer.Code()));
        }
    }

    [Fact]
    public async Task What_was_sent_stands_in_the_timeline_and_what_was_not_does_not()
    {
        await host.MoveClock(Begin.AddHours(3));
        var sent = await One("welcome_active_learner", "sent");
        var (told, next) = (new List<JsonElement>(), "");
        do
        {
            var page = await host.Get($"/api/customers/ada/timeline?limit=1&cursor={next}");
            told.AddRange(page.GetProperty("items").EnumerateArray());
            next = Text(page, "next");
        }
        while (next is not null);
        var item = Assert.Single(told, one => Text(one, "kind") == "action");
        Assert.Equal(sent.GetProperty("sentAt").GetDateTimeOffset(), item.GetProperty("at").GetDateTimeOffset());
        var action = item.GetProperty("action");
        Assert.Equal((Id(sent), "welcome_active_learner", "email"), (Id(action), Text(action, "campaign"), Text(action, "channel")));
    }

    [Fact]
    public async Task What_failed_is_sent_again_under_its_key()
    {
        var failed = await host.Sent("ada", Channel.Email, Begin);
        await Execute("UPDATE campaign_actions SET status = 4, reason = '550 no such user', tries = 7, sent_at = NULL "
            + "WHERE id = " + failed.Id);
        using (var answer = await Act(failed.Id, "replay"))
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var after = await answer.Json();
            Assert.Equal(("scheduled", 0, failed.Key, JsonValueKind.Null), (
                Text(after, "status"), after.GetProperty("tries").GetInt32(), after.GetProperty("key").GetGuid(),
                after.GetProperty("reason").ValueKind));
        }
        await host.MoveClock(Begin.AddMinutes(2));
        Assert.Equal("sent", Text(await host.Get($"/api/actions/{failed.Id}"), "status"));
        Assert.Equal(failed.Key, Assert.Single(host.Services.GetRequiredService<SinkMailbox>().Messages).Key);
        Assert.Single((await host.Get("/api/audit?action=action.replayed")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task What_had_no_channel_can_be_sent_again_and_what_was_suppressed_otherwise_cannot()
    {
        await host.MoveClock(Begin.AddHours(3));
        var action = await One("add_to_beginner_group", "suppressed");
        Assert.Contains("webhook is not set up", Text(action, "reason"), StringComparison.Ordinal);
        using (var answer = await Act(Id(action), "replay")) Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        var other = await host.Sent("ada", Channel.Email, Begin);
        await Execute("UPDATE campaign_actions SET status = 5, reason = 'holdout' WHERE id = " + other.Id);
        using var refused = await Act(other.Id, "replay");
        Assert.Equal((HttpStatusCode.Conflict, "not_replayable"), (refused.StatusCode, await refused.Code()));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("none")]
    [InlineData("-1")]
    [InlineData("99999999999999999999")]
    public async Task An_action_that_is_not_there_is_a_404(string id)
    {
        Assert.Equal(HttpStatusCode.NotFound, (await host.Client.GetAsync($"/api/actions/{id}")).StatusCode);
        foreach (var verb in new[] { "cancel", "replay" })
            Assert.Equal(HttpStatusCode.NotFound, (await host.Client.PostAsync($"/api/actions/{id}/{verb}", null)).StatusCode);
    }

    [Fact]
    public async Task A_note_that_cannot_be_kept_is_a_422_and_changes_nothing()
    {
        var action = await One("welcome_active_learner", "scheduled");
        foreach (var note in new[] { new string('x', 2_001), "a\0b" })
        {
            using var answer = await Act(Id(action), "cancel", new { note });
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        }
        Assert.Equal("scheduled", Text(await host.Get($"/api/actions/{Id(action)}"), "status"));
    }

    [Fact]
    public async Task The_list_is_of_a_status_a_campaign_and_a_customer_page_by_page()
    {
        var all = (await host.Get("/api/actions?customer=ada&status=scheduled&campaign=welcome_active_learner"))
            .GetProperty("items").EnumerateArray().Select(Id).ToList();
        Assert.Equal(3, all.Count);
        var first = await host.Get("/api/actions?customer=ada&status=scheduled&campaign=welcome_active_learner&limit=2");
        var second = await host.Get(
            $"/api/actions?customer=ada&status=scheduled&campaign=welcome_active_learner&limit=2&cursor={Text(first, "next")}");
        Assert.Equal(all, first.GetProperty("items").EnumerateArray().Concat(second.GetProperty("items").EnumerateArray()).Select(Id));
        Assert.Empty((await host.Get("/api/actions?customer=nobody")).GetProperty("items").EnumerateArray());
        Assert.Equal(HttpStatusCode.BadRequest, (await host.Client.GetAsync("/api/actions?status=done")).StatusCode);
    }

    private async Task<JsonElement> One(string campaign, string status) =>
        (await host.Get($"/api/actions?customer=ada&campaign={campaign}&status={status}")).GetProperty("items").EnumerateArray().Last();

    private Task<HttpResponseMessage> Act(long id, string verb, object? body = null) =>
        host.Client.PostAsJsonAsync($"/api/actions/{id}/{verb}", body ?? new { });

    private async Task Execute(string sql)
    {
        await using var command = host.Database.Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static long Id(JsonElement action) => action.GetProperty("id").GetInt64();

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
