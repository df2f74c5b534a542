using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace LStep.System.Tests.Auth;

/// <summary>Every change by a person is in the audit log, by the commit that made it.</summary>
public sealed class AuditTests : IAsyncLifetime
{
    private readonly ApiHost host = new();

    public Task InitializeAsync() => host.InitializeAsync();

    public Task DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task It_says_who_changed_what_when_from_what_to_what_and_holds_no_secret()
    {
        using var made = await host.Admin.PostAsJsonAsync("/api/keys", new { name = "Nora", role = "admin" });
        var key = await made.Content.ReadFromJsonAsync<JsonElement>();
        var (id, token) = (key.GetProperty("id").GetString()!, key.GetProperty("token").GetString()!);
        using var nora = host.Client(token);
        Assert.Equal(HttpStatusCode.OK, (await nora.PutAsJsonAsync("/api/flags/auto_apply_enabled", new { value = false })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await nora.PutAsJsonAsync("/api/flags/rollout_percentage", new { value = 40 })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await nora.PutAsJsonAsync("/api/flags/rollout_percentage", new { value = 50 })).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await nora.PostAsync("/api/evaluations", null)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await host.Client().PostAsJsonAsync("/api/session", new { token })).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await host.Admin.DeleteAsync($"/api/keys/{id}")).StatusCode);

        var text = await host.Admin.GetStringAsync("/api/audit?limit=7");
        Assert.DoesNotContain(token, text, StringComparison.Ordinal);
        var items = JsonElement.Parse(text).GetProperty("items").EnumerateArray().Reverse().ToList();
        Assert.All(items, item => Assert.Superset(
            new HashSet<string> { "id", "at", "who", "action", "target", "before", "after", "reason" }, ApiHost.Fields(item).ToHashSet()));
        Assert.Equal(
            ["key.created", "flag.changed", "flag.changed", "flag.changed", "evaluation.requested", "session.opened", "key.revoked"],
            items.Select(item => item.GetProperty("action").GetString()));
        Assert.Equal(
            ["first admin", "Nora", "Nora", "Nora", "Nora", "Nora", "first admin"],
            items.Select(item => item.GetProperty("who").GetString()));
        Assert.Equal(id, items[0].GetProperty("target").GetString());
        Assert.Equal(("rollout_percentage", 40, 50), (
            items[3].GetProperty("target").GetString(), items[3].GetProperty("before").GetProperty("value").GetInt32(),
            items[3].GetProperty("after").GetProperty("value").GetInt32()));
        Assert.Equal(JsonValueKind.True, items[1].GetProperty("before").GetProperty("value").ValueKind);
    }

    [Fact]
    public async Task Who_asked_for_an_evaluation_is_in_it_where_something_came_of_it()
    {
        await host.Admin.PutAsJsonAsync("/api/flags/realtime_evaluation_enabled", new { value = false });
        await host.Post(
            ApiHost.Track("asked", "Module Completed", new { moduleId = "a" }),
            ApiHost.Track("asked", "Module Completed", new { moduleId = "b" }),
            ApiHost.Track("asked", "Assessment Taken", new { score = 90 }));
        foreach (var _ in Enumerable.Range(0, 2)) await host.Admin.PostAsync("/api/customers/asked/evaluation", null);

        var item = Assert.Single((await host.Get("/api/audit?action=customer.evaluated")).GetProperty("items").EnumerateArray());
        Assert.Equal(("first admin", "asked", "ST_001", "ST_002"), (
            item.GetProperty("who").GetString(), item.GetProperty("target").GetString(),
            item.GetProperty("before").GetProperty("tag").GetString(), item.GetProperty("after").GetProperty("tag").GetString()));
    }

    [Fact]
    public async Task It_goes_page_by_page_newest_first()
    {
        for (var n = 0; n < 5; n++) await host.Admin.PutAsJsonAsync("/api/flags/rollout_percentage", new { value = n });
        var first = await host.Get("/api/audit?limit=3");
        var second = await host.Get($"/api/audit?limit=3&cursor={first.GetProperty("next").GetString()}");
        var values = first.GetProperty("items").EnumerateArray().Concat(second.GetProperty("items").EnumerateArray())
            .Select(item => item.GetProperty("after").GetProperty("value").GetInt32());
        Assert.Equal([4, 3, 2, 1, 0], values);
    }

    [Theory]
    [InlineData("", "fvk")]
    [InlineData("who=Vic the maker", "v")]
    [InlineData("action=flag", "fv")]
    [InlineData("action=flag.changed&who=first admin", "f")]
    [InlineData("action=fla", "")]
    [InlineData("target=rollout_percentage", "fv")]
    [InlineData("target=rollout_percentage&who=Vic the maker", "v")]
    [InlineData("from=2000-01-01&to=2000-12-31", "")]
    [InlineData("from=2000-01-01T00:00:00Z", "fvk")]
    [InlineData("to=9999-12-31", "fvk")]
    public async Task It_is_searched_by_person_action_target_and_date(string query, string found)
    {
        using var made = await host.Admin.PostAsJsonAsync("/api/keys", new { name = "Vic the maker", role = "admin" });
        using var vic = host.Client((await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString());
        await vic.PutAsJsonAsync("/api/flags/rollout_percentage", new { value = 1 });
        await host.Admin.PutAsJsonAsync("/api/flags/rollout_percentage", new { value = 2 });

        var items = (await host.Get("/api/audit?" + query)).GetProperty("items").EnumerateArray().Select(item =>
            item.GetProperty("action").GetString() == "key.created" ? 'k'
            : item.GetProperty("who").GetString() == "first admin" ? 'f' : 'v');
        Assert.Equal(found, string.Concat(items));
    }

    [Theory]
    [InlineData("from=yesterday")]
    [InlineData("to=2026-13-01")]
    [InlineData("person=Vic")]
    [InlineData("who=a&who=b")]
    public async Task A_search_that_cannot_be_meant_is_refused(string query) =>
        Assert.Equal(HttpStatusCode.BadRequest, (await host.Admin.GetAsync("/api/audit?" + query)).StatusCode);

    [Fact]
    public async Task A_change_whose_line_cannot_be_written_is_not_made()
    {
        await host.Post(ApiHost.Track("somebody", "Sticker Collected"));
        await Sql("ALTER TABLE audit_log ADD CONSTRAINT shut CHECK (what NOT IN "
            + "('flag.changed', 'key.created', 'evaluation.requested', 'event.decided'))");
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await host.Admin.PutAsJsonAsync("/api/flags/campaigns_enabled", new { value = false })).StatusCode);
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await host.Admin.PostAsJsonAsync("/api/keys", new { name = "unmade", role = "viewer" })).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await host.Admin.PostAsync("/api/evaluations", null)).StatusCode);
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await host.Admin.PutAsJsonAsync("/api/events/Sticker%20Collected", new { activity = "comment" })).StatusCode);

        Assert.Equal(0L, await Sql("SELECT count(*) FROM flags"));
        Assert.Equal(0L, await Sql("SELECT count(*) FROM tokens WHERE name = 'unmade'"));
        Assert.Equal(0L, await Sql("SELECT count(*) FROM evaluation_batches"));
        Assert.Equal(0L, await Sql("SELECT count(*) FROM event_names WHERE activity IS NOT NULL"));
    }

    [Theory]
    [InlineData("nonsense", """{"value":true}""", HttpStatusCode.NotFound)]
    [InlineData("auto_apply_enabled", """{"value":1}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("auto_apply_enabled", """{"value":"true"}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("auto_apply_enabled", """{"value":null}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("auto_apply_enabled", """{}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("rollout_percentage", """{"value":101}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("rollout_percentage", """{"value":-1}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("rollout_percentage", """{"value":50.5}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("rollout_percentage", """{"value":1e400}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("rollout_percentage", """{"value":true}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("shadow_rules", """{"value":99}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("shadow_rules", """{"value":1}""", HttpStatusCode.OK)]
    [InlineData("shadow_rules", """{"value":null}""", HttpStatusCode.OK)]
    [InlineData("auto_apply_enabled", """{"value":true,"because":"x"}""", HttpStatusCode.BadRequest)]
    public async Task A_flag_takes_its_own_values_only(string flag, string body, HttpStatusCode status)
    {
        using var content = new StringContent(body, new global::System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
        Assert.Equal(status, (await host.Admin.PutAsync($"/api/flags/{flag}", content)).StatusCode);
    }

    private async Task<object?> Sql(string statement)
    {
        await using var command = host.Database.Source.CreateCommand(statement);
        return await command.ExecuteScalarAsync();
    }
}
