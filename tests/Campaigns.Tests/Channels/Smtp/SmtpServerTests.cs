using System.Text;
using LStep.Domain.Campaigning;
using LStep.Grains.Campaigns.Channels;
using LStep.Grains.Campaigns.Channels.Smtp;
using MimeKit;
using SmtpServer.Protocol;

namespace LStep.Campaigns.Tests.Channels.Smtp;

/// <summary>Against a real server.</summary>
public sealed class SmtpServerTests
{
    [Fact]
    public async Task A_mail_arrives_with_its_parts_and_its_headers()
    {
        await using var server = new MailServer();
        using var transport = new SmtpTransport(Options(server.Port), RealTime.Clock);
        var message = Given.Message(Channel.Email,
            new Recipient("hanako@bücher.example", "山田 花子"),
            new MessageContent("学習が進んでいます", "こんにちは。\n.\n..dots", "<p>こんにちは <img src=\"cid:chart\"></p>", Attachments:
            [
                new Attachment("chart.png", "image/png", [1, 2, 3], "chart"),
                new Attachment("修了証.pdf", "application/pdf", [4, 5, 6]),
            ])) with { OneClickUnsubscribe = new Uri("https://school.example/u/abc?c=1") };
        Assert.IsType<SendOutcome.Sent>(await transport.Send(message, default));
        var (mail, _) = Assert.Single(server.Mails);
        Assert.Equal("学習が進んでいます", mail.Subject);
        Assert.Equal(("山田 花子", "hanako@bücher.example"), (mail.To.Mailboxes.Single().Name, mail.To.Mailboxes.Single().Address));
        Assert.Contains("<hanako@xn--bcher-kva.example>", Encoding.ASCII.GetString(mail.Headers.First(
            header => header.Id == HeaderId.To).RawValue), StringComparison.Ordinal);
        Assert.Equal("こんにちは。\n.\n..dots", mail.TextBody!.ReplaceLineEndings("\n").TrimEnd());
        Assert.Contains("cid:chart", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Equal("chart", mail.BodyParts.Single(part => part.ContentId is not null).ContentId);
        Assert.Equal("修了証.pdf", mail.Attachments.OfType<MimePart>().Single().FileName);
        Assert.Equal($"{Given.Key:N}@school.example", mail.MessageId);
        Assert.Equal("<https://school.example/u/abc?c=1>", mail.Headers[HeaderId.ListUnsubscribe]);
        Assert.Equal("List-Unsubscribe=One-Click", mail.Headers[HeaderId.ListUnsubscribePost]);
        Assert.Equal(message.At, mail.Date);
    }

    [Fact]
    public async Task Mails_one_after_the_other_share_a_connection()
    {
        await using var server = new MailServer();
        using var transport = new SmtpTransport(Options(server.Port), RealTime.Clock);
        for (var mail = 0; mail < 5; mail++) Assert.IsType<SendOutcome.Sent>(await transport.Send(Given.Message(Channel.Email), default));
        Assert.Equal((5, 1), (server.Mails.Count, server.Sessions));
    }

    [Fact]
    public async Task Mails_at_once_use_no_more_connections_than_are_set()
    {
        await using var server = new MailServer();
        using var transport = new SmtpTransport(Options(server.Port) with { Connections = 3 }, RealTime.Clock);
        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 30).Select(_ => transport.Send(Given.Message(Channel.Email), default)));
        Assert.All(outcomes, outcome => Assert.IsType<SendOutcome.Sent>(outcome));
        Assert.InRange(server.Sessions, 1, 3);
    }

    [Fact]
    public async Task A_connection_goes_on_after_a_recipient_was_refused()
    {
        await using var server = new MailServer();
        server.Unknown.Add("nobody@learner.example");
        using var transport = new SmtpTransport(Options(server.Port), RealTime.Clock);
        var nobody = Given.Message(Channel.Email, new Recipient("nobody@learner.example"));
        Assert.IsType<SendOutcome.Failed>(await transport.Send(nobody, default));
        Assert.IsType<SendOutcome.Sent>(await transport.Send(Given.Message(Channel.Email), default));
        Assert.Equal(1, server.Sessions);
    }

    [Fact]
    public async Task A_mail_that_the_server_puts_off_at_its_end_may_be_tried_again()
    {
        await using var server = new MailServer { Verdict = new SmtpResponse(SmtpReplyCode.InsufficientStorage, "full") };
        using var transport = new SmtpTransport(Options(server.Port), RealTime.Clock);
        Assert.IsType<SendOutcome.NotNow>(await transport.Send(Given.Message(Channel.Email), default));
        server.Verdict = SmtpResponse.Ok;
        Assert.IsType<SendOutcome.Sent>(await transport.Send(Given.Message(Channel.Email), default));
    }

    [Fact]
    public async Task Tls_is_taken_where_it_is_offered_and_the_password_goes_over_it()
    {
        await using var server = new MailServer(tls: true, user: "school", password: "pass:w@rd");
        var options = SmtpOptions.Read(Given.Settings(
            (SmtpOptions.UrlName, $"smtp://school:pass%3Aw%40rd@localhost:{server.Port}"),
            (SmtpOptions.FromName, "hello@school.example")))!;
        using var transport = new SmtpTransport(options, RealTime.Clock);
        Assert.IsType<SendOutcome.Sent>(await transport.Send(Given.Message(Channel.Email), default));
        Assert.True(Assert.Single(server.Mails).Secure);
    }

    [Fact]
    public async Task A_wrong_password_is_a_refusal_that_tells_no_secret()
    {
        await using var server = new MailServer(tls: true, user: "school", password: "right");
        using var transport = new SmtpTransport(Options(server.Port) with { User = "school", Password = "wr0ng" }, RealTime.Clock);
        var failed = Assert.IsType<SendOutcome.Failed>(await transport.Send(Given.Message(Channel.Email), default));
        Assert.DoesNotContain("wr0ng", failed.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_goes_over_no_plain_line_that_leaves_the_machine()
    {
        var options = Options(25) with { Host = "mail.example", User = "school", Password = "secret" };
        Assert.Equal(MailKit.Security.SecureSocketOptions.StartTls, options.Security);
        Assert.True(options.ChecksCertificate);
        await using var server = new ScriptedServer(Step.Next, null, "AUTH PLAIN");
        // 127.0.0.1 by a name that is not known to be this machine.
        using var transport = new SmtpTransport(options with { Host = "ip6-localhost.", Port = server.Port }, RealTime.Clock);
        Assert.IsType<SendOutcome.NotNow>(await transport.Send(Given.Message(Channel.Email), default));
        Assert.Equal(0, server.Given);
    }

    [Fact]
    public async Task An_address_that_the_server_cannot_take_is_refused_plainly()
    {
        await using var server = new MailServer();
        await using var plain = new ScriptedServer(Step.Next, null);
        var message = Given.Message(Channel.Email, new Recipient("用户@learner.example"));
        using (var transport = new SmtpTransport(Options(plain.Port), RealTime.Clock))
            Assert.Contains("SMTPUTF8", Assert.IsType<SendOutcome.Failed>(await transport.Send(message, default)).Reason,
                StringComparison.Ordinal);
        await using var able = new ScriptedServer(Step.Next, null, "SMTPUTF8", "8BITMIME");
        using (var transport = new SmtpTransport(Options(able.Port), RealTime.Clock))
            Assert.IsType<SendOutcome.Sent>(await transport.Send(message, default));
    }

    private static SmtpOptions Options(int port) =>
        new() { Host = "127.0.0.1", Port = port, From = new MailboxAddress("School", "hello@school.example") };
}
