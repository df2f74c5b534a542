using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace LStep.System.Tests.People;

public sealed class ViewsTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task A_view_is_its_persons_until_it_is_shared_and_then_everybodys()
    {
        using var sue = host.Client(ApiHost.SuccessToken);
        using var vic = host.Client(ApiHost.ViewerToken);
        var mine = new { filter = "tag=ST_004&sort=ltv&order=desc", columns = new[] { "name", "ltv" } };

        using (var saved = await sue.PutAsJsonAsync("/api/views/At%20risk%2Fmine", mine))
            Assert.Equal(HttpStatusCode.OK, saved.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await vic.GetAsync("/api/views/At%20risk%2Fmine")).StatusCode);
        Assert.Empty(await Names(vic));

        await sue.PutAsJsonAsync("/api/views/At%20risk%2Fmine", new { mine.filter, mine.columns, shared = true });
        var seen = await vic.GetFromJsonAsync<JsonElement>("/api/views/At%20risk%2Fmine");

        Assert.Equal(["At risk/mine"], await Names(vic));
        Assert.Equal(("Sue", false, true, mine.filter), (
            seen.GetProperty("owner").GetString(), seen.GetProperty("own").GetBoolean(), seen.GetProperty("shared").GetBoolean(),
            seen.GetProperty("filter").GetString()));
        Assert.Equal(mine.columns, seen.GetProperty("columns").EnumerateArray().Select(one => one.GetString()));

        // Of another's shared view a viewer may keep a changed one under the same name, and takes only that away.
        await vic.PutAsJsonAsync("/api/views/At%20risk%2Fmine", new { filter = "tag=ST_001" });
        Assert.Equal(
            "tag=ST_001", (await vic.GetFromJsonAsync<JsonElement>("/api/views/At%20risk%2Fmine")).GetProperty("filter").GetString());
        using (var taken = await vic.PutAsJsonAsync("/api/views/At%20risk%2Fmine", new { filter = "", shared = true }))
            Assert.Equal("name_taken", await CodeOf(taken));
        Assert.Equal(HttpStatusCode.NoContent, (await vic.DeleteAsync("/api/views/At%20risk%2Fmine")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await vic.DeleteAsync("/api/views/At%20risk%2Fmine")).StatusCode);
        Assert.Equal(["At risk/mine"], await Names(sue));
        Assert.Equal(HttpStatusCode.NoContent, (await host.Admin.DeleteAsync("/api/views/At%20risk%2Fmine")).StatusCode);
        Assert.Empty(await Names(sue));
    }

    [Fact]
    public async Task The_audit_log_has_what_is_shared_and_nothing_of_what_is_not()
    {
        using var sue = host.Client(ApiHost.SuccessToken);
        await sue.PutAsJsonAsync("/api/views/private", new { filter = "q=secret" });
        await sue.PutAsJsonAsync("/api/views/public", new { filter = "tag=ST_001", shared = true });
        await sue.DeleteAsync("/api/views/private");
        await sue.DeleteAsync("/api/views/public");

        var rows = (await host.Get("/api/audit?action=view")).GetProperty("items").EnumerateArray()
            .Select(row => (row.GetProperty("action").GetString(), row.GetProperty("target").GetString())).ToList();

        Assert.Contains(("view.shared", "public"), rows);
        Assert.Contains(("view.deleted", "public"), rows);
        Assert.DoesNotContain(rows, row => row.Item2 == "private");
    }

    [Theory]
    [InlineData("v", """{"filter":"%LONG%"}""", "too_long")]
    [InlineData("v", """{"filter":"a\u0000b"}""", "bad_character")]
    [InlineData("v", """{"columns":[""]}""", "required")]
    [InlineData("v", """{"columns":[null]}""", "required")]
    [InlineData("v", """{"columns":[%MANY%]}""", "too_many")]
    [InlineData("v", """{"name":"w"}""", "name_differs")]
    [InlineData("%LONG%", "{}", "too_long")]
    public async Task What_cannot_be_kept_is_refused_by_name(string name, string body, string code)
    {
        using var sue = host.Client(ApiHost.SuccessToken);
        string Long(string text) => text.Replace("%LONG%", new string('x', 2_001), StringComparison.Ordinal)
            .Replace("%MANY%", string.Join(',', Enumerable.Repeat("\"c\"", 51)), StringComparison.Ordinal);

        using var answer = await sue.PutAsync(
            $"/api/views/{Long(name)}", new StringContent(Long(body), global::System.Text.Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(code, await CodeOf(answer));
    }

    [Fact]
    public async Task A_person_keeps_a_hundred_and_may_change_each_of_them()
    {
        var token = "views-token-of-many-views";
        await host.Tokens.Keep(token, LStep.Grains.People.Role.Viewer, "Max");
        using var max = host.Client(token);
        for (var i = 0; i < 100; i++)
            Assert.Equal(HttpStatusCode.OK, (await max.PutAsJsonAsync($"/api/views/v{i}", new { filter = "" })).StatusCode);

        using (var one = await max.PutAsJsonAsync("/api/views/more", new { filter = "" })) Assert.Equal("too_many", await CodeOf(one));
        using (var one = await max.PutAsJsonAsync("/api/views/v7", new { filter = "tag=ST_002" }))
            Assert.Equal(HttpStatusCode.OK, one.StatusCode);
    }

    private static async Task<string[]> Names(HttpClient person) =>
        [.. (await person.GetFromJsonAsync<JsonElement>("/api/views")).GetProperty("items").EnumerateArray()
            .Select(one => one.GetProperty("name").GetString()!)];

    private static async Task<string?> CodeOf(HttpResponseMessage answer)
    {
        var problem = JsonElement.Parse(await answer.Content.ReadAsStringAsync());
        return problem.GetProperty("code").GetString() is not "invalid" and { } code ? code
            : problem.GetProperty("errors")[0].GetProperty("code").GetString();
    }
}
