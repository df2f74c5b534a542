using LStep.Domain.Campaigning;
using LStep.Grains.Campaigns.Channels;
using LStep.Grains.Campaigns.Channels.Alert;
using LStep.Grains.Campaigns.Channels.Line;
using LStep.Grains.Campaigns.Channels.Sink;
using LStep.Grains.Campaigns.Channels.Smtp;
using LStep.Grains.Campaigns.Channels.Webhook;
using LStep.Campaigns.Tests.Channels.Webhook;

namespace LStep.Campaigns.Tests.Channels;

public sealed class ChannelSetTests
{
    private static readonly (string, string) From = (SmtpOptions.FromName, "hello@school.example"),
        Hook = (WebhookOptions.UrlName, "https://school.example/t0ken"), Secret = (WebhookOptions.SecretName, WebhookTests.Secret);

    [Fact]
    public void Without_settings_only_what_lives_within_the_product_is_there()
    {
        using var set = Build();
        Assert.All(Enum.GetValues<Channel>(), channel => Assert.Null(set.Of(channel)));
        Assert.Equal([Channel.Email, Channel.Push, Channel.Line, Channel.Webhook],
            Enum.GetValues<Channel>().Where(channel => set.WhyNot(channel) is not null));
        Assert.Equal("email is not set up: LSTEP_SMTP", set.WhyNot(Channel.Email));
        Assert.Equal("live hub", set.Conditions.Single(condition => condition.Channel == Channel.Alert).Goes);
    }

    [Fact]
    public void Each_setting_opens_its_channel_and_says_where_it_goes_without_its_secrets()
    {
        using var set = Build((SmtpOptions.UrlName, "smtp://user:s3cret@mail.example"), From, Hook, Secret,
            (LineOptions.TokenName, "a-line-token-of-20-letters"), (AlertOptions.UrlName, "https://hooks.slack.com/services/s3cret"));
        Assert.Equal(
            ["Email smtp to mail.example:587", "Push webhook to school.example", "Line line", "InApp inbox",
                "Webhook webhook to school.example", "Task task queue", "Alert alerts to hooks.slack.com (Slack)"],
            set.Conditions.Select(condition => $"{condition.Channel} {condition.Goes}"));
        Assert.All(set.Conditions, condition => Assert.Equal(CircuitPhase.Closed, condition.Circuit));
        Assert.Equal([Channel.Line], Enum.GetValues<Channel>().Where(channel => set.Of(channel)?.Transport.IsIdempotent == true));
    }

    [Fact]
    public async Task A_sink_keeps_the_mail_as_it_looks_and_needs_no_other_setting()
    {
        var mailbox = new SinkMailbox(messagesMax: 3);
        using var set = ChannelSet.Build(Read((SmtpOptions.UrlName, "sink")), RealTime.Clock, mailbox.Keep);
        Assert.Null(set.WhyNot(Channel.Email));
        Assert.NotNull(set.WhyNot(Channel.Webhook));
        for (var tries = 0; tries < 2; tries++)
            Assert.IsType<SendOutcome.Sent>(await set.Of(Channel.Email)!.Send(Given.Message(Channel.Email), default));
        var kept = Assert.Single(mailbox.Messages);
        Assert.Equal(("hanako@learner.example", "Welcome", "Hello Hanako."), (kept.To, kept.Subject, kept.Text));
        var mail = MimeKit.MimeMessage.Load(new MemoryStream(kept.Mime!));
        Assert.Equal("<p>Hello Hanako.</p>", mail.HtmlBody!.Trim());
        foreach (var key in new byte[] { 1, 2, 3, 4 })
            await set.Of(Channel.Email)!.Send(Given.Message(Channel.Email) with { Key = new Guid(key, 0, 0, new byte[8]) }, default);
        Assert.Equal([4, 3, 2], mailbox.Messages.Select(message => message.Key.ToByteArray()[0]));
        Assert.IsType<SendOutcome.Failed>(await set.Of(Channel.Email)!.Send(
            Given.Message(Channel.Email, new Recipient("no address")), default));
    }

    [Fact]
    public async Task The_demo_has_every_channel_and_contacts_nobody()
    {
        var mailbox = new SinkMailbox();
        using var set = ChannelSet.Build(ChannelSettings.SinkOnly, RealTime.Clock, mailbox.Keep);
        foreach (var channel in new[] { Channel.Email, Channel.Push, Channel.Line, Channel.Webhook, Channel.Alert })
        {
            Assert.Equal("sink", set.Conditions.Single(condition => condition.Channel == channel).Goes);
            await set.Of(channel)!.Send(Given.Message(channel) with { Key = new Guid((int)channel + 1, 0, 0, new byte[8]) }, default);
        }
        Assert.Equal(5, mailbox.Messages.Count);
        Assert.Contains("\"customerId\":\"learner-1\"", mailbox.Messages.Single(message => message.Channel == Channel.Webhook).Text,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_channel_leaves_the_others_as_they_are()
    {
        var mailbox = new SinkMailbox();
        var settings = ChannelSettings.SinkOnly with { Sinks = [Channel.Line] } with
        {
            Webhook = new WebhookOptions
            {
                Url = new Uri("http://127.0.0.1:1/"), Secrets = WebhookSecret.Parse(WebhookTests.Secret)!, AllowPrivate = true,
            },
        };
        using var set = ChannelSet.Build(settings, RealTime.Clock, mailbox.Keep);
        for (var tries = 0; tries < ChannelCircuit.TriesMin; tries++)
            await set.Of(Channel.Webhook)!.Send(Given.Message(Channel.Webhook), default);
        Assert.Null(await set.Of(Channel.Webhook)!.Send(Given.Message(Channel.Webhook), default));
        Assert.Contains("ConnectionRefused", set.Conditions.Single(condition => condition.Channel == Channel.Webhook).Trouble,
            StringComparison.Ordinal);
        Assert.IsType<SendOutcome.Sent>(await set.Of(Channel.Line)!.Send(Given.Message(Channel.Line), default));
    }

    private static ChannelSet Build(params (string, string)[] settings) =>
        ChannelSet.Build(Read(settings), RealTime.Clock, new SinkMailbox().Keep);

    private static ChannelSettings Read(params (string Name, string Value)[] settings) =>
        ChannelSettings.Read(name => settings.FirstOrDefault(setting => setting.Name == name).Value);
}
