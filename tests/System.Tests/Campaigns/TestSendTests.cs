using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LStep.Campaigns.Tests.Channels.Http;
using LStep.Campaigns.Tests.Channels.Smtp;
using LStep.Grains.Campaigns.Channels;
using LStep.Grains.Campaigns.Channels.Sink;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using static LStep.System.Tests.Campaigns.ActionLines;

namespace LStep.System.Tests.Campaigns;

/// <summary>A message to somebody who wants to see how it arrives.</summary>
public sealed class TestSendTests
{
    private static readonly object Ada = new { tier = "Pro", email = "ada@example.org", name = "Ada Lovelace", locale = "ja" };

    [Fact]
    public async Task A_mail_goes_to_the_address_that_is_given_says_what_it_is_and_changes_nothing()
    {
        await using var server = new MailServer();
        await using var host = await Start(channels: ChannelSettings.Read(name => name switch
        {
            "LSTEP_SMTP" => $"smtp://127.0.0.1:{server.Port}",
            "LSTEP_MAIL_FROM" => "School <hello@school.example>",
            _ => null,
        }));
        await host.Come("ada", Ada);
        var (before, had) = (await host.Lines("ada"), server.Mails.Count);
        using var answer = await Send(
            host, "welcome_active_learner", new { customerId = "ada", to = "me@school.example", step = 2, locale = "en" });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var said = await answer.Json();
        Assert.Equal(("sent", "email", "me@school.example", JsonValueKind.Null), (
            said.Text("outcome"), said.Text("channel"), said.Text("to"), said.GetProperty("reason").ValueKind));

        var mail = server.Mails.Skip(had).Single().Mail;
        Assert.Equal("me@school.example", Assert.IsType<MailboxAddress>(Assert.Single(mail.To)).Address);
        Assert.StartsWith("[Test] ", mail.Subject, StringComparison.Ordinal);
        Assert.Null(mail.Headers["List-Unsubscribe"]);
        Assert.Contains("/u/preview", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Contains("Ada", mail.TextBody, StringComparison.Ordinal);
        // Neither a pixel nor a link that would count.
        Assert.DoesNotContain("/o/", mail.HtmlBody, StringComparison.Ordinal);
        Assert.DoesNotContain("/c/", mail.HtmlBody, StringComparison.Ordinal);

        Assert.Equal(before, await host.Lines("ada"));
        var audit = Assert.Single(
            (await host.Get("/api/audit?action=campaign.tested")).GetProperty("items").EnumerateArray());
        Assert.Equal(("welcome_active_learner", "first admin", "ada", "me@school.example", 2), (
            audit.Text("target"), audit.Text("who"), audit.GetProperty("after").Text("customerId"), audit.GetProperty("after").Text("to"),
            audit.GetProperty("after").GetProperty("step").GetInt32()));
        // The cap has no trace of it: the first real one goes as if there had been none.
        await host.MoveClock(Begin.AddHours(1));
        Assert.Contains("welcome_active_learner 1 sent", await host.Lines("ada", "welcome_active_learner"));
    }

    [Fact]
    public async Task A_webhook_and_an_alert_go_to_their_receiver_marked_as_a_test()
    {
        await using var platform = await StandIn.Start((_, _) => Task.CompletedTask);
        await using var host = await Start(channels: ChannelSettings.Read(name => name switch
        {
            "LSTEP_WEBHOOK_URL" or "LSTEP_ALERT_URL" => platform.Url.AbsoluteUri,
            "LSTEP_WEBHOOK_SECRET" => "whsec_" + Convert.ToBase64String(new byte[32]),
            "LSTEP_WEBHOOK_ALLOW_PRIVATE" => "true",
            _ => null,
        }));
        await host.Come("ada", Ada);
        foreach (var (campaign, channel) in new[]
        {
            ("unlock_advanced_modules", "webhook"), ("cs_alert", "alert"), ("advanced_features_push", "push"),
        })
        {
            var had = platform.Calls.Count;
            using var answer = await Send(host, campaign, new { customerId = "ada" });
            var said = await answer.Json();
            Assert.Equal(("sent", channel), (said.Text("outcome"), said.Text("channel")));
            Assert.DoesNotContain("whsec", said.Text("to"), StringComparison.Ordinal);
            var body = JsonElement.Parse(platform.Calls.Skip(had).Single().Text);
            Assert.Equal(("ada", campaign, true), (
                body.Text("customerId"), body.Text("campaign"), body.GetProperty("test").GetBoolean()));
            if (channel != "webhook") Assert.StartsWith("[Test] ", body.Text("title"), StringComparison.Ordinal);
        }
        using var none = await Send(host, "welcome_active_learner", new { customerId = "ada", to = "me@school.example" });
        Assert.Equal((HttpStatusCode.Conflict, "channel_not_set_up"), (none.StatusCode, await none.Code()));
    }

    [Fact]
    public async Task Of_the_whole_installation_ten_go_out_in_a_minute()
    {
        await using var host = await Start();
        await host.Come("ada", Ada);
        var mailbox = host.Services.GetRequiredService<SinkMailbox>();
        var had = mailbox.Messages.Count;
        var answers = await Task.WhenAll(Enumerable.Range(0, 15).Select(n =>
            Send(host, "personal_check_in", new { customerId = "ada", to = $"me{n}@school.example" })));
        Assert.Equal(10, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        Assert.All(answers.Where(answer => answer.StatusCode != HttpStatusCode.OK), answer =>
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
            Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        });
        Assert.Equal(10, mailbox.Messages.Count - had);
        Assert.All(mailbox.Messages.Take(10), message => Assert.StartsWith("[Test] ", message.Subject, StringComparison.Ordinal));
        Assert.Equal(10, (await host.Get("/api/audit?action=campaign.tested")).GetProperty("items").GetArrayLength());

        // A minute later there is room again.
        await host.Sql("UPDATE audit_log SET at = at - interval '1 minute' WHERE what = 'campaign.tested'");
        using var again = await Send(host, "personal_check_in", new { customerId = "ada", to = "me@school.example" });
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Fact]
    public async Task What_cannot_be_sent_is_refused_and_takes_no_room()
    {
        await using var host = await Start();
        await host.Come("ada", Ada);
        (string Campaign, object Body, int Status, string Code)[] cases =
        [
            ("no_such", new { customerId = "ada", to = "me@school.example" }, 404, "not_found"),
            ("personal_check_in", new { customerId = "nobody", to = "me@school.example" }, 404, "not_found"),
            ("personal_check_in", new { to = "me@school.example" }, 422, "required"),
            ("personal_check_in", new { customerId = "ada" }, 422, "bad_address"),
            ("personal_check_in", new { customerId = "ada", to = "" }, 422, "bad_address"),
            ("personal_check_in", new { customerId = "ada", to = "me" }, 422, "bad_address"),
            ("personal_check_in", new { customerId = "ada", to = "a@b.example\r\nBcc: c@d.example" }, 422, "bad_address"),
            ("personal_check_in", new { customerId = "ada", to = "a@b.example,c@d.example" }, 422, "bad_address"),
            ("personal_check_in", new { customerId = "ada", to = "a\0@b.example" }, 422, "bad_character"),
            ("personal_check_in", new { customerId = "ada", to = new string('x', 4_097) }, 422, "too_long"),
            ("personal_check_in", new { customerId = "ada", to = "me@school.example", step = 2 }, 422, "bad_value"),
            ("personal_check_in", new { customerId = "ada", to = "me@school.example", variant = "b" }, 422, "bad_value"),
            ("personal_check_in", new { customerId = "ada", to = "me@school.example", cc = "x" }, 400, "bad_json"),
            ("welcome_back", new { customerId = "ada", to = "me@school.example" }, 422, "not_testable"),
            ("schedule_personal_call", new { customerId = "ada", to = "me@school.example" }, 422, "not_testable"),
        ];
        foreach (var (campaign, body, status, code) in cases)
        {
            using var answer = await Send(host, campaign, body);
            Assert.Equal((status, code), ((int)answer.StatusCode, await answer.Code()));
        }
        Assert.Empty((await host.Get("/api/audit?action=campaign.tested")).GetProperty("items").EnumerateArray());
    }

    private static Task<HttpResponseMessage> Send(LStepHost host, string campaign, object body) =>
        host.Client.PostAsJsonAsync($"/api/campaigns/{campaign}/test", body);
}
