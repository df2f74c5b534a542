using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace LStep.System.Tests.Auth.Oidc;

/// <summary>Programs that bring a token of the provider instead of a key.</summary>
public sealed class ProviderTokenTests : IAsyncLifetime
{
    private TestProvider provider = null!;
    private LStepHost host = null!;

    public async Task InitializeAsync()
    {
        provider = await TestProvider.Start();
        provider.Person = TestProvider.Named("Reporter", "viewer");
        host = await LStepHost.Start(ApiHost.Noon, with: options => provider.In(options));
    }

    public async Task DisposeAsync()
    {
        await host.DisposeAsync();
        await provider.DisposeAsync();
    }

    [Fact]
    public async Task It_may_what_its_role_may_also_where_the_clock_is_simulated()
    {
        var token = await provider.MachineToken();
        Assert.Equal(HttpStatusCode.OK, await Call(token, "/api/flags"));
        Assert.Equal(HttpStatusCode.Forbidden, await Call(token, "/api/keys"));
        provider.Person = TestProvider.Named("Reporter", "admin");
        Assert.Equal(HttpStatusCode.OK, await Call(await provider.MachineToken(), "/api/keys"));
        Assert.Equal(HttpStatusCode.Forbidden, await Call(token, "/api/keys"));
        var listed = (await host.Get("/api/keys")).GetProperty("items").EnumerateArray().Single(
            key => key.GetProperty("name").GetString() == "Reporter");
        Assert.Equal("person", listed.GetProperty("kind").GetString());
    }

    [Fact]
    public async Task A_person_signs_in_where_the_clock_is_simulated()
    {
        using var browser = new Browser(host.Address);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.SignIn()).Status);
    }

    [Theory]
    [InlineData("for another audience", 401)]
    [InlineData("expired", 401)]
    [InlineData("without a role", 403)]
    [InlineData("of another issuer", 401)]
    [InlineData("alg none", 401)]
    [InlineData("signed by another", 401)]
    [InlineData("changed", 401)]
    [InlineData("that tells a page who somebody is", 401)]
    public async Task One_that_is_not_for_us_is_refused(string what, int status)
    {
        if (what == "for another audience") provider.MeantFor = "another-api";
        if (what == "expired") provider.Lifetime = TimeSpan.FromMinutes(-2);
        if (what == "without a role") provider.Person = TestProvider.Named("Reporter", "pupil");
        var token = await provider.MachineToken();
        var claims = Payload(token);
        if (what == "of another issuer") claims["iss"] = "https://elsewhere.example/";
        if (what == "that tells a page who somebody is") claims["nonce"] = "n";
        token = what switch
        {
            "alg none" => $"{Base64UrlEncoder.Encode("""{"alg":"none"}""")}.{token.Split('.')[1]}.",
            "signed by another" => provider.Signed(claims, TestProvider.NewCredentials()),
            "changed" => string.Join(
                '.', token.Split('.')[0],
                Base64UrlEncoder.Encode(claims.ToJsonString().Replace("viewer", "admin", StringComparison.Ordinal)), token.Split('.')[2]),
            "of another issuer" or "that tells a page who somebody is" => provider.Signed(claims),
            _ => token,
        };
        Assert.Equal(status, (int)await Call(token, "/api/flags"));
    }

    [Fact]
    public async Task Who_is_revoked_is_out_and_a_stream_ends_with_its_token()
    {
        // What is over by less than a minute may still connect; its stream ends at once.
        var claims = Payload(await provider.MachineToken());
        claims["exp"] = Wall.Now.ToUnixTimeSeconds() + 2;
        var brief = await HubClient.Connect(host.Address, provider.Signed(claims));
        await brief.Ended();

        var token = await provider.MachineToken();
        var stream = await HubClient.Connect(host.Address, token);
        await stream.Subscribe(new { });
        var id = (await host.Get("/api/keys")).GetProperty("items").EnumerateArray()
            .Single(key => key.GetProperty("name").GetString() == "Reporter").GetProperty("id").GetString();
        var began = Wall.Now;
        Assert.Equal(HttpStatusCode.NoContent, (await host.Client.DeleteAsync($"/api/keys/{id}")).StatusCode);
        await stream.Ended();
        Assert.InRange(Wall.Now - began, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.Equal(HttpStatusCode.Unauthorized, await Call(token, "/api/flags"));
        Assert.Equal(HttpStatusCode.Unauthorized, await Call(await provider.MachineToken(), "/api/flags"));
    }

    [Fact]
    public async Task A_provider_that_never_answered_says_nothing_about_a_token()
    {
        var token = await provider.MachineToken();
        await provider.DisposeAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await Call(token, "/api/flags"));
        await host.Get("/api/flags");
    }

    [Fact]
    public async Task Keys_that_the_provider_exchanges_are_learned()
    {
        Assert.Equal(HttpStatusCode.OK, await Call(await provider.MachineToken(), "/api/flags"));
        provider.Rotate();
        var token = await provider.MachineToken();
        await Signals.UntilAsync(async () => await Call(token, "/api/flags") == HttpStatusCode.OK);
    }

    private static JsonObject Payload(string token) =>
        JsonNode.Parse(Base64UrlEncoder.Decode(token.Split('.')[1]))!.AsObject();

    private async Task<HttpStatusCode> Call(string token, string path)
    {
        using var client = new HttpClient { BaseAddress = host.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await client.GetAsync(path);
        return answer.StatusCode;
    }
}
