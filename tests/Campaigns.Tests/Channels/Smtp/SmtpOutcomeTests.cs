using System.Net;
using System.Net.Sockets;
using LStep.Domain.Campaigning;
using LStep.Grains;
using LStep.Grains.Campaigns.Channels;
using LStep.Grains.Campaigns.Channels.Smtp;
using MimeKit;

namespace LStep.Campaigns.Tests.Channels.Smtp;

/// <summary>What a server says, or does not say, at each step of its dialogue.</summary>
public sealed class SmtpOutcomeTests
{
    [Theory]
    [InlineData(Step.Greeting)]
    [InlineData(Step.Hello)]
    [InlineData(Step.SignIn)]
    [InlineData(Step.Sender)]
    [InlineData(Step.Recipient)]
    [InlineData(Step.Data)]
    [InlineData(Step.End)]
    public async Task A_mail_that_is_refused_with_5xx_at_any_step_is_failed(Step step)
    {
        await using var server = new ScriptedServer(step, "554 5.7.1 no <hanako@learner.example> here", "AUTH PLAIN", "SIZE 1000000");
        var failed = Assert.IsType<SendOutcome.Failed>(await Sent(server.Port, signsIn: true));
        Assert.DoesNotContain("hanako", failed.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failed.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Step.Greeting, false)]
    [InlineData(Step.SignIn, false)]
    [InlineData(Step.Sender, true)]
    [InlineData(Step.Recipient, true)]
    [InlineData(Step.Data, true)]
    [InlineData(Step.End, true)]
    public async Task A_mail_that_is_put_off_with_4xx_may_be_tried_again(Step step, bool ofMessageOnly)
    {
        await using var server = new ScriptedServer(step, "451 4.3.0 later", "AUTH PLAIN", "PIPELINING");
        Assert.Equal(ofMessageOnly, Assert.IsType<SendOutcome.NotNow>(await Sent(server.Port, signsIn: true)).OfMessageOnly);
    }

    [Theory]
    [InlineData(Step.Sender)]
    [InlineData(Step.End)]
    public async Task A_server_that_shuts_down_puts_the_channel_off(Step step)
    {
        await using var server = new ScriptedServer(step, "421 4.3.2 shutting down");
        Assert.False(Assert.IsType<SendOutcome.NotNow>(await Sent(server.Port)).OfMessageOnly);
    }

    [Theory]
    [InlineData(Step.Greeting)]
    [InlineData(Step.Hello)]
    [InlineData(Step.SignIn)]
    [InlineData(Step.Sender)]
    [InlineData(Step.Recipient)]
    [InlineData(Step.Data)]
    public async Task A_line_that_is_cut_before_the_mail_was_given_is_tried_again(Step step)
    {
        await using var server = new ScriptedServer(step, null, "AUTH PLAIN");
        Assert.IsType<SendOutcome.NotNow>(await Sent(server.Port, signsIn: true));
        Assert.Equal(0, server.Given);
    }

    [Fact]
    public async Task A_line_that_is_cut_in_the_middle_of_the_mail_is_tried_again()
    {
        await using var server = new ScriptedServer(Step.Middle, null);
        using var transport = new SmtpTransport(Options(server.Port), RealTime.Clock);
        // More than the buffers of both ends take.
        var content = new MessageContent("s", "t", Attachments: [new Attachment("a", "image/png", new byte[Mail.AttachmentBytesMax])]);
        Assert.IsType<SendOutcome.NotNow>(await transport.Send(Given.Message(Channel.Email, content: content), default));
    }

    [Theory]
    [InlineData("SIZE 1000000")]
    [InlineData("PIPELINING")]
    [InlineData("CHUNKING")]
    public async Task A_line_that_is_cut_after_the_mail_was_given_leaves_it_uncertain(string extension)
    {
        await using var server = new ScriptedServer(Step.End, null, extension);
        Assert.IsType<SendOutcome.Unknown>(await Sent(server.Port));
        Assert.Equal(1, server.Given);
    }

    [Fact]
    public async Task A_server_that_never_answers_the_mail_leaves_it_uncertain_when_time_is_up()
    {
        await using var server = new ScriptedServer(Step.End, "250-not the last line");
        var (options, time) = (Options(server.Port), new ManualTime());
        using var transport = new SmtpTransport(options, time);
        var sending = transport.Send(Given.Message(Channel.Email), default);
        await server.FirstGiven;
        time.Pass(options.Timeout);
        Assert.IsType<SendOutcome.Unknown>(await sending);
    }

    [Fact]
    public async Task A_server_that_never_greets_is_given_up_when_time_is_up()
    {
        using var mute = new TcpListener(IPAddress.Loopback, 0);
        mute.Start();
        var (options, time) = (Options(((IPEndPoint)mute.LocalEndpoint).Port), new ManualTime());
        using var transport = new SmtpTransport(options, time);
        var sending = transport.Send(Given.Message(Channel.Email), default);
        using var connection = await mute.AcceptTcpClientAsync(CancellationToken.None);
        time.Pass(options.ConnectTimeout);
        Assert.False(Assert.IsType<SendOutcome.NotNow>(await sending).OfMessageOnly);
    }

    [Fact]
    public async Task A_server_that_is_not_there_may_be_tried_again() =>
        Assert.False(Assert.IsType<SendOutcome.NotNow>(await Sent(FreePort.Next())).OfMessageOnly);

    [Theory]
    [InlineData(Step.Sender, "PIPELINING")]
    [InlineData(Step.Sender, "SIZE 1000000")]
    [InlineData(Step.Recipient, "PIPELINING")]
    [InlineData(Step.Recipient, "SIZE 1000000")]
    [InlineData(Step.Data, "PIPELINING")]
    [InlineData(Step.End, "PIPELINING")]
    public async Task A_refusal_counts_though_the_line_is_cut_right_after_it(Step step, string extension)
    {
        // The reset that a client sends next meets a closed line.
        await using var server = new ScriptedServer(step, "550 5.1.1 unknown", extension) { CutsAfterWord = true };
        Assert.StartsWith("550", Assert.IsType<SendOutcome.Failed>(await Sent(server.Port)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kept_connection_that_the_server_ended_is_replaced_without_a_word()
    {
        await using var server = new ScriptedServer(Step.Next, null) { Once = true };
        using var transport = new SmtpTransport(Options(server.Port), RealTime.Clock);
        Assert.IsType<SendOutcome.Sent>(await transport.Send(Given.Message(Channel.Email), default));
        Assert.IsType<SendOutcome.Sent>(await transport.Send(Given.Message(Channel.Email), default));
        Assert.Equal((2, 2), (server.Connections, server.Given));
    }

    [Fact]
    public async Task A_mail_whose_sending_is_cancelled_throws_and_nothing_else_does()
    {
        using var mute = new TcpListener(IPAddress.Loopback, 0);
        mute.Start();
        using var transport = new SmtpTransport(Options(((IPEndPoint)mute.LocalEndpoint).Port), RealTime.Clock);
        using var cancel = new CancellationTokenSource();
        var sending = transport.Send(Given.Message(Channel.Email), cancel.Token);
        using var connection = await mute.AcceptTcpClientAsync(CancellationToken.None);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    private static async Task<SendOutcome> Sent(int port, bool signsIn = false)
    {
        var options = Options(port);
        if (signsIn) options = options with { User = "school", Password = "secret" };
        using var transport = new SmtpTransport(options, RealTime.Clock);
        return await transport.Send(Given.Message(Channel.Email), default);
    }

    private static SmtpOptions Options(int port) =>
        new() { Host = "127.0.0.1", Port = port, From = new MailboxAddress("School", "hello@school.example") };
}
