using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using LStep.Campaigns.Tests.Channels.Http;
using LStep.Domain.Campaigning;
using LStep.Grains;
using LStep.Grains.Campaigns.Channels;
using LStep.Grains.Campaigns.Channels.Webhook;
using Microsoft.AspNetCore.Http;

namespace LStep.Campaigns.Tests.Channels.Webhook;

public sealed class WebhookTests
{
    public const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    [Fact]
    public async Task A_call_says_who_it_is_about_and_bears_its_key_in_every_try()
    {
        await using var receiver = await StandIn.Start(204);
        var content = new MessageContent(Json: """{"modules":["advanced"],"customerId":"somebody else","step":{"n":9},"transition":{"id":1,"to":"ST_002"},"note":"é"}""");
        for (var tries = 0; tries < 2; tries++)
            Assert.IsType<SendOutcome.Sent>(await Sent(receiver.Url, Given.Message(Channel.Webhook, content: content)));
        Assert.Equal(2, receiver.Calls.Count);
        Assert.All(receiver.Calls, call => Assert.Equal(Given.Key.ToString(), call.Headers["webhook-id"]));
        var body = JsonElement.Parse(receiver.Last.Text);
        Assert.Equal(
            ["campaign=welcome_active_learner", "customerId=learner-1", "modules=[\"advanced\"]", "note=é", "step=1",
                "transition={\"id\":99,\"to\":\"ST_002\"}"],
            body.EnumerateObject().Select(member => $"{member.Name}={member.Value}").Order(StringComparer.Ordinal));
        Assert.Equal("application/json", receiver.Last.Headers["content-type"]);
        var age = RealTime.Clock.GetUtcNow().ToUnixTimeSeconds() - long.Parse(receiver.Last.Headers["webhook-timestamp"]);
        Assert.InRange(age, 0, 60);
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("no json")]
    [InlineData("")]
    [InlineData("\"text\"")]
    public async Task A_template_that_gives_no_object_is_not_sent(string json)
    {
        await using var receiver = await StandIn.Start(200);
        Assert.IsType<SendOutcome.Failed>(
            await Sent(receiver.Url, Given.Message(Channel.Webhook, content: new MessageContent(Json: json))));
        Assert.Empty(receiver.Calls);
    }

    [Theory]
    [InlineData(200, typeof(SendOutcome.Sent))]
    [InlineData(202, typeof(SendOutcome.Sent))]
    [InlineData(301, typeof(SendOutcome.Failed))]
    [InlineData(307, typeof(SendOutcome.Failed))]
    [InlineData(400, typeof(SendOutcome.Failed))]
    [InlineData(404, typeof(SendOutcome.Failed))]
    [InlineData(410, typeof(SendOutcome.Failed))]
    [InlineData(408, typeof(SendOutcome.NotNow))]
    [InlineData(425, typeof(SendOutcome.NotNow))]
    [InlineData(429, typeof(SendOutcome.NotNow))]
    [InlineData(500, typeof(SendOutcome.NotNow))]
    [InlineData(503, typeof(SendOutcome.NotNow))]
    public async Task The_status_says_what_became_of_a_call(int status, Type outcome)
    {
        await using var elsewhere = await StandIn.Start(200);
        await using var receiver = await StandIn.Start(status, "", ("Location", elsewhere.Url.ToString()));
        Assert.IsType(outcome, await Sent(receiver.Url));
        Assert.Empty(elsewhere.Calls);
    }

    [Theory]
    [InlineData("120", 120)]
    [InlineData("0", 0)]
    [InlineData("999999999", 86_400)]
    [InlineData("soon", null)]
    [InlineData("-5", null)]
    public async Task A_wait_that_the_receiver_asks_for_is_passed_on(string said, int? seconds)
    {
        await using var receiver = await StandIn.Start(429, "", ("Retry-After", said));
        var expected = seconds is { } number ? TimeSpan.FromSeconds(number) : (TimeSpan?)null;
        Assert.Equal(expected, Assert.IsType<SendOutcome.NotNow>(await Sent(receiver.Url)).After);
    }

    [Fact]
    public async Task A_wait_may_be_a_date()
    {
        await using var receiver = await StandIn.Start(503, "", ("Retry-After", RealTime.Clock.GetUtcNow().AddMinutes(10).ToString("R")));
        var after = Assert.IsType<SendOutcome.NotNow>(await Sent(receiver.Url)).After;
        Assert.InRange(after!.Value, TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(10));
    }

    [Theory]
    [InlineData(false, typeof(SendOutcome.Unknown))]
    [InlineData(true, typeof(SendOutcome.NotNow))]
    public async Task A_line_that_is_cut_after_the_call_leaves_it_uncertain_unless_ids_are_kept(bool idempotent, Type outcome)
    {
        await using var receiver = await StandIn.StartCutting();
        Assert.IsType(outcome, await Sent(receiver.Url, idempotent: idempotent));
        // Asked once: nothing below tries again by itself.
        Assert.Single(receiver.Calls);
    }

    [Theory]
    [InlineData(false, typeof(SendOutcome.Unknown))]
    [InlineData(true, typeof(SendOutcome.NotNow))]
    public async Task An_answer_that_does_not_come_in_time_leaves_it_uncertain_unless_ids_are_kept(bool idempotent, Type outcome)
    {
        await using var receiver = await StandIn.StartSilent();
        var (options, time) = (Options(receiver.Url) with { Idempotent = idempotent }, new ManualTime());
        using var transport = new WebhookTransport(options, time);
        var sending = transport.Send(Given.Message(Channel.Webhook), default);
        await receiver.Called;
        time.Pass(options.Timeout);
        Assert.IsType(outcome, await sending);
    }

    [Fact]
    public async Task A_receiver_that_is_not_there_may_be_tried_again() =>
        Assert.IsType<SendOutcome.NotNow>(await Sent(new Uri($"http://127.0.0.1:{FreePort.Next()}/")));

    [Fact]
    public async Task A_receiver_that_speaks_no_tls_got_nothing_and_may_be_tried_again()
    {
        await using var receiver = await StandIn.Start(200);
        Assert.IsType<SendOutcome.NotNow>(await Sent(new UriBuilder(receiver.Url) { Scheme = "https" }.Uri));
    }

    [Fact]
    public async Task A_receiver_whose_certificate_nobody_signed_is_given_nothing()
    {
        await using var receiver = await StandIn.Start((_, _) => Task.CompletedTask, tls: true);
        Assert.Contains("certificate", Assert.IsType<SendOutcome.NotNow>(await Sent(receiver.Url)).Reason, StringComparison.Ordinal);
        Assert.Empty(receiver.Calls);
    }

    [Fact]
    public async Task An_answer_without_an_end_is_read_no_further_than_its_bound()
    {
        await using var receiver = await StandIn.Start(async (context, _) =>
        {
            while (!context.RequestAborted.IsCancellationRequested) await context.Response.WriteAsync(new string('x', 4096));
        });
        Assert.IsType<SendOutcome.Sent>(await Sent(receiver.Url));
    }

    [Theory]
    [InlineData("http://127.0.0.1:{0}/")]
    [InlineData("http://localhost:{0}/")]
    [InlineData("http://[::ffff:127.0.0.1]:{0}/")]
    [InlineData("http://2130706433:{0}/")]
    [InlineData("http://0x7f.1:{0}/")]
    [InlineData("http://0.0.0.0:{0}/")]
    public async Task A_private_receiver_is_not_called_by_whatever_name(string url)
    {
        await using var receiver = await StandIn.Start(200);
        var failed = Assert.IsType<SendOutcome.Failed>(
            await Sent(new Uri(string.Format(url, receiver.Url.Port)), allowPrivate: false));
        Assert.Matches("is (private|link-local, multicast or reserved)", failed.Reason);
        Assert.Empty(receiver.Calls);
    }

    [Fact]
    public async Task The_metadata_service_is_not_called_even_where_private_receivers_are() =>
        Assert.Contains("link-local", Assert.IsType<SendOutcome.Failed>(
            await Sent(new Uri("http://169.254.169.254/latest/meta-data/"))).Reason, StringComparison.Ordinal);

    [Fact]
    public async Task A_call_that_is_cancelled_throws()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var cancel = new CancellationTokenSource();
        using var transport = new WebhookTransport(
            Options(new Uri($"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/")), RealTime.Clock);
        var sending = transport.Send(Given.Message(Channel.Webhook), cancel.Token);
        using var connection = await silent.AcceptTcpClientAsync(CancellationToken.None);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    [Fact]
    public async Task A_push_that_the_platform_delivers_says_what_to_tell()
    {
        await using var receiver = await StandIn.Start(200);
        using var transport = new WebhookTransport(Options(receiver.Url), RealTime.Clock, Channel.Push);
        var content = new MessageContent("Well done", "You moved on.", Link: new Uri("https://school.example/next"));
        Assert.IsType<SendOutcome.Sent>(await transport.Send(Given.Message(Channel.Push, content: content), default));
        var body = JsonElement.Parse(receiver.Last.Text);
        Assert.Equal("push Well done You moved on. https://school.example/next",
            string.Join(' ', new[] { "channel", "title", "text", "link" }.Select(name => body.GetProperty(name).GetString())));
    }

    [Theory]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsec_short")]
    [InlineData("whsec_c2hvcnQ=")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw whsec_bad!")]
    public void A_wrong_secret_is_told_without_being_repeated(string secret)
    {
        var wrong = Assert.Throws<ChannelSettingException>(() => WebhookOptions.Read(
            Given.Settings((WebhookOptions.UrlName, "https://school.example/hooks"), (WebhookOptions.SecretName, secret))));
        Assert.Contains(WebhookOptions.SecretName, wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(secret.Split('_')[^1], wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_are_read_and_print_no_secret()
    {
        var options = WebhookOptions.Read(Given.Settings((WebhookOptions.UrlName, "https://school.example/hooks/t0ken?k=t0ken"),
            (WebhookOptions.SecretName, $"{Secret}, {Secret}"), (WebhookOptions.IdempotentName, "TRUE")))!;
        Assert.Equal((2, true, false), (options.Secrets.Count, options.Idempotent, options.AllowPrivate));
        Assert.Equal("webhook to school.example whsec_…", $"{options} {options.Secrets[0]}");
        foreach (var (name, value) in new[] { (WebhookOptions.UrlName, "ftp://school.example"), (WebhookOptions.PrivateName, "maybe") })
            Assert.Contains(name, Assert.Throws<ChannelSettingException>(() => WebhookOptions.Read(Given.Settings(
                (name, value), (WebhookOptions.UrlName, "https://school.example"), (WebhookOptions.SecretName, Secret)))).Message,
                StringComparison.Ordinal);
        Assert.Throws<ChannelSettingException>(() => WebhookOptions.Read(Given.Settings((WebhookOptions.UrlName, "https://a.example"))));
        Assert.Null(WebhookOptions.Read(Given.Settings()));
    }

    private static WebhookOptions Options(Uri url) =>
        new() { Url = url, Secrets = WebhookSecret.Parse(Secret)!, AllowPrivate = true };

    private static async Task<SendOutcome> Sent(
        Uri url, OutgoingMessage? message = null, bool idempotent = false, bool allowPrivate = true)
    {
        var options = Options(url) with { Idempotent = idempotent, AllowPrivate = allowPrivate };
        using var transport = new WebhookTransport(options, RealTime.Clock);
        return await transport.Send(message ?? Given.Message(Channel.Webhook), default);
    }
}
