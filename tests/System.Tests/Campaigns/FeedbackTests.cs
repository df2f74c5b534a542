using System.Net;
using System.Text;
using System.Text.Json;
using LStep.Domain.Campaigning;
using LStep.System.Tests.Ingest;

namespace LStep.System.Tests.Campaigns;

/// <summary>What providers tell, over HTTP.</summary>
public sealed class FeedbackTests(PreferenceTests.Silo silo) : IClassFixture<PreferenceTests.Silo>
{
    private readonly IngestClient client = new(silo.Host.Address, silo.Host.WriteKey);

    private Recipients Recipients => silo.Recipients;

    [Theory]
    [InlineData("delivered", "MessageDelivered Email Delivered {0}")]
    [InlineData("opened", "MessageOpened Email Opened {0}")]
    [InlineData("clicked", "MessageClicked Email Clicked {0}")]
    [InlineData("converted", "MessageConverted Email Converted {0}")]
    [InlineData("unsubscribed", "Unsubscribed Email Unsubscribed email")]
    [InlineData("complained", "Unsubscribed Email Marked as Spam email")]
    [InlineData("Delivered", "MessageDelivered Email Delivered {0}")]
    public async Task An_event_is_an_activity_of_whom_the_message_went_to(string what, string activity)
    {
        var sent = await Recipients.Sent($"told-{what}");
        (await client.Post("/v1/feedback/email", $$"""{"actionId":"{{sent.Id}}","event":"{{what}}","at":"2026-03-10T11:00:00Z"}"""))
            .Succeeded();
        Assert.Equal([string.Format(null, activity, sent.Id)], await Recipients.Log(sent.Customer));
        Assert.Equal([$"{what.ToLowerInvariant()} 1"], await Recipients.Counts(sent));
        var withdraws = what is "unsubscribed" or "complained";
        Assert.Equal(withdraws ? "push in_app" : "email push in_app", await Recipients.Consents(sent.Customer));
    }

    [Theory]
    [InlineData("open", "opened")]
    [InlineData("email.clicked", "clicked")]
    [InlineData("Email Delivered", "delivered")]
    [InlineData("bounce", "bounced")]
    [InlineData("spam_complaint", "complained")]
    [InlineData(" unsubscribe ", "unsubscribed")]
    public async Task An_event_may_be_named_as_providers_name_it(string name, string what)
    {
        var sent = await Recipients.Sent($"named-{what}");
        (await client.Post(
            "/v1/feedback/email", $$"""{"actionId":"{{sent.Id}}","type":"{{name}}","timestamp":"2026-03-10T11:00:00Z","messageId":"x"}"""))
            .Succeeded();
        Assert.Equal([$"{what} 1"], await Recipients.Counts(sent));
    }

    [Fact]
    public async Task An_event_that_is_told_again_counts_once()
    {
        var sent = await Recipients.Sent("told-again");
        var body = $$"""
            [{"actionId":{{sent.Id}},"event":"opened","id":"e-1"},{"key":"{{sent.Key}}","event":"opened","id":"e-1"},
             {"key":"msg_{{sent.Key:N}}","event":"opened","at":1773140400},{"key":"{{sent.Key}}","event":"opened","at":1773140400000}]
            """;
        for (var i = 0; i < 3; i++) (await client.Post("/v1/feedback/email", body)).Succeeded();
        Assert.Equal(2, (await Recipients.Log("told-again")).Count);
        Assert.Equal(["opened 2"], await Recipients.Counts(sent));
    }

    [Theory]
    [InlineData("", "push in_app")]
    [InlineData(",\"permanent\":true", "push in_app")]
    [InlineData(",\"permanent\":false", "email push in_app")]
    public async Task A_mail_that_bounced_for_good_ends_marketing_mail(string more, string left)
    {
        var sent = await Recipients.Sent($"bounced-{more.Length}");
        (await client.Post("/v1/feedback/email", $$"""{"events":[{"actionId":"{{sent.Id}}","event":"bounced"{{more}}}]}""")).Succeeded();
        Assert.Equal(left, await Recipients.Consents(sent.Customer));
        Assert.Contains($"MessageBounced Email Bounced {sent.Id}", await Recipients.Log(sent.Customer));
    }

    [Fact]
    public async Task A_push_that_bounced_ends_nothing()
    {
        var sent = await Recipients.Sent("bounced-push", Channel.Push);
        (await client.Post("/v1/feedback/push", $$"""{"actionId":"{{sent.Id}}","event":"bounced"}""")).Succeeded();
        Assert.Equal("email push in_app", await Recipients.Consents("bounced-push"));
    }

    [Fact]
    public async Task What_cannot_be_placed_is_listed_and_kept_and_does_not_hold_up_the_others()
    {
        var sent = await Recipients.Sent("beside");
        var reply = await client.Post("/v1/feedback/email", $$"""
            [{"actionId":"999999999","event":"opened","id":"unknown-1"},{"actionId":"{{sent.Id}}","event":"opened"},{"event":"opened"},
             {"actionId":"{{sent.Id}}","event":"read"},{"actionId":"{{sent.Id}}","event":"opened","at":"then"},7,
             {"key":"00000000-0000-0000-0000-000000000001","event":"opened"}]
            """);
        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Equal(
            ["0 unknown_action", "2 no_action", "3 unknown_event", "4 unreadable_date", "5 not_an_object", "6 unknown_action"],
            reply.Json.GetProperty("rejected").EnumerateArray().Select(
                one => $"{one.GetProperty("index")} {one.GetProperty("code").GetString()}"));
        Assert.Equal(["opened 1"], await Recipients.Counts(sent));
        Assert.Equal(["unknown_action unknown-1"], await silo.Host.Database.Rejected("unknown-1"));
        Assert.Equal("wrong_channel", (await client.Post("/v1/feedback/push", $$"""{"actionId":"{{sent.Id}}","event":"opened"}"""))
            .Json.GetProperty("rejected")[0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task Feedback_about_somebody_who_was_erased_names_nobody()
    {
        var sent = await Recipients.Sent("erased-told");
        (await silo.Host.Client.DeleteAsync("/api/customers/erased-told")).EnsureSuccessStatusCode();
        var reply = await client.Post("/v1/feedback/email", $$"""{"actionId":"{{sent.Id}}","event":"opened"}""");
        Assert.Equal("unknown_action", reply.Json.GetProperty("rejected")[0].GetProperty("code").GetString());
        Assert.Empty(await Recipients.Counts(sent));
    }

    [Theory]
    [InlineData("email", "", "malformed")]
    [InlineData("email", "7", "malformed")]
    [InlineData("email", "\"text\"", "malformed")]
    [InlineData("email", "[{]", "malformed")]
    [InlineData("pigeon", "{}", "unknown_channel")]
    public async Task A_body_or_an_address_that_cannot_be_meant_is_a_400_with_a_code(string channel, string body, string code)
    {
        var reply = await client.Post($"/v1/feedback/{channel}", body);
        Assert.Equal((HttpStatusCode.BadRequest, code), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task A_request_brings_a_thousand_events_at_most()
    {
        var sent = await Recipients.Sent("thousand");
        string Body(int count) =>
            $"[{string.Join(',', Enumerable.Range(0, count).Select(i => $$"""{"actionId":"{{sent.Id}}","event":"opened","id":"t-{{i}}"}"""))}]";
        (await client.Post("/v1/feedback/email", Body(1_000))).Succeeded();
        Assert.Equal(["opened 1000"], await Recipients.Counts(sent));
        Assert.Equal("too_many_events", (await client.Post("/v1/feedback/email", Body(1_001))).Code);
    }

    [Fact]
    public async Task Without_a_write_key_nothing_is_taken()
    {
        var reply = await client.Post("/v1/feedback/email", "{}", request => request.Headers.Authorization = null);
        Assert.Equal((HttpStatusCode.Unauthorized, "bad_write_key"), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task Whatever_stands_in_a_field_is_taken_or_listed()
    {
        var sent = await Recipients.Sent("odd-fields");
        string[] values =
        [
            "null", "true", "-1", "1e400", "9223372036854775808", "\"\"", "\"\\u0000\"", "\"\\ud800\"", "[]", "{}", "{\"a\":[{}]}",
            $"\"{new string('x', 10_000)}\"", "\"0001-01-01\"", "\"9999-12-31T23:59:59Z\"", "253402300800", "-1e30",
        ];
        string[] fields = ["actionId", "key", "event", "at", "id", "permanent", "machine", "userAgent", "url", "reason"];
        var events = fields.SelectMany(field => values.Select(value =>
        {
            var item = new Dictionary<string, string> { ["actionId"] = $"\"{sent.Id}\"", ["event"] = "\"clicked\"" };
            item[field] = value;
            return $"{{{string.Join(',', item.Select(pair => $"\"{pair.Key}\":{pair.Value}"))}}}";
        })).ToArray();
        foreach (var one in events)
        {
            var reply = await client.Post("/v1/feedback/email", one);
            Assert.True(reply.Status == HttpStatusCode.OK, $"{one}: {reply.Status} {reply.Text}");
        }
        Assert.Equal(HttpStatusCode.OK, (await client.Post("/v1/feedback/email", $"[{string.Join(',', events)}]")).Status);
    }

    [Fact]
    public async Task Notifications_of_Amazon_SES_are_understood()
    {
        var sent = await Recipients.Sent("ses");
        await Sns("a", new { eventType = "Delivery", mail = Mail(sent), delivery = new { timestamp = "2026-03-10T11:00:00.000Z" } });
        await Sns("b", new
        {
            eventType = "Open", mail = Mail(sent), open = new { timestamp = "2026-03-10T11:01:00.000Z", userAgent = "Mozilla/5.0" },
        });
        await Sns("c", new
        {
            eventType = "Click", mail = new { tags = new Dictionary<string, string[]> { ["lstep-key"] = [sent.Key.ToString()] } },
            click = new { timestamp = "2026-03-10T11:02:00.000Z", link = "https://school.example/", userAgent = "Mozilla/5.0 (X11)" },
        });
        await Sns("d", new { eventType = "Send", mail = Mail(sent), send = new { } });
        await Sns("e", new
        {
            notificationType = "Bounce", mail = Mail(sent), bounce = new { bounceType = "Transient", feedbackId = "f-1" },
        });
        Assert.Equal("email push in_app", await Recipients.Consents("ses"));
        await Sns("f", new { notificationType = "Complaint", mail = Mail(sent), complaint = new { feedbackId = "f-2" } });
        Assert.Equal("push in_app", await Recipients.Consents("ses"));
        Assert.Equal(["bounced 1", "clicked 1", "complained 1", "delivered 1", "opened 1 machine"], await Recipients.Counts(sent));

        var confirm = await client.Post(
            "/v1/feedback/email", """{"Type":"SubscriptionConfirmation","TopicArn":"arn:aws:sns:t","SubscribeURL":"https://sns"}""");
        Assert.Equal("subscription_to_confirm", confirm.Json.GetProperty("rejected")[0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task Events_of_SendGrid_are_understood()
    {
        var sent = await Recipients.Sent("grid");
        object[] events =
        [
            new { @event = "processed", sg_event_id = "g-0", lstep_key = sent.Key },
            new { @event = "delivered", sg_event_id = "g-1", timestamp = 1773140400, lstep_key = sent.Key },
            new Dictionary<string, object>
            {
                ["event"] = "open", ["sg_event_id"] = "g-2", ["timestamp"] = 1773140401, ["smtp-id"] = $"<{sent.Key}@school.example>",
                ["sg_machine_open"] = true,
            },
            new { @event = "bounce", sg_event_id = "g-3", type = "blocked", lstep_key = sent.Key },
            new
            {
                @event = "click", sg_event_id = "g-4", url = "https://school.example/", useragent = "Mozilla/5.0 (X11)",
                lstep_key = sent.Key,
            },
        ];
        (await client.Post("/v1/feedback/email", JsonSerializer.Serialize(events))).Succeeded();
        Assert.Equal(["bounced 1", "clicked 1", "delivered 1", "opened 1 machine"], await Recipients.Counts(sent));
        Assert.Equal("email push in_app", await Recipients.Consents("grid"));
        (await client.Post("/v1/feedback/email", JsonSerializer.Serialize(
            new[] { new { @event = "bounce", type = "bounce", sg_event_id = "g-5", lstep_key = sent.Key } }))).Succeeded();
        Assert.Equal("push in_app", await Recipients.Consents("grid"));
    }

    private static object Mail(SentMessage sent) => new
    {
        messageId = "0102",
        headers = new[] { new { name = "X-LStep-Key", value = sent.Key.ToString() }, new { name = "To", value = "a@b.example" } },
    };

    private async Task Sns(string id, object message) => (await client.Post(
        "/v1/feedback/email",
        Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new
        {
            Type = "Notification", MessageId = id, TopicArn = "arn:aws:sns:eu-west-1:1:t", Message = JsonSerializer.Serialize(message),
        })),
        request => request.Content!.Headers.ContentType = new("text/plain"))).Succeeded();
}
