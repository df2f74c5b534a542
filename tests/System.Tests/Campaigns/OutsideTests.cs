using System.Globalization;
using System.Text.Json;
using LStep.Campaigns.Tests.Channels.Http;
using LStep.Campaigns.Tests.Channels.Smtp;
using LStep.Grains.Campaigns.Channels;
using MimeKit;
using static LStep.System.Tests.Campaigns.ActionLines;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Campaigns;

/// <summary>Over real servers: mails by SMTP, webhooks by HTTP, while they work and while they do not.</summary>
public sealed class OutsideTests
{
    private static readonly object Ada = new { tier = "Pro", email = "ada@example.org", name = "Ada Lovelace" };

    /// <summary>As the environment says it.</summary>
    private static ChannelSettings Outside(int? smtp = null, Uri? webhook = null, bool idempotent = false) =>
        ChannelSettings.Read(name => name switch
    {
        "LSTEP_SMTP" when smtp is not null => $"smtp://127.0.0.1:{smtp}",
        "LSTEP_MAIL_FROM" when smtp is not null => "School <hello@school.example>",
        "LSTEP_WEBHOOK_URL" => webhook?.AbsoluteUri,
        "LSTEP_WEBHOOK_SECRET" => "whsec_" + Convert.ToBase64String(new byte[32]),
        "LSTEP_WEBHOOK_ALLOW_PRIVATE" => "true",
        "LSTEP_WEBHOOK_IDEMPOTENT" => idempotent ? "true" : "false",
        _ => null,
    });

    [Fact]
    public async Task A_move_to_progressing_sends_the_milestone_mail_once()
    {
        await using var server = new MailServer();
        await using var host = await Start(channels: Outside(server.Port));
        await host.Post(Identify("ada", Begin, Ada));
        await host.Post(
            Track("ada", "Module Completed", Begin, new { moduleId = "a" }, "a"),
            Track("ada", "Module Completed", Begin, new { moduleId = "b" }, "b"),
            Track("ada", "Assessment Taken", Begin, new { score = 90 }, "c"));
        await host.MoveClock(Begin.AddMinutes(1));
        await host.MoveClock(Begin.AddMinutes(30));

        Assert.Equal("ST_002", (await host.Get("/api/customers/ada")).Text("tag"));
        var mail = Assert.Single(server.Mails).Mail;
        Assert.Equal(("ada@example.org", "hello@school.example"), (
            Assert.IsType<MailboxAddress>(Assert.Single(mail.To)).Address,
            Assert.IsType<MailboxAddress>(Assert.Single(mail.From)).Address));
        Assert.Matches("^<http.+/u/[^>]+>", mail.Headers["List-Unsubscribe"]);
        Assert.Equal("List-Unsubscribe=One-Click", mail.Headers["List-Unsubscribe-Post"]);
        Assert.False(string.IsNullOrWhiteSpace(mail.Subject) || string.IsNullOrWhiteSpace(mail.TextBody)
            || string.IsNullOrWhiteSpace(mail.HtmlBody));
        Assert.Contains(mail.BodyParts, part => part.ContentType.IsMimeType("image", "png"));
        Assert.Equal(["progression_milestone 1 sent"], await host.Lines("ada", "progression_milestone"));
        // Nobody set the other channels up, and each says so.
        Assert.Contains(await host.Lines("ada", "unlock_advanced_modules"), line => line.EndsWith("scheduled", StringComparison.Ordinal));
        await host.MoveClock(Begin.AddHours(2));
        Assert.Contains(
            "webhook is not set up", Assert.Single(await host.Lines("ada", "unlock_advanced_modules")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_webhook_whose_receiver_fails_at_first_is_asked_again_under_the_same_id()
    {
        var fails = 2;
        await using var platform = await StandIn.Start((context, _) =>
        {
            context.Response.StatusCode = fails-- > 0 ? 503 : 200;
            return Task.CompletedTask;
        });
        await using var host = await Start(channels: Outside(webhook: platform.Url));
        await host.Come("ada", Ada);
        await host.Put("ada", "ST_002");
        await host.MoveClock(Begin.AddHours(1).AddMinutes(5));

        var action = await host.Action("ada", "unlock_advanced_modules");
        Assert.Equal(("sent", 3), (action.Text("status"), action.GetProperty("tries").GetInt32()));
        Assert.InRange(
            action.Instant("sentAt")!.Value, action.Instant("scheduledFor")!.Value.AddSeconds(8), Begin.AddHours(1).AddMinutes(5));
        Assert.Equal(Enumerable.Repeat(action.Text("key"), 3), platform.Calls.Select(call => call.Headers["webhook-id"]));
        foreach (var call in platform.Calls)
        {
            var seconds = long.Parse(call.Headers["webhook-timestamp"], CultureInfo.InvariantCulture);
            Assert.InRange(Wall.Now - DateTimeOffset.FromUnixTimeSeconds(seconds), TimeSpan.Zero, TimeSpan.FromMinutes(5));
            Assert.StartsWith("v1,", call.Headers["webhook-signature"], StringComparison.Ordinal);
            var payload = JsonElement.Parse(call.Text);
            Assert.Equal(("ada", "unlock_advanced_modules", 1, action.Text("transitionId")), (
                payload.Text("customerId"), payload.Text("campaign"), payload.GetProperty("step").GetInt32(),
                payload.GetProperty("transition").Text("id")));
            Assert.Equal(
                ["advanced_modules", "expert_interviews"], payload.GetProperty("content").EnumerateArray().Select(one => one.GetString()));
        }
    }

    [Fact]
    public async Task While_the_mail_server_is_away_webhooks_go_on_and_then_every_mail_comes_once()
    {
        string[] ids = ["ada", "bo", "cy"];
        await using var platform = await StandIn.Start(200);
        var port = Ports.Free();
        await using var host = await Start(channels: Outside(port, platform.Url));
        foreach (var id in ids)
        {
            await host.Come(id, new { email = $"{id}@example.org" });
            await host.Put(id, "ST_002");
        }
        await host.MoveClock(Begin.AddHours(1));

        foreach (var id in ids)
        {
            Assert.Equal(["unlock_advanced_modules 1 sent"], await host.Lines(id, "unlock_advanced_modules"));
            var waiting = await host.Action(id, "progression_milestone");
            Assert.Equal("scheduled", waiting.Text("status"));
            Assert.NotEmpty(waiting.Text("reason"));
        }

        await using var server = new MailServer(port: port);
        await Signals.UntilAsync(async () =>
        {
            await host.MoveClock(host.Now.AddSeconds(5));
            return server.Mails.Count >= ids.Length;
        });
        await host.MoveClock(host.Now.AddMinutes(1));
        foreach (var id in ids) Assert.Equal(["progression_milestone 1 sent"], await host.Lines(id, "progression_milestone"));
        Assert.Equal(ids.Select(id => $"{id}@example.org"), server.Mails.Select(one => one.Mail.To.Mailboxes.Single().Address).Order());
        Assert.Equal(ids.Length, platform.Calls.Count);
    }

    /// <summary>A process that was killed between giving a message away and saying so leaves its row as it is set here.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_a_killed_process_was_sending_is_uncertain_unless_the_receiver_keeps_ids(bool idempotent)
    {
        await using var server = new MailServer();
        await using var platform = await StandIn.Start(200);
        await using var host = await Start(channels: Outside(server.Port, platform.Url, idempotent));
        await host.Come("ada", Ada);
        var keys = (await host.Actions("ada")).ToDictionary(one => $"{one.Text("campaign")} {one.Text("step")}", one => one.Text("key"));
        await host.Sql(
            "UPDATE campaign_actions SET status = 2, due_at = NULL, tries = 1, sender = 'gone', sending_since = cause_due_at, "
            + "first_try_at = cause_due_at, lease_until = now() + interval '1 hour' WHERE step = 1");
        await host.MoveClock(Begin.AddHours(3));
        Assert.Equal(["add_to_beginner_group 1 sending"], await host.Lines("ada", "add_to_beginner_group")); // its time is not over

        await host.Sql("UPDATE campaign_actions SET lease_until = now() - interval '1 second' WHERE status = 2");
        await Signals.UntilAsync(async () => (await host.Actions("ada")).TrueForAll(one => one.Text("status") != "sending")
            && platform.Calls.Count == (idempotent ? 1 : 0));
        await host.MoveClock(Begin.AddHours(3).AddMinutes(1));

        var welcome = await host.Action("ada", "welcome_active_learner");
        Assert.Equal("uncertain", welcome.Text("status"));
        Assert.NotEmpty(welcome.Text("reason"));
        Assert.Empty(server.Mails);
        Assert.Equal(idempotent ? "sent" : "uncertain", (await host.Action("ada", "add_to_beginner_group")).Text("status"));
        Assert.Equal(
            idempotent ? [keys["add_to_beginner_group 1"]] : [], platform.Calls.Select(call => call.Headers["webhook-id"]));
    }
}
