using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using LStep.Grains.People;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace LStep.System.Tests.Auth.Oidc;

/// <summary>People who sign in by a provider of OpenID Connect.</summary>
public sealed class ProviderSignInTests : IAsyncLifetime, IDisposable
{
    private readonly Lines lines = new();
    private TestProvider provider = null!;
    private LStepHost host = null!;

    public async Task InitializeAsync()
    {
        provider = await TestProvider.Start();
        host = await LStepHost.Start(with: options => provider.In(options) with
        {
            Services = services => services.AddSingleton<ILoggerProvider>(lines),
        });
    }

    public async Task DisposeAsync()
    {
        await host.DisposeAsync();
        await provider.DisposeAsync();
    }

    public void Dispose() => lines.Dispose();

    [Fact]
    public async Task A_person_has_a_session_like_any_other_and_their_name_is_on_what_they_do()
    {
        provider.Person = TestProvider.Named("Nora", "viewer", "admin", "unknown-here");
        using var browser = new Browser(host.Address);

        var (status, location, text) = await browser.SignIn("/customers?tag=ST_004");

        Assert.True(status == HttpStatusCode.Redirect, text);
        Assert.Equal("/customers?tag=ST_004", location!.PathAndQuery);
        var who = await Ask("/api/session", browser.Session!);
        Assert.Equal(("Nora", "admin"), (Text(who, "name"), Text(who, "role")));
        var csrf = Text(who, "csrf");
        Assert.Equal(HttpStatusCode.Forbidden, await Write(browser.Session!, null));
        Assert.Equal(HttpStatusCode.OK, await Write(browser.Session!, csrf));
        var person = await Listed("Nora");
        Assert.Equal(("person", "admin", 1), (Text(person, "kind"), Text(person, "role"), person.GetProperty("sessions").GetArrayLength()));
        var audit = (await host.Get("/api/audit?limit=10")).GetProperty("items").EnumerateArray().Reverse().ToList();
        Assert.Equal(["person.admitted", "session.opened", "flag.changed"], audit.Select(item => Text(item, "action")));
        Assert.Equal(["sign-in provider", "Nora", "Nora"], audit.Select(item => Text(item, "who")));
    }

    [Fact]
    public async Task Signing_out_ends_it_and_it_is_ended_like_any_other()
    {
        using var browser = new Browser(host.Address);
        await browser.SignIn();
        var csrf = Text(await Ask("/api/session", browser.Session!), "csrf");
        Assert.Equal(HttpStatusCode.NoContent, await Send(HttpMethod.Delete, "/api/session", browser.Session!, csrf));
        Assert.Equal(HttpStatusCode.Unauthorized, await Send(HttpMethod.Get, "/api/session", browser.Session!));

        await browser.SignIn();
        var person = await Listed("Nora");
        var session = Text(person.GetProperty("sessions")[0], "id");
        var answer = await host.Client.DeleteAsync($"/api/keys/{Text(person, "id")}/sessions/{session}");
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await Send(HttpMethod.Get, "/api/session", browser.Session!));
    }

    [Fact]
    public async Task Whoever_is_revoked_is_out_within_five_seconds_and_stays_out_until_they_are_let_in_again()
    {
        using var browser = new Browser(host.Address);
        await browser.SignIn();
        var hub = await HubClient.Connect(host.Address, new Dictionary<string, string> { ["Cookie"] = browser.Session! });
        await hub.Subscribe(new { });
        var id = Text(await Listed("Nora"), "id")!;

        var began = Wall.Now;
        Assert.Equal(HttpStatusCode.NoContent, (await host.Client.DeleteAsync($"/api/keys/{id}")).StatusCode);
        await hub.Ended();
        Assert.InRange(Wall.Now - began, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.Equal(HttpStatusCode.Unauthorized, await Send(HttpMethod.Get, "/api/session", browser.Session!));

        using var again = new Browser(host.Address);
        var (status, _, page) = await again.SignIn();
        Assert.Equal((HttpStatusCode.Forbidden, null), (status, again.Session));
        Assert.Contains("was revoked here", page, StringComparison.Ordinal);

        Assert.True(await host.Services.GetRequiredService<Tokens>().Restore(id, Person.CommandLine, default));
        Assert.Equal(HttpStatusCode.Redirect, (await again.SignIn()).Status);
    }

    [Fact]
    public async Task A_role_that_is_unknown_is_a_page_that_says_so_and_ends_what_was_open()
    {
        using var browser = new Browser(host.Address);
        await browser.SignIn();
        Assert.Equal(HttpStatusCode.OK, await Send(HttpMethod.Get, "/api/session", browser.Session!));

        provider.Person = TestProvider.Named("Nora", "pupil", "ingest", "Admin");
        using var second = new Browser(host.Address);
        var (status, _, page) = await second.SignIn();

        Assert.Equal((HttpStatusCode.Forbidden, null), (status, second.Session));
        Assert.Contains("its claim “roles” gives you no role here", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, await Send(HttpMethod.Get, "/api/session", browser.Session!));
    }

    [Fact]
    public async Task A_role_that_changed_holds_for_the_sessions_that_stand()
    {
        using var browser = new Browser(host.Address);
        await browser.SignIn();
        provider.Person = TestProvider.Named("Nora", "success");
        using var second = new Browser(host.Address);
        await second.SignIn();
        Assert.Equal("success", Text(await Ask("/api/session", browser.Session!), "role"));
        Assert.Contains("person.changed", await host.Client.GetStringAsync("/api/audit?action=person"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("iss")]
    [InlineData("aud")]
    [InlineData("nonce")]
    [InlineData("no nonce")]
    [InlineData("expired")]
    [InlineData("not yet")]
    [InlineData("no expiry")]
    [InlineData("alg none")]
    [InlineData("another key")]
    [InlineData("a shared secret")]
    [InlineData("another subject")]
    public async Task A_token_that_is_not_meant_for_this_sign_in_opens_nothing(string lie)
    {
        provider.Lie = claims => Lied(claims, lie);
        using var browser = new Browser(host.Address);

        var (status, _, page) = await browser.SignIn();

        Assert.True((status, browser.Session) == (HttpStatusCode.Unauthorized, null), $"{status} {page}");
        Assert.Contains("The sign-in by School did not work", page, StringComparison.Ordinal);
        Assert.DoesNotContain((await host.Get("/api/keys")).GetProperty("items").EnumerateArray(), key => Text(key, "kind") == "person");
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("late by half a minute")]
    [InlineData("early by half a minute")]
    public async Task Clocks_may_differ_a_little(string difference)
    {
        provider.Lie = claims => Lied(claims, difference);
        using var browser = new Browser(host.Address);
        var (status, _, page) = await browser.SignIn();
        Assert.True(status == HttpStatusCode.Redirect, page);
    }

    [Fact]
    public async Task A_sign_in_ends_in_the_browser_that_began_it_and_once_only()
    {
        using var browser = new Browser(host.Address);
        var back = await browser.ComeBack();

        using var another = new Browser(host.Address);
        Assert.Equal(HttpStatusCode.Unauthorized, (await another.Get(back)).Status);
        foreach (var wrong in new[]
                 {
                     back.ToString().Replace("state=", "state=x", StringComparison.Ordinal),
                     new Uri(host.Address, "/signin-oidc").ToString(),
                     new Uri(host.Address, "/signin-oidc?code=1&state=2").ToString(),
                     new Uri(host.Address, "/signin-oidc?error=access_denied&error_description=%0Aforged").ToString(),
                 })
            Assert.Equal(HttpStatusCode.Unauthorized, (await another.Get(new Uri(wrong))).Status);
        Assert.Null(another.Session);

        Assert.Equal(HttpStatusCode.Redirect, (await browser.Get(back)).Status);
        Assert.NotNull(browser.Session);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.Get(back)).Status);
    }

    [Fact]
    public async Task Keys_that_the_provider_exchanges_are_learned()
    {
        using var browser = new Browser(host.Address);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.SignIn()).Status);
        provider.Rotate();
        await Signals.UntilAsync(async () => (await browser.SignIn()).Status == HttpStatusCode.Redirect);
    }

    [Theory]
    [InlineData("//elsewhere.example")]
    [InlineData("https://elsewhere.example/")]
    [InlineData("/\\elsewhere.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/\t/elsewhere.example")]
    [InlineData("")]
    public async Task It_never_leads_to_another_site(string to)
    {
        using var browser = new Browser(host.Address);
        var (_, location, _) = await browser.SignIn(to);
        Assert.Equal(new Uri(host.Address, "/"), location);
    }

    [Fact]
    public async Task Nothing_that_opens_anything_is_in_the_log_or_in_an_address()
    {
        using var browser = new Browser(host.Address);
        var begun = await browser.Get(new Uri(host.Address, "/api/session/provider"));
        Assert.Contains("code_challenge_method=S256", begun.Location!.Query, StringComparison.Ordinal);
        Assert.DoesNotContain(TestProvider.ClientSecret, begun.Location.ToString(), StringComparison.Ordinal);
        await browser.SignIn();
        provider.Lie = claims => Lied(claims, "aud");
        await browser.SignIn();

        var log = string.Join('\n', lines.All);
        Assert.Contains("A sign-in by the provider from 127.0.0.1 failed", log, StringComparison.Ordinal);
        Assert.True(provider.Secrets.Count >= 6);
        Assert.All(
            [.. provider.Secrets, TestProvider.ClientSecret, browser.Session!.Split('=')[1]],
            secret => Assert.DoesNotContain(secret, log, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_provider_that_is_away_keeps_nobody_else_out()
    {
        await provider.DisposeAsync();
        using var browser = new Browser(host.Address);
        var (status, _, page) = await browser.Get(new Uri(host.Address, "/api/session/provider"));
        Assert.True(status == HttpStatusCode.ServiceUnavailable, page);
        Assert.Contains("School does not answer", page, StringComparison.Ordinal);
        await host.Get("/api/flags");
        Assert.Equal(HttpStatusCode.OK, (await host.Client.GetAsync("/health/ready")).StatusCode);
    }

    private string Lied(JsonObject claims, string lie)
    {
        var now = Wall.Now.ToUnixTimeSeconds();
        switch (lie)
        {
            case "iss": claims["iss"] = "https://elsewhere.example/"; break;
            case "aud": claims["aud"] = "another-client"; break;
            case "nonce": claims["nonce"] = "another"; break;
            case "no nonce": claims.Remove("nonce"); break;
            case "expired": (claims["iat"], claims["nbf"], claims["exp"]) = (now - 700, now - 700, now - 90); break;
            case "late by half a minute": (claims["iat"], claims["nbf"], claims["exp"]) = (now - 700, now - 700, now - 30); break;
            case "early by half a minute": (claims["iat"], claims["nbf"], claims["exp"]) = (now + 30, now + 30, now + 900); break;
            case "not yet": (claims["nbf"], claims["exp"]) = (now + 120, now + 900); break;
            case "no expiry": claims.Remove("exp"); break;
            case "alg none":
                return $"{Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""")}.{Base64UrlEncoder.Encode(claims.ToJsonString())}.";
            case "another key": return provider.Signed(claims, TestProvider.NewCredentials());
            // The public key, which everybody has, as if it were a secret.
            case "a shared secret":
                var modulus = ((RsaSecurityKey)provider.Credentials.Key).Rsa.ExportParameters(false).Modulus!;
                return provider.Signed(claims, new SigningCredentials(new SymmetricSecurityKey(modulus), SecurityAlgorithms.HmacSha256));
            // Userinfo is then about somebody else.
            case "another subject": claims["sub"] = "somebody-else"; break;
        }
        return provider.Signed(claims);
    }

    private static string? Text(JsonElement thing, string field) => thing.GetProperty(field).GetString();

    private async Task<JsonElement> Listed(string name) => (await host.Get("/api/keys?limit=500")).GetProperty("items").EnumerateArray()
        .Single(key => Text(key, "name") == name);

    private async Task<JsonElement> Ask(string path, string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Cookie", cookie } } };
        using var answer = await Raw.SendAsync(request);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private Task<HttpStatusCode> Write(string cookie, string? csrf) =>
        Send(HttpMethod.Put, "/api/flags/campaigns_enabled", cookie, csrf, new { value = false });

    private async Task<HttpStatusCode> Send(HttpMethod method, string path, string cookie, string? csrf = null, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Headers = { { "Cookie", cookie } } };
        if (csrf is not null) request.Headers.Add("X-LStep-CSRF", csrf);
        if (body is not null) request.Content = JsonContent.Create(body);
        using var answer = await Raw.SendAsync(request);
        return answer.StatusCode;
    }

    private HttpClient Raw => new(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = host.Address };
}
