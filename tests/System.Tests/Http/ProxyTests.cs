using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LStep.Api.Http;
using Microsoft.AspNetCore.Http;

namespace LStep.System.Tests.Http;

/// <summary>Behind a proxy: what its headers say is believed from those that may say it, and the host's name is a setting.</summary>
public sealed class ProxyTests(LStepHostFixture fixture) : IClassFixture<LStepHostFixture>
{
    private readonly LStepHost host = fixture.Host;

    [Theory]
    [InlineData("https", "https")]
    [InlineData("https, http", "https")]
    [InlineData("HTTPS,http,http", "https")]
    [InlineData("http, https", "http")]
    [InlineData("javascript", "http")]
    [InlineData("", "http")]
    public async Task Settings_and_cookie_know_of_the_proxys_tls(string forwarded, string protocol)
    {
        Assert.Equal(protocol, (await Settings(host.Client, forwarded)).GetProperty("protocol").GetString());

        using var request = Forwarded(HttpMethod.Post, "/api/session", forwarded);
        request.Content = JsonContent.Create(new { token = host.AdminToken });
        using var answer = await host.Client.SendAsync(request);
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.Equal(protocol == "https", cookie.Contains("; secure", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("localhost:7", "localhost:7/v1")]
    [InlineData("[::1]:7", "[::1]:7/v1")]
    [InlineData("evil.example", null)]
    [InlineData("127.0.0.1.evil.example", null)]
    public async Task Browsers_are_never_sent_to_a_host_that_a_request_made_up(string name, string? told)
    {
        var settings = await Settings(host.Client, "", name);

        Assert.Equal(told ?? $"{host.Address.Authority}/v1", settings.GetProperty("apiHost").GetString());
    }

    [Fact]
    public async Task The_public_url_is_told_where_it_is_set()
    {
        await using var named = await LStepHost.Start(
            with: options => options with { Addresses = new AddressOptions { PublicUrl = new Uri("https://lstep.example.org/in/") } });

        var settings = await Settings(named.Client, "", "localhost:1", named.WriteKey);

        Assert.Equal(
            ("https", "lstep.example.org/in/v1"),
            (settings.GetProperty("protocol").GetString(), settings.GetProperty("apiHost").GetString()));
    }

    [Theory]
    [InlineData("127.0.0.1", "1.2.3.4", "https", "1.2.3.4")]
    [InlineData("127.0.0.1", "9.9.9.9, 1.2.3.4", "https", "1.2.3.4")]
    [InlineData("127.0.0.1", "9.9.9.9, 1.2.3.4, 10.1.1.1", "https", "1.2.3.4")]
    [InlineData("::ffff:10.0.0.1", "[2001:db8::1]:443", "https", "2001:db8::1")]
    [InlineData("127.0.0.1", "nonsense", "https", "127.0.0.1")]
    [InlineData("192.168.1.1", "1.2.3.4", "http", "192.168.1.1")]
    public void Only_trusted_peers_are_believed_and_only_what_they_added(string peer, string forwardedFor, string scheme, string client)
    {
        var http = new DefaultHttpContext();
        http.Request.Scheme = "http";
        http.Connection.RemoteIpAddress = IPAddress.Parse(peer);
        http.Request.Headers["X-Forwarded-Proto"] = "https";
        http.Request.Headers["X-Forwarded-For"] = forwardedFor;

        ForwardedHeaders.Believe(http, new AddressOptions { TrustedProxies = [IPNetwork.Parse("10.0.0.0/8")] });

        Assert.Equal((scheme, IPAddress.Parse(client)), (http.Request.Scheme, http.Connection.RemoteIpAddress));
    }

    private async Task<JsonElement> Settings(HttpClient client, string forwarded, string? name = null, string? key = null)
    {
        using var request = Forwarded(HttpMethod.Get, $"/v1/projects/{key ?? host.WriteKey}/settings", forwarded);
        if (name is not null) request.Headers.Host = name;
        using var answer = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("integrations").GetProperty("Segment.io");
    }

    private static HttpRequestMessage Forwarded(HttpMethod method, string path, string forwarded)
    {
        var request = new HttpRequestMessage(method, path);
        if (forwarded.Length > 0) request.Headers.TryAddWithoutValidation("X-Forwarded-Proto", forwarded);
        return request;
    }
}
