using System.Net;
using LStep.Grains.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace LStep.System.Tests.Auth;

public sealed class AccessTests(ApiHost host) : IClassFixture<ApiHost>
{
    // Who may: ingest, viewer, success, admin.
    [Theory]
    [InlineData("GET", "/api/customers", "no", "yes", "yes", "yes")]
    [InlineData("GET", "/api/customers/nobody", "no", "yes", "yes", "yes")]
    [InlineData("GET", "/api/customers/nobody/metrics", "no", "yes", "yes", "yes")]
    [InlineData("GET", "/api/customers/nobody/timeline", "no", "yes", "yes", "yes")]
    [InlineData("GET", "/api/customers/nobody/decisions/1", "no", "yes", "yes", "yes")]
    [InlineData("GET", "/api/customers/nobody/evaluation", "no", "yes", "yes", "yes")]
    [InlineData("POST", "/api/customers/nobody/evaluation", "no", "no", "yes", "yes")]
    [InlineData("GET", "/api/transitions", "no", "yes", "yes", "yes")]
    [InlineData("GET", "/api/reviews", "no", "yes", "yes", "yes")]
    [InlineData("GET", "/api/rules", "no", "yes", "yes", "yes")]
    [InlineData("GET", "/api/rules/versions", "no", "yes", "yes", "yes")]
    [InlineData("GET", "/api/evaluations", "no", "yes", "yes", "yes")]
    [InlineData("GET", "/api/evaluations/eval_none", "no", "yes", "yes", "yes")]
    [InlineData("GET", "/api/evaluations/eval_none/errors", "no", "yes", "yes", "yes")]
    [InlineData("GET", "/api/customers/nobody/export", "no", "no", "no", "yes")]
    [InlineData("DELETE", "/api/customers/nobody", "no", "no", "no", "yes")]
    [InlineData("POST", "/api/evaluations", "no", "no", "no", "yes")]
    [InlineData("GET", "/api/rejected", "no", "yes", "yes", "yes")]
    [InlineData("GET", "/api/events", "no", "yes", "yes", "yes")]
    [InlineData("PUT", "/api/events/none", "no", "no", "no", "yes")]
    [InlineData("DELETE", "/api/events/none", "no", "no", "no", "yes")]
    [InlineData("GET", "/api/flags", "no", "yes", "yes", "yes")]
    [InlineData("GET", "/api/analytics/distribution", "no", "yes", "yes", "yes")]
    [InlineData("GET", "/api/session", "no", "yes", "yes", "yes")]
    [InlineData("GET", "/api/nodes", "no", "yes", "yes", "yes")]
    [InlineData("GET", "/openapi/v1.json", "no", "yes", "yes", "yes")]
    [InlineData("POST", "/hubs/lifecycle/negotiate?negotiateVersion=1", "no", "yes", "yes", "yes")]
    [InlineData("GET", "/api/clock", "no", "no", "no", "yes")]
    [InlineData("GET", "/api/keys", "no", "no", "no", "yes")]
    [InlineData("POST", "/api/keys", "no", "no", "no", "yes")]
    [InlineData("DELETE", "/api/keys/nobodys", "no", "no", "no", "yes")]
    [InlineData("DELETE", "/api/keys/nobodys/sessions/none", "no", "no", "no", "yes")]
    [InlineData("GET", "/api/audit", "no", "no", "no", "yes")]
    [InlineData("PUT", "/api/flags/nonsense", "no", "no", "no", "yes")]
    public async Task Every_call_lets_through_the_roles_it_is_for(string method, string path, params string[] may)
    {
        string[] keys = [host.WriteKey, ApiHost.ViewerToken, ApiHost.SuccessToken, host.AdminToken];
        Assert.Equal(HttpStatusCode.Unauthorized, (await Call(method, path, null)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Call(method, path, "no-such-token")).Status);
        foreach (var (key, verdict) in keys.Zip(may))
        {
            var (status, body) = await Call(method, path, key);
            Assert.True(verdict == "no" ? status == HttpStatusCode.Forbidden
                : status is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden), $"{key}: {status} {body}");
            Assert.True((int)status < 500, body);
        }
    }

    [Fact]
    public void No_endpoint_is_open_but_for_those_that_have_to_be()
    {
        var open = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAuthorizeData>() is null
                || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/'))
            .Where(pattern => !pattern.StartsWith("/v1/", StringComparison.Ordinal) && !pattern.StartsWith("/{", StringComparison.Ordinal));

        // The pages of /docs hold nothing: the document that they show needs a viewer.
        Assert.Equal(
            ["/api/session", "/docs/", "/docs/scalar.js", "/docs/start.js", "/health/live", "/health/ready"],
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
        Assert.True(await host.Tokens.Revoke(key.Id, default));

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
