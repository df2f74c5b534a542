using System.Net;
using LStep.Grains.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace LStep.System.Tests.Auth;

public sealed class AccessTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public void No_endpoint_is_open_but_for_those_that_have_to_be()
    {
        var open = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAuthorizeData>() is null
                || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/'))
            .Where(pattern => !pattern.StartsWith("/v1/", StringComparison.Ordinal) && !pattern.StartsWith("/{", StringComparison.Ordinal));

        // The pages of /docs hold nothing: the document that they show needs a viewer. What comes by a link of a message is signed, and
        // the link of a card is the secret. Clients of xAPI ask which versions there are before they show who they are.
        Assert.Equal(
            [
                "/api/session", "/api/session/provider", "/api/session/providers", "/c/{token}", "/card/{secret}", "/docs/",
                "/docs/scalar.js", "/docs/start.js", "/health/live", "/health/ready", "/o/{token}", "/u/{token}", "/u/{token}",
                "/xapi/about",
            ],
            open.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Health_needs_no_key(string path) => Assert.Equal(HttpStatusCode.OK, (await Call("GET", path, null)).Status);

    [Fact]
    public async Task A_token_in_the_address_is_no_key()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await Call("GET", $"/api/customers?access_token={host.AdminToken}", null)).Status);
        Assert.Equal(
            HttpStatusCode.Unauthorized, (await Call("POST", $"/hubs/lifecycle/negotiate?access_token={host.AdminToken}", null)).Status);
    }

    [Fact]
    public async Task A_revoked_or_expired_token_is_none()
    {
        await host.Tokens.Keep("short-lived", Role.Viewer, "expired", TimeSpan.FromSeconds(-1));
        await host.Tokens.Keep("taken-back", Role.Viewer, "revoked");
        var key = Assert.Single(await host.Tokens.List(default), key => key.Name == "revoked");
        Assert.Equal(Revocation.Done, await host.Tokens.Revoke(key.Id, default));

        Assert.Equal(HttpStatusCode.Unauthorized, (await Call("GET", "/api/flags", "short-lived")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Call("GET", "/api/flags", "taken-back")).Status);
    }

    private async Task<(HttpStatusCode Status, string Body)> Call(string method, string path, string? key)
    {
        using var client = host.Client(key);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await client.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        if ((int)response.StatusCode >= 400) Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        return (response.StatusCode, body);
    }
}
