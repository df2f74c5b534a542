using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LStep.Campaigns.Tests.Channels.Http;
using LStep.Domain.Campaigning;
using LStep.Grains.Campaigns.Channels;
using LStep.Grains.Campaigns.Channels.Http;
using LStep.Grains.Campaigns.Channels.Push;

namespace LStep.Campaigns.Tests.Channels.Push;

public sealed class WebPushTests : IDisposable
{
    private readonly ECDsa vapid = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly Browser browser = new();
    private readonly ConcurrentQueue<string> gone = [];

    [Fact]
    public async Task A_browser_reads_what_it_was_sent_and_its_service_knows_the_sender()
    {
        await using var service = await StandIn.Start(201);
        var content = new MessageContent("おめでとう", new string('長', 3_000), Link: new Uri("https://school.example/next?a=1&b=2"));
        Assert.IsType<SendOutcome.Sent>(await Sent(content, browser.Subscription(new Uri(service.Url, "/push/abc"))));
        var call = service.Last;
        Assert.Equal(("POST", "/push/abc", "aes128gcm"), (call.Method, call.Path, call.Headers["content-encoding"]));
        Assert.Equal((Given.Key.ToString("N"), "86400"), (call.Headers["topic"], call.Headers["ttl"]));
        var note = JsonElement.Parse(browser.Decrypt(call.Body));
        Assert.Equal(("おめでとう", "https://school.example/next?a=1&b=2", Given.Key), (note.GetProperty("title").GetString(),
            note.GetProperty("url").GetString(), note.GetProperty("id").GetGuid()));
        Assert.EndsWith("長…", note.GetProperty("body").GetString(), StringComparison.Ordinal);
        var authorization = call.Headers["authorization"];
        Assert.StartsWith("vapid ", authorization, StringComparison.OrdinalIgnoreCase);
        var token = authorization.Split("t=")[1].Split(',')[0].Trim();
        var parts = token.Split('.');
        Assert.True(vapid.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]),
            HashAlgorithmName.SHA256));
        var claims = JsonElement.Parse(Base64Url.DecodeFromChars(parts[1]));
        // The library leaves a port out, which no push service has.
        Assert.Equal(("http://127.0.0.1", "mailto:it@school.example"),
            (claims.GetProperty("aud").GetString(), claims.GetProperty("sub").GetString()));
    }

    [Theory]
    [InlineData(404, typeof(SendOutcome.Failed), true)]
    [InlineData(410, typeof(SendOutcome.Failed), true)]
    [InlineData(400, typeof(SendOutcome.Failed), false)]
    [InlineData(413, typeof(SendOutcome.Failed), false)]
    [InlineData(302, typeof(SendOutcome.Failed), false)]
    [InlineData(429, typeof(SendOutcome.NotNow), false)]
    [InlineData(503, typeof(SendOutcome.NotNow), false)]
    public async Task The_services_status_says_what_became_of_it_and_reports_a_device_that_is_gone(int status, Type outcome, bool isGone)
    {
        await using var service = await StandIn.Start(status, "why", ("Retry-After", "7"));
        var subscription = browser.Subscription(service.Url);
        var said = await Sent(new MessageContent("t", "b"), subscription);
        Assert.IsType(outcome, said);
        Assert.Equal(isGone ? [subscription] : [], gone);
        Assert.Single(service.Calls);
        if (said is SendOutcome.NotNow later) Assert.Equal((TimeSpan.FromSeconds(7), true), (later.After!.Value, later.OfMessageOnly));
    }

    [Fact]
    public async Task A_line_that_is_cut_after_the_message_leaves_it_uncertain()
    {
        await using var service = await StandIn.StartCutting();
        var unknown = Assert.IsType<SendOutcome.Unknown>(await Sent(new MessageContent("t", "b"), browser.Subscription(service.Url)));
        // Anybody can name such a service; nobody else's messages wait for it.
        Assert.True(unknown.OfMessageOnly);
    }

    [Fact]
    public async Task An_endpoint_within_our_network_is_not_called()
    {
        await using var service = await StandIn.Start(201);
        Assert.IsType<SendOutcome.Failed>(await Sent(new MessageContent("t", "b"), Reach.PublicOverTls, browser.Subscription(service.Url)));
        Assert.Empty(service.Calls);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"endpoint\":\"https://push.example\"}")]
    [InlineData("{\"endpoint\":\"file:///etc/passwd\",\"keys\":{\"p256dh\":\"BA\",\"auth\":\"AA\"}}")]
    [InlineData("{\"endpoint\":1,\"keys\":[]}")]
    [InlineData("{broken")]
    public async Task A_subscription_that_no_browser_made_is_given_up(string subscription)
    {
        Assert.IsType<SendOutcome.Failed>(await Sent(new MessageContent("t", "b"), subscription));
        Assert.Equal([subscription], gone);
    }

    [Fact]
    public async Task A_key_that_is_no_point_of_the_curve_is_given_up()
    {
        await using var service = await StandIn.Start(201);
        byte[] point = [4, .. new byte[64]];
        var subscription = JsonSerializer.Serialize(new
        {
            endpoint = service.Url, keys = new { p256dh = Base64Url.EncodeToString(point), auth = Base64Url.EncodeToString(new byte[16]) },
        });
        Assert.IsType<SendOutcome.Failed>(await Sent(new MessageContent("t", "b"), subscription));
        Assert.Equal([subscription], gone);
        Assert.Empty(service.Calls);
    }

    [Fact]
    public async Task A_device_that_is_known_to_be_gone_is_not_tried_again()
    {
        await using var service = await StandIn.Start(410);
        var device = browser.Subscription(service.Url);
        Assert.IsType<SendOutcome.Failed>(await Sent(new MessageContent("t", "b"), device));
        Assert.Equal(
            "Every device of the customer is gone.",
            Assert.IsType<SendOutcome.Failed>(await Sent(new MessageContent("t", "b"), device)).Reason);
        Assert.Single(service.Calls);
    }

    [Fact]
    public async Task One_device_that_took_it_is_enough()
    {
        await using var good = await StandIn.Start(201);
        await using var busy = await StandIn.Start(503);
        await using var left = await StandIn.Start(410);
        var outcome = await Sent(new MessageContent("t", "b"), browser.Subscription(busy.Url), browser.Subscription(good.Url),
            browser.Subscription(left.Url), browser.Subscription(good.Url));
        Assert.IsType<SendOutcome.Sent>(outcome);
        Assert.Single(good.Calls);
        Assert.Single(gone);
    }

    [Fact]
    public async Task Without_a_device_or_its_kind_set_up_a_push_fails_with_the_reason()
    {
        Assert.Contains("no device", Assert.IsType<SendOutcome.Failed>(await Sent(new MessageContent("t", "b"))).Reason,
            StringComparison.Ordinal);
        Assert.Contains("Firebase", Assert.IsType<SendOutcome.Failed>(await Sent(new MessageContent("t", "b"), "app-token")).Reason,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_are_read_as_a_pair_and_not_printed()
    {
        var (own, other) = (vapid.ExportParameters(true), ECDsa.Create(ECCurve.NamedCurves.nistP256).ExportParameters(true));
        var options = Read(Base64Url.EncodeToString(own.D))!;
        Assert.Equal("web push", options.ToString());
        foreach (var wrong in new[] { Base64Url.EncodeToString(other.D), "s3cret", Base64Url.EncodeToString(new byte[32]) })
            Assert.DoesNotContain(wrong, Assert.Throws<ChannelSettingException>(() => Read(wrong)).Message, StringComparison.Ordinal);
        Assert.Throws<ChannelSettingException>(() => VapidOptions.Read(Given.Settings((VapidOptions.PublicName, "x"))));
        Assert.Null(VapidOptions.Read(Given.Settings()));

        VapidOptions? Read(string privateKey) => VapidOptions.Read(Given.Settings(
            (VapidOptions.PublicName, Base64Url.EncodeToString(Browser.Point(vapid))), (VapidOptions.PrivateName, privateKey),
            (VapidOptions.SubjectName, "mailto:it@school.example")));
    }

    public void Dispose()
    {
        vapid.Dispose();
        browser.Dispose();
    }

    private Task<SendOutcome> Sent(MessageContent content, params string[] devices) => Sent(content, Reach.AlsoPrivate, devices);

    private async Task<SendOutcome> Sent(MessageContent content, Reach reach, params string[] devices)
    {
        var options = new VapidOptions
        {
            PublicKey = Base64Url.EncodeToString(Browser.Point(vapid)),
            PrivateKey = Base64Url.EncodeToString(vapid.ExportParameters(true).D),
            Subject = "mailto:it@school.example", Reach = reach,
        };
        using var transport = new PushTransport(new WebPushSender(options, RealTime.Clock), null, new PushDevices(
            (_, tokens, _) => Task.FromResult<IReadOnlyList<string>>([.. tokens.Except(gone)]),
            (customer, token, _) =>
            {
                Assert.Equal("learner-1", customer);
                gone.Enqueue(token);
                return Task.CompletedTask;
            }));
        return await transport.Send(Given.Message(Channel.Push, new Recipient(PushTokens: [.. devices]), content), default);
    }
}
