using System.Text.Json;
using LStep.Campaigns.Tests.Channels.Http;
using LStep.Domain.Campaigning;
using LStep.Grains.Campaigns.Channels;
using LStep.Grains.Campaigns.Channels.Line;

namespace LStep.Campaigns.Tests.Channels.Line;

public sealed class LineTests
{
    private const string User = "U4af4980629b2b9d38dfc3eec9b2f4f3a", Token = "line-token-of-at-least-20-letters";

    [Fact]
    public async Task A_message_goes_to_the_person_with_its_key_and_its_link()
    {
        await using var line = await StandIn.Start(200, """{"sentMessages":[]}""", ("X-Line-Request-Id", "r-1"));
        var content = new MessageContent(Text: "おめでとうございます。", Link: new Uri("https://school.example/next"));
        Assert.Equal("r-1", Assert.IsType<SendOutcome.Sent>(await Sent(line, content)).ProviderId);
        var call = line.Last;
        Assert.Equal(("/v2/bot/message/push", Given.Key.ToString(), $"Bearer {Token}"),
            (call.Path, call.Headers["x-line-retry-key"], call.Headers["authorization"]));
        var body = JsonElement.Parse(call.Text);
        Assert.Equal((User, "おめでとうございます。\nhttps://school.example/next"),
            (body.GetProperty("to").GetString(), body.GetProperty("messages")[0].GetProperty("text").GetString()));
    }

    [Fact]
    public async Task A_long_text_is_cut_to_what_line_takes_and_keeps_its_link()
    {
        await using var line = await StandIn.Start(200);
        var longText = string.Concat(Enumerable.Repeat("😀", 4_000));
        await Sent(line, new MessageContent(Text: longText, Link: new Uri("https://school.example/n")));
        var text = JsonElement.Parse(line.Last.Text).GetProperty("messages")[0].GetProperty("text").GetString()!;
        Assert.InRange(text.Length, 4_990, 5_000);
        Assert.EndsWith("😀…\nhttps://school.example/n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(409, typeof(SendOutcome.Sent))]
    [InlineData(400, typeof(SendOutcome.Failed))]
    [InlineData(401, typeof(SendOutcome.Failed))]
    [InlineData(429, typeof(SendOutcome.NotNow))]
    [InlineData(500, typeof(SendOutcome.NotNow))]
    public async Task The_status_says_what_became_of_it(int status, Type outcome)
    {
        await using var line = await StandIn.Start(status, """{"message":"why"}""");
        Assert.IsType(outcome, await Sent(line, new MessageContent(Text: "t")));
    }

    [Fact]
    public async Task What_is_uncertain_is_asked_again_by_its_key()
    {
        await using var line = await StandIn.StartCutting();
        Assert.IsType<SendOutcome.NotNow>(await Sent(line, new MessageContent(Text: "t")));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("U/../../x")]
    public async Task Who_is_not_known_at_line_is_sent_nothing(string? user)
    {
        await using var line = await StandIn.Start(200);
        Assert.IsType<SendOutcome.Failed>(await Sent(line, new MessageContent(Text: "t"), user));
        Assert.Empty(line.Calls);
    }

    [Fact]
    public void A_token_is_read_and_not_printed()
    {
        Assert.Equal("line", LineOptions.Read(Given.Settings((LineOptions.TokenName, Token)))!.ToString());
        Assert.DoesNotContain("s3cret", Assert.Throws<ChannelSettingException>(
            () => LineOptions.Read(Given.Settings((LineOptions.TokenName, "s3cret")))).Message, StringComparison.Ordinal);
        Assert.Null(LineOptions.Read(Given.Settings((LineOptions.TokenName, "  "))));
    }

    private static async Task<SendOutcome> Sent(StandIn line, MessageContent content, string? user = User)
    {
        using var transport = new LineTransport(new LineOptions { Token = Token, Endpoint = line.Url }, RealTime.Clock);
        return await transport.Send(Given.Message(Channel.Line, new Recipient(LineUserId: user), content), default);
    }
}
