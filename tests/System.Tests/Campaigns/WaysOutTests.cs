using System.Net.Http.Json;
using LStep.Grains.Campaigns.Channels;
using LStep.Workbench.Receivers;
using LStep.Workbench.Sends;
using Npgsql;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Campaigns;

/// <summary>Messages on the wall clock: each way out works by itself.</summary>
public sealed class WaysOutTests
{
    private const int Customers = 20;

    [Fact]
    public async Task A_mail_server_that_does_not_answer_holds_up_no_webhook()
    {
        var (mailed, answered) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var mail = new MailReceiver(_ =>
        {
            mailed.TrySetResult();
            return answered.Task;
        });
        await using var platform = await OutsideReceivers.Start(silos: 1, CancellationToken.None);
        var settings = platform.Settings(0);
        settings["LSTEP_SMTP"] = $"smtp://127.0.0.1:{mail.Port}";
        await using var host = await LStepHost.Start(with: options => options with
        {
            Channels = ChannelSettings.Read(name => settings.GetValueOrDefault(name)), ApiRequestsPerSecond = 10_000,
        });
        await Master("ada");
        await mailed.Task;

        // Ada's mail is on its way, and stays there.
        foreach (var late in new[] { "bob", "cid" })
        {
            await Master(late);
            await Signals.UntilAsync(async () => await Status(late, "ppal_expert_badge") == "sent");
            Assert.Equal("sending", await Status("ada", "mastery_achievement"));
        }
        answered.SetResult();
        foreach (var customer in new[] { "ada", "bob", "cid" })
            await Signals.UntilAsync(async () => await Status(customer, "mastery_achievement") == "sent");
        Assert.Equal(0, platform.Audit().Found);
        foreach (var channel in new[] { "email", "webhook" })
            await Signals.UntilAsync(async () => (await host.Client.GetStringAsync("/metrics")).Contains(
                $"lstep_actions_tries_total{{otel_scope_name=\"LStep\",channel=\"{channel}\",outcome=\"sent\"}} ",
                StringComparison.Ordinal));

        async Task Master(string id)
        {
            await host.Post(Identify(id, host.Now, new { tier = "Pro", email = $"{id}@example.org" }));
            Assert.True((await host.Client.PutAsJsonAsync($"/api/customers/{id}/status", new { tag = "ST_003", reason = "as agreed" }))
                .IsSuccessStatusCode);
        }

        async Task<string?> Status(string id, string campaign) =>
            (await host.Actions(id)).Where(one => one.Text("campaign") == campaign).Select(one => one.Text("status")).FirstOrDefault();
    }

    [Fact]
    public async Task Of_two_that_are_due_by_different_ways_the_earlier_takes_the_room_of_the_day()
    {
        await using var host = await LStepHost.Start(with: options => options with { Channels = ChannelSettings.SinkOnly });
        await host.Post([.. Enumerable.Range(0, Customers).Select(number => (object)Identify(
            $"c-{number}", host.Now, new { email = $"c-{number}@example.org", timezone = Noon.Zone() }))]);

        await using (var source = NpgsqlDataSource.Create(host.ConnectionString))
        await using (var due = source.CreateCommand(
            "INSERT INTO campaign_actions (customer_id, cause_kind, cause_number, campaign, step, send_key, channel, kind, scheduled_for, "
            + "due_at, cause_due_at, cause_at, is_repeat) SELECT customer_id, 1, 1000, campaign, 1, gen_random_uuid(), channel, 1, at, at, "
            + "at, at, false FROM customers, (VALUES ('welcome_active_learner', 0, now() - interval '2 minutes'), "
            + "('welcome_back', 3, now() - interval '1 minute')) AS v (campaign, channel, at)"))
            Assert.Equal(2 * Customers, await due.ExecuteNonQueryAsync());

        await Signals.UntilAsync(async () => (await Lines()).TrueForAll(line => !line.StartsWith("0 ", StringComparison.Ordinal)
            && !line.StartsWith("2 ", StringComparison.Ordinal)));
        Assert.Equal([$"1 welcome_back frequency_cap {Customers}", $"3 welcome_active_learner  {Customers}"], await Lines());

        Task<List<string>> Lines() => host.Sql(
            "SELECT status, campaign, coalesce(reason, ''), count(*) FROM campaign_actions WHERE cause_number = 1000 GROUP BY 1, 2, 3 "
            + "ORDER BY 1");
    }
}
