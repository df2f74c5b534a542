using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using LStep.Api.Auth;
using LStep.Api.Sessions;
using LStep.Grains.People;
using LStep.System.Tests.Ingest;
using Microsoft.Extensions.DependencyInjection;

namespace LStep.System.Tests.Auth;

public sealed class SessionTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task A_token_is_exchanged_for_a_cookie_that_no_script_and_no_other_site_can_use()
    {
        using var client = host.Client();
        using var answer = await client.PostAsJsonAsync("/api/session", new { token = ApiHost.SuccessToken });

        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.Matches("^lstep_session=[^;]+; max-age=28800; path=/; samesite=strict; httponly$", cookie);
        Assert.DoesNotContain(ApiHost.SuccessToken, cookie);
        var who = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(("Sue", "success"), (who.GetProperty("name").GetString(), who.GetProperty("role").GetString()));
    }

    [Fact]
    public async Task A_session_reads_freely_and_writes_only_with_its_own_anti_forgery_token()
    {
        var (mine, csrf) = await SignIn(new { token = ApiHost.SuccessToken });
        var (_, ofAnother) = await SignIn(new { token = ApiHost.SuccessToken });

        Assert.Equal(HttpStatusCode.OK, (await Call("GET", "/api/customers", mine)).Status);
        const string Write = "/api/customers/nobody/evaluation";
        Assert.Equal((HttpStatusCode.Forbidden, "csrf"), await Call("POST", Write, mine));
        Assert.Equal((HttpStatusCode.Forbidden, "csrf"), await Call("POST", Write, mine, ofAnother));
        Assert.Equal(HttpStatusCode.NotFound, (await Call("POST", Write, mine, csrf)).Status);
    }

    [Fact]
    public async Task A_page_of_another_origin_cannot_use_a_session()
    {
        var (cookie, csrf) = await SignIn(new { token = ApiHost.ViewerToken });

        Assert.Equal(
            (HttpStatusCode.Forbidden, "foreign_origin"), await Call("GET", "/api/customers", cookie, csrf, "https://elsewhere.example"));
        Assert.Equal(
            HttpStatusCode.OK, (await Call("GET", "/api/customers", cookie, csrf, host.Address.GetLeftPart(UriPartial.Authority))).Status);
        var refused = await Assert.ThrowsAsync<WebSocketException>(
            () => HubClient.Connect(
                host.Address, new Dictionary<string, string> { ["Cookie"] = cookie, ["Origin"] = "https://elsewhere.example" }));
        Assert.Contains("'403'", refused.Message);
    }

    [Fact]
    public async Task A_link_opens_one_session_however_many_try_at_once()
    {
        var link = await host.Tokens.NewLink(Role.Admin, "a link");

        var tries = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => TrySignIn(new { link })));

        Assert.Single(tries, answer => answer == HttpStatusCode.OK);
        Assert.Equal(7, tries.Count(answer => answer == HttpStatusCode.Unauthorized));
        Assert.Equal(HttpStatusCode.Unauthorized, await TrySignIn(new { token = link }));
    }

    [Fact]
    public async Task A_link_that_is_ten_minutes_old_opens_nothing()
    {
        await host.Tokens.Keep("old-link", Role.Admin, "old", TimeSpan.FromSeconds(-1), oneTime: true);
        Assert.Equal(HttpStatusCode.Unauthorized, await TrySignIn(new { link = "old-link" }));
    }

    [Fact]
    public async Task Signing_out_ends_the_session_and_revoking_its_token_does_too()
    {
        var (first, csrf) = await SignIn(new { token = ApiHost.ViewerToken });
        Assert.Equal(HttpStatusCode.NoContent, (await Call("DELETE", "/api/session", first, csrf)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Call("GET", "/api/session", first)).Status);

        await host.Tokens.Keep("passing", Role.Viewer, "passing guest");
        var (second, _) = await SignIn(new { token = "passing" });
        var key = Assert.Single(await host.Tokens.List(default), key => key.Name == "passing guest");
        await host.Tokens.Revoke(key.Id, default);
        host.Services.GetRequiredService<KeyRing>().Forget(); // another node has it after 5 s
        Assert.Equal(HttpStatusCode.Unauthorized, (await Call("GET", "/api/session", second)).Status);
    }

    [Fact]
    public async Task The_hub_takes_the_cookie()
    {
        var (cookie, _) = await SignIn(new { token = ApiHost.ViewerToken });
        await using var hub = await HubClient.Connect(host.Address, new Dictionary<string, string> { ["Cookie"] = cookie });
        Assert.True((await hub.Subscribe(new { })).GetProperty("after").GetInt64() >= 0);
    }

    [Fact]
    public async Task A_page_that_is_open_stops_hearing_when_its_key_is_revoked()
    {
        await host.Tokens.Keep("watching", Role.Viewer, "a watcher");
        await using var hub = await HubClient.Connect(host.Address, "watching");
        await hub.Subscribe(new { });

        await host.Tokens.Revoke(Assert.Single(await host.Tokens.List(default), key => key.Name == "a watcher").Id, default);
        host.Services.GetRequiredService<KeyRing>().Forget();

        await foreach (var _ in hub.Heard.ReadAllAsync(new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token)) { }
    }

    [Theory]
    [InlineData("""{}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"token":"a","link":"b"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"token":"admin-token-of-the-test-host","role":"admin"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"token":"wrong"}""", HttpStatusCode.Unauthorized)]
    [InlineData("""{"token":"write-key-of-the-test-host"}""", HttpStatusCode.Unauthorized)]
    [InlineData("""{"token":7}""", HttpStatusCode.BadRequest)]
    [InlineData("""nonsense""", HttpStatusCode.BadRequest)]
    [InlineData("""null""", HttpStatusCode.BadRequest)]
    public async Task What_opens_no_session_is_refused(string body, HttpStatusCode status)
    {
        using var client = host.Client();
        using var answer = await client.PostAsync(
            "/api/session", new StringContent(body, new global::System.Net.Http.Headers.MediaTypeHeaderValue("application/json")));
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    private async Task<HttpStatusCode> TrySignIn(object body)
    {
        using var client = host.Client();
        using var answer = await client.PostAsJsonAsync("/api/session", body);
        return answer.StatusCode;
    }

    private async Task<(string Cookie, string Csrf)> SignIn(object body)
    {
        using var client = host.Client();
        using var answer = await client.PostAsJsonAsync("/api/session", body);
        answer.EnsureSuccessStatusCode();
        var cookie = answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/session");
        request.Headers.Add("Cookie", cookie);
        using var who = await client.SendAsync(request);
        return (cookie, (await who.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("csrf").GetString()!);
    }

    private async Task<(HttpStatusCode Status, string? Code)> Call(
        string method, string path, string cookie, string? csrf = null, string? origin = null)
    {
        using var client = host.Client();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Add("Cookie", cookie);
        if (csrf is not null) request.Headers.Add("X-LStep-CSRF", csrf);
        if (origin is not null) request.Headers.Add("Origin", origin);
        using var answer = await client.SendAsync(request);
        if (answer.IsSuccessStatusCode) return (answer.StatusCode, null);
        return (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
    }
}
