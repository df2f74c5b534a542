using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LStep.Api.Auth;
using LStep.Grains.People;
using Microsoft.Extensions.DependencyInjection;

namespace LStep.System.Tests.Auth;

public sealed class KeysTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Theory]
    [InlineData("viewer", "/api/flags", HttpStatusCode.OK)]
    [InlineData("viewer", "/api/keys", HttpStatusCode.Forbidden)]
    [InlineData("success", "/api/audit", HttpStatusCode.Forbidden)]
    [InlineData("admin", "/api/audit", HttpStatusCode.OK)]
    [InlineData("ingest", "/api/flags", HttpStatusCode.Forbidden)]
    public async Task A_key_that_is_made_may_what_its_role_may(string role, string path, HttpStatusCode status)
    {
        var made = await Make(new { name = $"a {role}", role });
        Assert.Equal((role, $"a {role}"), (made.GetProperty("role").GetString(), made.GetProperty("name").GetString()));
        Assert.InRange(made.GetProperty("token").GetString()!.Length, Tokens.SecretCharsMin, 100);
        Assert.Equal(status, (await Get(path, made.GetProperty("token").GetString()!)).Status);
    }

    [Fact]
    public async Task Its_token_is_told_once_and_its_end_is_listed()
    {
        var made = await Make(new { name = "Nadia", role = "viewer", expiresAt = Wall.Now.AddHours(1) });
        var (id, token) = (made.GetProperty("id").GetString()!, made.GetProperty("token").GetString()!);
        var list = (await host.Admin.GetStringAsync("/api/keys?limit=500"))!;
        Assert.DoesNotContain(token, list, StringComparison.Ordinal);
        Assert.Equal("Nadia", (await Listed(id))!.Value.GetProperty("name").GetString());

        Assert.Equal(HttpStatusCode.NoContent, (await host.Admin.DeleteAsync($"/api/keys/{id}")).StatusCode);

        Assert.Equal(HttpStatusCode.Unauthorized, (await Get("/api/flags", token)).Status);
        Assert.Equal(JsonValueKind.String, (await Listed(id))!.Value.GetProperty("revokedAt").ValueKind);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Admin.DeleteAsync($"/api/keys/{id}")).StatusCode);
    }

    [Theory]
    [InlineData("""{}""", HttpStatusCode.UnprocessableEntity, "invalid")]
    [InlineData("""{"name":"a"}""", HttpStatusCode.UnprocessableEntity, "bad_role")]
    [InlineData("""{"name":"a","role":"root"}""", HttpStatusCode.UnprocessableEntity, "bad_role")]
    [InlineData("""{"name":"a","role":"1"}""", HttpStatusCode.UnprocessableEntity, "bad_role")]
    [InlineData("""{"name":" ","role":"viewer"}""", HttpStatusCode.UnprocessableEntity, "bad_name")]
    [InlineData("""{"name":"a\u0000b","role":"viewer"}""", HttpStatusCode.UnprocessableEntity, "bad_name")]
    [InlineData("""{"name":"a","role":"viewer","expiresAt":"2020-01-01T00:00:00Z"}""", HttpStatusCode.UnprocessableEntity, "in_the_past")]
    [InlineData("""{"name":"a","role":"viewer","expiresAt":"soon"}""", HttpStatusCode.BadRequest, "bad_json")]
    [InlineData("""{"name":"a","role":"viewer","token":"chosen"}""", HttpStatusCode.BadRequest, "bad_json")]
    [InlineData("""{"name":"a\ud800","role":"viewer"}""", HttpStatusCode.BadRequest, "bad_json")]
    public async Task What_makes_no_key_is_refused_with_its_field(string body, HttpStatusCode status, string code)
    {
        using var content = new StringContent(body, new global::System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
        using var answer = await host.Admin.PostAsync("/api/keys", content);
        Assert.Equal((status, code), (answer.StatusCode, await answer.Code()));
    }

    [Fact]
    public async Task The_list_goes_page_by_page_and_misses_and_repeats_none()
    {
        for (var n = 0; n < 5; n++) await Make(new { name = $"page {n}", role = "viewer" });
        var whole = (await host.Get("/api/keys?limit=500")).GetProperty("items").EnumerateArray().Select(Id).ToList();
        var (paged, next) = (new List<string>(), "");
        do
        {
            var page = await host.Get($"/api/keys?limit=2{(next == "" ? "" : $"&cursor={next}")}");
            paged.AddRange(page.GetProperty("items").EnumerateArray().Select(Id));
            next = page.GetProperty("next").GetString();
        }
        while (next is not null);
        Assert.Equal(whole, paged);
        Assert.Equal(whole.Count, whole.Distinct().Count());
    }

    [Fact]
    public async Task A_used_link_is_listed_with_its_session_and_either_can_be_ended()
    {
        var (first, second) = (await SignIn(new { link = await host.Tokens.NewLink(Role.Admin, "link A") }),
            await SignIn(new { link = await host.Tokens.NewLink(Role.Admin, "link B") }));
        var (a, b) = (await Named("link A"), await Named("link B"));
        Assert.Equal(("link", JsonValueKind.String), (a.GetProperty("kind").GetString(), a.GetProperty("usedAt").ValueKind));
        var session = Assert.Single(a.GetProperty("sessions").EnumerateArray().ToList());

        Assert.Equal(HttpStatusCode.NoContent, (await host.Admin.DeleteAsync($"/api/keys/{Id(a)}/sessions/{Id(session)}")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await host.Admin.DeleteAsync($"/api/keys/{Id(b)}")).StatusCode);

        Assert.Equal(HttpStatusCode.Unauthorized, await WhoAmI(first));
        Assert.Equal(HttpStatusCode.Unauthorized, await WhoAmI(second));
        Assert.Equal(HttpStatusCode.NotFound, (await host.Admin.DeleteAsync($"/api/keys/{Id(a)}/sessions/{Id(session)}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Admin.DeleteAsync($"/api/keys/{Id(a)}/sessions/none")).StatusCode);
    }

    [Fact]
    public async Task The_session_of_a_link_ends_with_the_key_that_the_link_was_made_with()
    {
        var made = await Make(new { name = "maker", role = "admin" });
        var maker = new Key(Id(made), Role.Admin, "maker");
        var signedIn = await SignIn(new { link = await host.Tokens.NewLink(Role.Viewer, "of maker", maker) });
        var unused = await host.Tokens.NewLink(Role.Viewer, "of maker, unused", maker);
        Assert.Equal(HttpStatusCode.OK, await WhoAmI(signedIn));

        await host.Admin.DeleteAsync($"/api/keys/{Id(made)}");

        Assert.Equal(HttpStatusCode.Unauthorized, await WhoAmI(signedIn));
        using var client = host.Client();
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.PostAsJsonAsync("/api/session", new { link = unused })).StatusCode);
    }

    [Fact]
    public async Task A_session_ends_when_it_is_not_used_and_being_used_puts_that_off()
    {
        var cookie = await SignIn(new { token = ApiHost.ViewerToken });
        await Sql("UPDATE sessions SET used_at = now() - interval '119 minutes', idle_at = now() + interval '1 minute'");
        host.Services.GetRequiredService<LStep.Api.Auth.KeyRing>().Forget();
        Assert.Equal(HttpStatusCode.OK, await WhoAmI(cookie));
        Assert.Equal(true, await Sql("SELECT bool_or(idle_at > now() + interval '119 minutes') FROM sessions"));

        await Sql("UPDATE sessions SET idle_at = now()");
        host.Services.GetRequiredService<LStep.Api.Auth.KeyRing>().Forget();
        Assert.Equal(HttpStatusCode.Unauthorized, await WhoAmI(cookie));
    }

    [Theory]
    [InlineData("/api/session", true, false)]
    [InlineData("/api/analytics/distribution", true, false)]
    [InlineData("/hubs/lifecycle", false, false)]
    [InlineData("/api/analytics/distribution", false, true)]
    public async Task What_an_open_page_asks_while_nobody_is_at_it_is_no_use_of_the_session(string path, bool isUnattended, bool isUse)
    {
        var cookie = await SignIn(new { token = ApiHost.ViewerToken });
        await Sql("UPDATE sessions SET used_at = now() - interval '119 minutes', idle_at = now() + interval '1 minute'");
        host.Services.GetRequiredService<LStep.Api.Auth.KeyRing>().Forget();

        using var client = host.Client();
        client.DefaultRequestHeaders.Add("Cookie", cookie);
        if (isUnattended) client.DefaultRequestHeaders.Add("X-LStep-Unattended", "1");
        foreach (var _ in Enumerable.Range(0, 3))
            Assert.NotEqual(HttpStatusCode.Unauthorized, (await client.GetAsync(path)).StatusCode);

        Assert.Equal(isUse, await Sql("SELECT bool_or(idle_at > now() + interval '119 minutes') FROM sessions"));
    }

    [Fact]
    public async Task A_key_has_so_many_sessions_at_most_and_the_longest_unused_one_goes()
    {
        var made = await Make(new { name = "many", role = "viewer" });
        var (key, sessions) = (new Key(Id(made), Role.Viewer, "many"), host.Services.GetRequiredService<BrowserSessions>());
        for (var n = 0; n < BrowserSessions.PerKeyMax + 3; n++) await sessions.Open(key, Tokens.Hash($"session {n}"), default);

        Assert.Equal(BrowserSessions.PerKeyMax, (await Named("many")).GetProperty("sessions").GetArrayLength());
        Assert.Null(await sessions.Find(Tokens.Hash("session 2"), isKnown: true, default));
        Assert.NotNull(await sessions.Find(Tokens.Hash("session 3"), isKnown: true, default));
    }

    [Fact]
    public async Task It_says_who_made_it_and_when_it_was_last_used_without_a_statement_a_request()
    {
        var made = await Make(new { name = "used", role = "viewer" });
        var before = await Named("used");
        Assert.Equal("first admin", before.GetProperty("createdBy").GetString());
        Assert.Equal(JsonValueKind.Null, before.GetProperty("lastUsedAt").ValueKind);

        for (var n = 0; n < 20; n++) await Get("/api/flags", made.GetProperty("token").GetString()!);
        var uses = host.Services.GetRequiredService<KeyUses>();
        await uses.Write(default);
        var used = (await Named("used")).GetProperty("lastUsedAt").GetDateTimeOffset();
        Assert.InRange(used, Wall.Now.AddMinutes(-1), Wall.Now.AddMinutes(1));

        host.Services.GetRequiredService<KeyRing>().Forget();
        await Get("/api/flags", made.GetProperty("token").GetString()!);
        await uses.Write(default);
        Assert.Equal(used, (await Named("used")).GetProperty("lastUsedAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task The_last_key_of_an_admin_stays_also_when_two_revoke_each_other()
    {
        await using var silo = await LStepHost.Start();
        var tokens = silo.Services.GetRequiredService<Tokens>();
        var by = new Person("test", null);
        var first = (await tokens.List(default)).Single(key => key.Role == Role.Admin).Id;
        await tokens.Create(Role.Admin, "over soon", Wall.Now.AddSeconds(-1), by, default);
        await tokens.Create(Role.Viewer, "a viewer", null, by, default);
        await tokens.NewLink(Role.Admin, "a link");

        using var refused = await silo.Client.DeleteAsync($"/api/keys/{first}");
        Assert.Equal((HttpStatusCode.Conflict, "last_admin_key"), (refused.StatusCode, await refused.Code()));

        for (var n = 0; n < 10; n++)
        {
            var second = (await tokens.Create(Role.Admin, "a second", null, by, default))!.Value.Key.Id;
            var both = await Task.WhenAll(tokens.Revoke(first, default), tokens.Revoke(second, default));
            Assert.Single(both, one => one == Revocation.Done);
            Assert.Single(both, one => one == Revocation.LastAdminKey);
            first = (await tokens.List(default)).Single(key => key is { Role: Role.Admin, OneTime: false, RevokedAt: null }).Id;
        }
    }

    private async Task<JsonElement> Make(object body)
    {
        using var answer = await host.Admin.PostAsJsonAsync("/api/keys", body);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task<JsonElement?> Listed(string id) =>
        (await host.Get("/api/keys?limit=500")).GetProperty("items").EnumerateArray().Single(key => Id(key) == id);

    private async Task<JsonElement> Named(string name) => (await host.Get("/api/keys?limit=500")).GetProperty("items").EnumerateArray()
        .Single(key => key.GetProperty("name").GetString() == name);

    private static string Id(JsonElement thing) => thing.GetProperty("id").GetString()!;

    private async Task<string> SignIn(object body)
    {
        using var client = host.Client();
        using var answer = await client.PostAsJsonAsync("/api/session", body);
        answer.EnsureSuccessStatusCode();
        return answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    private async Task<HttpStatusCode> WhoAmI(string cookie)
    {
        using var client = host.Client();
        client.DefaultRequestHeaders.Add("Cookie", cookie);
        return (await client.GetAsync("/api/session")).StatusCode;
    }

    private async Task<(HttpStatusCode Status, string Body)> Get(string path, string token)
    {
        using var client = host.Client(token);
        using var answer = await client.GetAsync(path);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task<object?> Sql(string statement)
    {
        await using var command = host.Database.Source.CreateCommand(statement);
        return await command.ExecuteScalarAsync();
    }
}
