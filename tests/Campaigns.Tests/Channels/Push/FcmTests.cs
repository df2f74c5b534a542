using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LStep.Campaigns.Tests.Channels.Http;
using LStep.Domain.Campaigning;
using LStep.Grains.Campaigns.Channels;
using LStep.Grains.Campaigns.Channels.Push;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace LStep.Campaigns.Tests.Channels.Push;

public sealed class FcmTests : IDisposable
{
    private readonly RSA key = RSA.Create(2048);
    private readonly List<string> gone = [];

    [Fact]
    public async Task An_app_is_reached_by_a_token_that_the_service_account_signed_for()
    {
        await using var google = await Google(200, """{"name":"projects/school/messages/m-1"}""");
        using var transport = Transport(google);
        for (var sends = 0; sends < 2; sends++)
            Assert.Equal("projects/school/messages/m-1", Assert.IsType<SendOutcome.Sent>(await Sent(transport)).ProviderId);
        // The access token was fetched once.
        Assert.Equal(["/token", "/v1/projects/school/messages:send", "/v1/projects/school/messages:send"],
            google.Calls.Select(call => call.Path));
        var form = QueryHelpers.ParseQuery(google.Calls.First().Text);
        Assert.Equal("urn:ietf:params:oauth:grant-type:jwt-bearer", form["grant_type"]);
        var parts = form["assertion"].ToString().Split('.');
        Assert.True(key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]),
            HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        var claims = JsonElement.Parse(Base64Url.DecodeFromChars(parts[1]));
        Assert.Equal(("push@school.example", $"{google.Url}token"),
            (claims.GetProperty("iss").GetString(), claims.GetProperty("aud").GetString()));
        Assert.Equal("Bearer at-1", google.Last.Headers["authorization"]);
        var message = JsonElement.Parse(google.Last.Text).GetProperty("message");
        Assert.Equal(("device-1", "Well done", "https://school.example/next"), (message.GetProperty("token").GetString(),
            message.GetProperty("notification").GetProperty("title").GetString(),
            message.GetProperty("data").GetProperty("url").GetString()));
    }

    [Theory]
    [InlineData(404, "UNREGISTERED", typeof(SendOutcome.Failed), true)]
    [InlineData(403, "SENDER_ID_MISMATCH", typeof(SendOutcome.Failed), true)]
    [InlineData(400, "INVALID_ARGUMENT", typeof(SendOutcome.Failed), false)]
    [InlineData(404, "", typeof(SendOutcome.Failed), false)]
    [InlineData(429, "QUOTA_EXCEEDED", typeof(SendOutcome.NotNow), false)]
    [InlineData(500, "INTERNAL", typeof(SendOutcome.NotNow), false)]
    [InlineData(503, "UNAVAILABLE", typeof(SendOutcome.NotNow), false)]
    public async Task What_google_answers_says_what_became_of_it(int status, string code, Type outcome, bool isGone)
    {
        await using var google = await Google(status, """{"error":{"details":[{"errorCode":"CODE"}]}}""".Replace("CODE", code));
        using var transport = Transport(google);
        Assert.IsType(outcome, await Sent(transport));
        Assert.Equal(isGone ? ["device-1"] : [], gone);
    }

    [Fact]
    public async Task A_token_that_google_cannot_read_is_given_up()
    {
        await using var google = await Google(400, """{"error":{"details":[{"fieldViolations":[{"field":"message.token"}]}]}}""");
        using var transport = Transport(google);
        Assert.IsType<SendOutcome.Failed>(await Sent(transport));
        Assert.Equal(["device-1"], gone);
    }

    [Fact]
    public async Task A_refused_access_token_is_fetched_anew_by_the_next_try()
    {
        await using var google = await Google(401, "{}");
        using var transport = Transport(google);
        Assert.IsType<SendOutcome.NotNow>(await Sent(transport));
        Assert.IsType<SendOutcome.NotNow>(await Sent(transport));
        Assert.Equal(2, google.Calls.Count(call => call.Path == "/token"));
    }

    [Fact]
    public async Task A_sign_in_that_fails_gives_nothing_away()
    {
        await using var google = await StandIn.Start(400, """{"error":"invalid_grant"}""");
        using var transport = Transport(google);
        Assert.IsType<SendOutcome.NotNow>(await Sent(transport));
        await using var cut = await StandIn.StartCutting();
        using var other = Transport(cut);
        Assert.IsType<SendOutcome.NotNow>(await Sent(other));
    }

    [Fact]
    public void The_service_account_is_read_from_its_file_and_not_printed()
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, JsonSerializer.Serialize(new
        {
            type = "service_account", project_id = "school", private_key = key.ExportPkcs8PrivateKeyPem(),
            client_email = "push@school.example", token_uri = "https://oauth2.googleapis.com/token",
        }));
        Assert.Equal("firebase project school", FcmOptions.Read(Given.Settings((FcmOptions.FileName, path)))!.ToString());
        foreach (var wrong in new[] { "{}", "no json", """{"project_id":"p","client_email":"e","private_key":"s3cret","token_uri":"x"}""" })
        {
            File.WriteAllText(path, wrong);
            Assert.DoesNotContain("s3cret", Assert.Throws<ChannelSettingException>(
                () => FcmOptions.Read(Given.Settings((FcmOptions.FileName, path)))).Message, StringComparison.Ordinal);
        }
        Assert.Null(FcmOptions.Read(Given.Settings()));
    }

    public void Dispose() => key.Dispose();

    private static Task<StandIn> Google(int status, string body) => StandIn.Start(async (context, asked) =>
    {
        if (asked.Path == "/token")
        {
            await context.Response.WriteAsync("""{"access_token":"at-1","expires_in":3599,"token_type":"Bearer"}""");
            return;
        }
        context.Response.StatusCode = status;
        await context.Response.WriteAsync(body);
    });

    private PushTransport Transport(StandIn google)
    {
        var options = new FcmOptions
        {
            ProjectId = "school", Account = "push@school.example", PrivateKey = key.ExportPkcs8PrivateKeyPem(),
            TokenUrl = new Uri(google.Url, "/token"), Endpoint = google.Url,
        };
        return new PushTransport(null, new FcmSender(options, RealTime.Clock), new PushDevices(
            (_, tokens, _) => Task.FromResult<IReadOnlyList<string>>([.. tokens.Except(gone)]),
            (_, token, _) =>
            {
                gone.Add(token);
                return Task.CompletedTask;
            }));
    }

    private static Task<SendOutcome> Sent(PushTransport transport) => transport.Send(
        Given.Message(Channel.Push, new Recipient(PushTokens: ["device-1"]),
            new MessageContent("Well done", "You moved on.", Link: new Uri("https://school.example/next"))), default);
}
