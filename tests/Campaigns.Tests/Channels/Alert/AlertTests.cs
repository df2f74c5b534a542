using System.Text.Json;
using LStep.Campaigns.Tests.Channels.Http;
using LStep.Domain.Campaigning;
using LStep.Grains.Campaigns.Channels;
using LStep.Grains.Campaigns.Channels.Alert;

namespace LStep.Campaigns.Tests.Channels.Alert;

public sealed class AlertTests
{
    private static readonly MessageContent Content = new(
        "<!channel> Hanako & *Co* is at risk", "Silent for 5 days.\n[click](https://evil.example) <at>all</at> 😀",
        Link: new Uri("https://school.example/customers/learner-1"));

    [Fact]
    public async Task Slack_gets_text_and_blocks_in_which_nobody_can_call_a_channel()
    {
        var body = await Body(AlertFormat.Slack);
        Assert.Equal("&lt;!channel&gt; Hanako &amp; *Co* is at risk", body.GetProperty("text").GetString());
        var blocks = body.GetProperty("blocks").EnumerateArray().ToList();
        Assert.Equal(["header", "section", "actions"], blocks.Select(block => block.GetProperty("type").GetString()));
        Assert.All(blocks.Take(2), block => Assert.Equal("plain_text", block.GetProperty("text").GetProperty("type").GetString()));
        Assert.Equal(Content.Text, blocks[1].GetProperty("text").GetProperty("text").GetString());
        Assert.Equal("https://school.example/customers/learner-1", blocks[2].GetProperty("elements")[0].GetProperty("url").GetString());
    }

    [Fact]
    public async Task Teams_gets_an_adaptive_card_whose_texts_know_no_markup()
    {
        var card = (await Body(AlertFormat.Teams)).GetProperty("attachments")[0].GetProperty("content");
        Assert.Equal("AdaptiveCard", card.GetProperty("type").GetString());
        var lines = card.GetProperty("body").EnumerateArray().ToList();
        Assert.All(lines, line => Assert.Equal("RichTextBlock", line.GetProperty("type").GetString()));
        Assert.Equal([Content.Subject, .. Content.Text!.Split('\n')],
            lines.Select(line => line.GetProperty("inlines")[0].GetProperty("text").GetString()));
        Assert.Equal("Action.OpenUrl", card.GetProperty("actions")[0].GetProperty("type").GetString());
    }

    [Fact]
    public async Task Others_get_plain_json()
    {
        var body = await Body(AlertFormat.Json);
        Assert.Equal(("learner-1", 99, Content.Subject), (body.GetProperty("customerId").GetString(),
            body.GetProperty("transitionId").GetInt64(), body.GetProperty("title").GetString()));
    }

    [Fact]
    public async Task Long_texts_stay_within_what_rooms_take()
    {
        foreach (var format in Enum.GetValues<AlertFormat>())
        {
            await using var room = await StandIn.Start(200, "ok");
            Assert.IsType<SendOutcome.Sent>(await Sent(room, format, new MessageContent(new string('題', 9_000), new string('文', 90_000))));
            Assert.InRange(room.Last.Body.Length, 1, 28_000);
        }
    }

    [Theory]
    [InlineData(AlertFormat.Slack, 200, "ok", typeof(SendOutcome.Sent))]
    [InlineData(AlertFormat.Slack, 400, "invalid_payload", typeof(SendOutcome.Failed))]
    [InlineData(AlertFormat.Slack, 404, "no_service", typeof(SendOutcome.Failed))]
    [InlineData(AlertFormat.Slack, 429, "", typeof(SendOutcome.NotNow))]
    [InlineData(AlertFormat.Teams, 202, "", typeof(SendOutcome.Sent))]
    [InlineData(AlertFormat.Teams, 200, "Webhook message delivery failed with error: HTTP error 429", typeof(SendOutcome.NotNow))]
    [InlineData(AlertFormat.Json, 503, "", typeof(SendOutcome.NotNow))]
    public async Task What_the_room_answers_says_what_became_of_it(AlertFormat format, int status, string answer, Type outcome)
    {
        await using var room = await StandIn.Start(status, answer);
        Assert.IsType(outcome, await Sent(room, format, Content));
    }

    [Theory]
    [InlineData("https://hooks.slack.com/services/T/B/s3cret", null, AlertFormat.Slack)]
    [InlineData("https://school.webhook.office.com/webhookb2/s3cret", null, AlertFormat.Teams)]
    [InlineData("https://prod-1.westeurope.logic.azure.com/workflows/s3cret?sig=s3cret", null, AlertFormat.Teams)]
    [InlineData("https://chat.school.example/hooks/s3cret", "Slack", AlertFormat.Slack)]
    [InlineData("http://10.0.0.5/s3cret", null, AlertFormat.Json)]
    [InlineData("https://hooks.slack.com.evil.example/s3cret", null, AlertFormat.Json)]
    public void The_format_follows_the_host_or_the_setting_and_the_address_is_not_printed(string url, string? format, AlertFormat expected)
    {
        var options = AlertOptions.Read(Given.Settings((AlertOptions.UrlName, url), (AlertOptions.FormatName, format!)))!;
        Assert.Equal(expected, options.Format);
        Assert.DoesNotContain("s3cret", options.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(AlertOptions.FormatName, "irc")]
    [InlineData(AlertOptions.UrlName, "s3cret")]
    public void Wrong_settings_are_told_by_their_name(string name, string value)
    {
        var wrong = Assert.Throws<ChannelSettingException>(() => AlertOptions.Read(Given.Settings((name, value))));
        Assert.Contains(name, wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", wrong.Message, StringComparison.Ordinal);
    }

    private static async Task<JsonElement> Body(AlertFormat format)
    {
        await using var room = await StandIn.Start(200, "ok");
        Assert.IsType<SendOutcome.Sent>(await Sent(room, format, Content));
        Assert.Equal("application/json", room.Last.Headers["content-type"]);
        return JsonElement.Parse(room.Last.Text);
    }

    private static async Task<SendOutcome> Sent(StandIn room, AlertFormat format, MessageContent content)
    {
        using var transport = new AlertTransport(new AlertOptions { Url = new Uri(room.Url, "/hook"), Format = format }, RealTime.Clock);
        return await transport.Send(Given.Message(Channel.Alert, content: content), default);
    }
}
