using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Reflection;
using System.Text;
using System.Text.Json;
using LStep.Api.Auth;
using LStep.Api.Hub;
using LStep.Grains.People;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace LStep.System.Tests.Auth;

/// <summary>Every endpoint of a running silo against every kind of caller, by the table.</summary>
public sealed class AuthorizationTableTests(ApiHost host, ITestOutputHelper transcript) : IClassFixture<ApiHost>
{
    private const string Revoked = "revoked-token-of-the-table-0123", Expired = "expired-token-of-the-table-0123",
        RevokedWriteKey = "revoked-write-key-of-the-table", ExpiredWriteKey = "expired-write-key-of-the-table";

    /// <summary>A body or a path that is wrong is not looked at before the key is.</summary>
    private static readonly (string Value, string? Type, string? Body)[] Manners =
    [
        ("none", null, null), ("none", "application/json", "{\"broken"), ("none", "text/plain", "text"), ("a%2F..", null, null),
        ("%20", null, null),
    ];

    [Fact]
    public void Every_endpoint_has_its_row()
    {
        var named = AuthorizationTable.All.Select(row => (row.Method, row.Path)).ToHashSet();
        Assert.Equal(AuthorizationTable.All.Count, named.Count);
        Assert.Empty(Running.Except(named).Select(one => $"{one.Method} {one.Path} has no row in {nameof(AuthorizationTable)}"));
        Assert.True(Running.Count > 50);
    }

    [Fact]
    public void Every_method_of_the_hub_has_its_row() => Assert.Equal(
        AuthorizationTable.HubMethods.Keys.Order(),
        typeof(LifecycleHub).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(method => method.GetBaseDefinition().DeclaringType == typeof(LifecycleHub)).Select(method => method.Name).Order());

    [Fact]
    public async Task Whoever_has_no_key_that_stands_is_refused_whatever_they_send()
    {
        await KeepEnded();
        string?[] bad = [null, "no-such-token-anywhere-0123456", Revoked, Expired, "", "eyJhbGciOiJub25lIn0.e30."];
        var calls = 0;
        foreach (var row in Rows(least => least is Least.Viewer or Least.Success or Least.Admin))
            foreach (var key in bad)
                foreach (var manner in Manners)
                {
                    var (status, code, _) = await Call(row, manner, key);
                    Assert.True(
                        (status, code) == (HttpStatusCode.Unauthorized, "unauthorized"), $"{row} {manner}, key {key}: {status} {code}");
                    calls++;
                }
        transcript.WriteLine($"{calls} calls without a key that stands: all 401");
    }

    [Fact]
    public async Task Every_role_may_call_what_it_is_for_and_nothing_else()
    {
        var calls = 0;
        foreach (var row in Rows(least => least is Least.Viewer or Least.Success or Least.Admin))
            foreach (var (role, key) in Keys)
                foreach (var manner in Manners)
                {
                    var (status, code, text) = await Call(row, manner, key);
                    if (role != Role.Ingest && role >= row.Role)
                        Assert.False(
                            status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden || (int)status >= 500,
                            $"{row} {manner} by {role}: {status} {text}");
                    else
                        Assert.True(
                            (status, code) == (HttpStatusCode.Forbidden, "forbidden"), $"{row} {manner} by {role}: {status} {text}");
                    calls++;
                }
        transcript.WriteLine($"{calls} calls by the four roles");
    }

    [Fact]
    public async Task A_cookie_reads_as_its_role_may_and_writes_with_the_anti_forgery_header_only()
    {
        var calls = 0;
        foreach (var row in Rows(least => least is Least.Viewer or Least.Success or Least.Admin))
            foreach (var (role, key) in Keys.Where(one => one.Role != Role.Ingest))
            {
                var (cookie, csrf) = await SignIn(key);
                var isWrite = row.Method is not ("GET" or "*");
                var may = role >= row.Role;
                // The hub is for reading; its sockets cannot have headers and their origin is looked at instead.
                var needsHeader = isWrite && !row.Path.StartsWith("/hubs", StringComparison.Ordinal);

                Expect(row, await Call(row, Manners[0], null, cookie, csrf, "https://elsewhere.example"), false, role);
                Expect(row, await Call(row, Manners[0], null, cookie + "x", csrf), null, role);
                Expect(row, await Call(row, Manners[0], null, cookie, "another"), may && !needsHeader, role);
                Expect(row, await Call(row, Manners[0], null, cookie), may && !needsHeader, role);
                // A bad token beside a good cookie is refused as a bad token.
                Expect(row, await Call(row, Manners[0], "no-such-token-anywhere-0123456", cookie, csrf), null, role);
                Expect(row, await Call(row, Manners[0], null, cookie, csrf), may, role);
                calls += 6;
            }
        transcript.WriteLine($"{calls} calls by cookie");
    }

    [Fact]
    public async Task The_ingest_takes_write_keys_that_stand_and_no_other_key()
    {
        await KeepEnded();
        string[] bad =
            [ApiHost.ViewerToken, ApiHost.SuccessToken, host.AdminToken, "no-such-key", RevokedWriteKey, ExpiredWriteKey, Revoked, ""];
        foreach (var row in Rows(least => least is Least.WriteKey))
        {
            foreach (var key in bad.Where(key => key.Length > 0 || !row.Path.Contains("{}", StringComparison.Ordinal)))
                Assert.Equal(HttpStatusCode.Unauthorized, (await Send(row, key)).Status);
            var (status, body) = await Send(row, host.WriteKey);
            Assert.True(status is HttpStatusCode.OK or HttpStatusCode.BadRequest, $"{row}: {status} {body}");
        }
    }

    [Theory]
    [InlineData("GET", "/api/none")]
    [InlineData("GET", "/api/none?x=1")]
    [InlineData("GET", "/api")]
    [InlineData("PATCH", "/api/customers")]
    [InlineData("GET", "/hubs/none")]
    public async Task An_address_that_is_none_is_told_to_whoever_may_read_only(string method, string path)
    {
        using var client = host.Client();
        foreach (var (key, status) in new (string?, int)[]
                 {
                     (null, 401), ("no-such-token-anywhere-0123456", 401), (host.WriteKey, 403), (ApiHost.ViewerToken, 404),
                     (host.AdminToken, 404),
                 })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            if (key is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
            using var answer = await client.SendAsync(request);
            var told = (int)answer.StatusCode;
            Assert.True(told == status || (status == 404 && told == (method == "GET" ? 404 : 405)), $"{key}: {told}");
        }
    }

    [Fact]
    public async Task The_hub_takes_connections_of_whoever_may_read()
    {
        await KeepEnded();
        foreach (var (key, refusal) in new[]
                 {
                     ("no-such-token-anywhere-0123456", "401"), (Revoked, "401"), (Expired, "401"), (host.WriteKey, "403"),
                     (ApiHost.ViewerToken, ""), (ApiHost.SuccessToken, ""), (host.AdminToken, ""),
                 })
        {
            async Task Listen()
            {
                await using var hub = await HubClient.Connect(host.Address, key);
                await hub.Subscribe(new { });
            }
            if (refusal == "") await Listen();
            else Assert.Contains($"'{refusal}'", (await Assert.ThrowsAnyAsync<Exception>(Listen)).Message, StringComparison.Ordinal);
        }
        var nobody = await Assert.ThrowsAnyAsync<Exception>(() => HubClient.Connect(host.Address, new Dictionary<string, string>()));
        Assert.Contains("'401'", nobody.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_open_to_anybody_asks_for_no_key()
    {
        foreach (var row in Rows(least => least is Least.Anybody))
        {
            var (status, _, text) = await Call(row, Manners[0], null);
            Assert.False(
                status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden || (int)status >= 500, $"{row}: {status} {text}");
        }
    }

    private IReadOnlyList<(string Method, string Path)> Running =>
        AuthorizationTable.Of(host.Services.GetRequiredService<EndpointDataSource>());

    private IEnumerable<Guarded> Rows(Func<Least, bool> of)
    {
        var running = Running.ToHashSet();
        return AuthorizationTable.All.Where(row => of(row.Least) && running.Contains((row.Method, row.Path)));
    }

    private (Role Role, string Key)[] Keys =>
    [
        (Role.Ingest, host.WriteKey), (Role.Viewer, ApiHost.ViewerToken), (Role.Success, ApiHost.SuccessToken),
        (Role.Admin, host.AdminToken),
    ];

    /// <param name="may">Null where the secret itself is none.</param>
    private static void Expect(Guarded row, (HttpStatusCode Status, string? Code, string Text) answer, bool? may, Role role)
    {
        var refused = answer.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;
        Assert.True(
            may switch
            {
                null => answer.Status == HttpStatusCode.Unauthorized,
                true => !refused && (int)answer.Status < 500,
                false => answer.Status == HttpStatusCode.Forbidden,
            },
            $"{row} by a cookie of {role}: {answer.Status} {answer.Text}");
    }

    private async Task KeepEnded()
    {
        await host.Tokens.Keep(Expired, Role.Admin, "table, expired", TimeSpan.FromSeconds(-1));
        await host.Tokens.Keep(ExpiredWriteKey, Role.Ingest, "table, expired", TimeSpan.FromSeconds(-1));
        await host.Tokens.Keep(Revoked, Role.Admin, "table, revoked");
        await host.Tokens.Keep(RevokedWriteKey, Role.Ingest, "table, revoked");
        foreach (var key in await host.Tokens.List(default))
            if (key is { Name: "table, revoked", RevokedAt: null })
                Assert.Equal(Revocation.Done, await host.Tokens.Revoke(key.Id, default));
        host.Services.GetRequiredService<KeyRing>().Forget();
    }

    private async Task<(HttpStatusCode Status, string? Code, string Text)> Call(
        Guarded row, (string Value, string? Type, string? Body) manner, string? key, string? cookie = null, string? csrf = null,
        string? origin = null)
    {
        using var client = host.Client();
        var path = row.Path.Replace("{}", manner.Value, StringComparison.Ordinal);
        using var request = new HttpRequestMessage(new HttpMethod(MethodOf(row)), path);
        if (key is not null) request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key}");
        if (cookie is not null) request.Headers.Add("Cookie", cookie);
        if (csrf is not null) request.Headers.Add("X-LStep-CSRF", csrf);
        if (origin is not null) request.Headers.Add("Origin", origin);
        if (manner.Body is not null) request.Content = new StringContent(manner.Body, Encoding.UTF8, manner.Type!);
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        var code = answer.Content.Headers.ContentType?.MediaType == "application/problem+json"
            ? JsonElement.Parse(text).GetProperty("code").GetString() : null;
        return (answer.StatusCode, code, text);
    }

    private static string MethodOf(Guarded row) =>
        row.Method != "*" ? row.Method : row.Path.EndsWith("negotiate", StringComparison.Ordinal) ? "POST" : "GET";

    /// <summary>A write key as the ingest takes it: in the path where the route has one, else by Basic.</summary>
    private async Task<(HttpStatusCode Status, string Body)> Send(Guarded row, string key)
    {
        using var client = host.Client();
        using var request = new HttpRequestMessage(new HttpMethod(row.Method), row.Path.Replace("{}", key, StringComparison.Ordinal));
        if (row.Method == "POST")
        {
            var message = new { type = "track", userId = "table", @event = "Logged In" };
            var isBatch = row.Path.Split('/')[^1] is "batch" or "b" or "import";
            request.Content = isBatch ? JsonContent.Create(new { batch = new[] { message } }) : JsonContent.Create(message);
        }
        if (row.Method == "POST" || !row.Path.Contains("{}", StringComparison.Ordinal))
            request.Headers.TryAddWithoutValidation(
                "Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(key + ":")));
        using var answer = await client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task<(string Cookie, string Csrf)> SignIn(string token)
    {
        using var client = host.Client();
        using var answer = await client.PostAsJsonAsync("/api/session", new { token });
        answer.EnsureSuccessStatusCode();
        var who = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return (answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0], who.GetProperty("csrf").GetString()!);
    }
}
