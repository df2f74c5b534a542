using LStep.Campaigns.Tests.Channels.Http;
using LStep.Domain.Campaigning;
using LStep.Grains.Campaigns.Channels;
using LStep.Grains.Campaigns.Channels.Alert;
using LStep.Grains.Campaigns.Channels.Line;
using LStep.Grains.Campaigns.Channels.Sink;
using LStep.Grains.Campaigns.Channels.Webhook;
using LStep.Campaigns.Tests.Channels.Webhook;

namespace LStep.Campaigns.Tests.Channels;

/// <summary>Texts that a template cut in the middle of a character, or that hold what no line should.</summary>
public sealed class BrokenTextTests
{
    private const string Broken = "a\ud83d\u0000\u202e b \udc00";

    [Theory]
    [InlineData(Channel.Email)]
    [InlineData(Channel.Push)]
    [InlineData(Channel.Line)]
    [InlineData(Channel.Webhook)]
    [InlineData(Channel.Alert)]
    public async Task Are_sent_by_every_channel_without_an_exception(Channel channel)
    {
        await using var receiver = await StandIn.Start(200);
        var message = Given.Message(channel, new Recipient("a@school.example", Broken, LineUserId: "U1"),
            new MessageContent(Broken, Broken, $"<p>{Broken}</p>", Json: "{\"x\":1,\"x\":2}"));
        IChannelTransport transport = channel switch
        {
            Channel.Line => new LineTransport(new LineOptions { Token = "t", Endpoint = receiver.Url }, RealTime.Clock),
            Channel.Alert => new AlertTransport(new AlertOptions { Url = receiver.Url, Format = AlertFormat.Json }, RealTime.Clock),
            Channel.Email => new SinkTransport(channel, new ChannelSettings().SinkFrom, new SinkMailbox().Keep),
            _ => new WebhookTransport(new WebhookOptions
            {
                Url = receiver.Url, Secrets = WebhookSecret.Parse(WebhookTests.Secret)!, AllowPrivate = true,
            }, RealTime.Clock, channel),
        };
        Assert.IsType<SendOutcome.Sent>(await transport.Send(message, default));
        (transport as IDisposable)?.Dispose();
    }
}
