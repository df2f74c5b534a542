using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LStep.Grains.Operations.Verifying;
using LStep.Grains.People;
using LStep.Grains.Rules;
using Microsoft.Extensions.DependencyInjection;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Customers;

/// <summary>Some customers are changed at once: each for itself, and all are taken back as one.</summary>
public sealed class BulkTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Begin = new(2026, 3, 4, 10, 0, 0, TimeSpan.Zero);

    private static readonly (string Body, int Status, string Code)[] Wrong =
    [
        ("""{}""", 422, "invalid"),
        ("""{"action":"delete","customers":["u0"]}""", 422, "bad_value"),
        ("""{"action":"evaluate"}""", 422, "one_of_two"),
        ("""{"action":"evaluate","customers":["u0"],"filter":{}}""", 422, "one_of_two"),
        ("""{"action":"evaluate","customers":[]}""", 422, "required"),
        ("""{"action":"evaluate","customers":["u0",""]}""", 422, "bad_id"),
        ("""{"action":"evaluate","customers":["u\u0000"]}""", 422, "bad_id"),
        ("""{"action":"evaluate","customers":[null]}""", 422, "bad_id"),
        ("""{"action":"evaluate","customers":[1]}""", 400, "bad_json"),
        ("""{"action":"evaluate","customers":["u0"],"reason":"x"}""", 422, "bad_value"),
        ("""{"action":"evaluate","customers":["u0"],"more":1}""", 400, "bad_json"),
        ("""{"action":"override","customers":["u0"],"tag":"ST_002"}""", 422, "required"),
        ("""{"action":"override","customers":["u0"],"reason":"x"}""", 422, "required"),
        ("""{"action":"override","customers":["u0"],"tag":"ST_009","reason":"x"}""", 400, "bad_json"),
        ("""{"action":"override","customers":["u0"],"tag":"ST_002","reason":"x","lockedUntil":"2026-03-04T10:00:00Z"}""", 422,
            "in_the_past"),
        ("""{"action":"evaluate","filter":{"tier":"Gold"}}""", 422, "bad_tier"),
        ("""{"action":"evaluate","filter":{"risk":"x"}}""", 422, "bad_risk"),
        ("""{"action":"evaluate","filter":{"behavior":"BT_999"}}""", 422, "bad_behavior"),
        ("""{"action":"evaluate","filter":{"q":"\u0000"}}""", 422, "bad_character"),
        ("""{"action":"evaluate","filter":{"minLtv":2,"maxLtv":1}}""", 422, "bad_range"),
        ("""{"action":"evaluate","filter":{"activeFrom":"yesterday"}}""", 400, "bad_json"),
        ("""{"action":"evaluate","filter":{"lmit":1}}""", 400, "bad_json"),
        ("""{"action":"evaluate","filter":[]}""", 400, "bad_json"),
    ];

    private LStepHost host = null!;

    public async Task InitializeAsync()
    {
        host = await LStepHost.Start(Begin);
        await host.Post([.. Enumerable.Range(0, 6).Select(at => Track($"u{at}", "Lesson Completed", Begin, new { lessonId = "l1" }))]);
        await host.Post(Identify("u5", Begin, new { tier = "Pro" }, "tier"));
    }

    public async Task DisposeAsync()
    {
        var services = host.Services;
        var verified = await services.GetRequiredService<Verify>().Run(services.GetRequiredService<RulebookSource>().Current, host.Now);
        await host.DisposeAsync();
        Assert.Equal([], verified.Differences);
    }

    [Fact]
    public async Task Everybody_gets_the_tag_and_one_who_is_unknown_holds_up_nobody()
    {
        await Send("PUT", "/api/customers/u1/status", new { tag = "ST_003", reason = "before" });
        var set = await Bulk(new
        {
            action = "override", customers = new[] { "u0", "u1", "nobody", "u2", "u0" }, tag = "ST_003", reason = "certified elsewhere",
            lockedUntil = Begin.AddDays(3),
        });

        Assert.Equal(HttpStatusCode.OK, set.Code);
        Assert.Equal(
            [("u0", "moved", null), ("u1", "unchanged", null), ("nobody", "refused", "not_found"), ("u2", "moved", null)],
            Items(set.Body));
        foreach (var id in (string[])["u0", "u1", "u2"])
        {
            var customer = await host.Get($"/api/customers/{id}");
            Assert.Equal(("ST_003", "2026-03-07T10:00:00.000Z"), (Text(customer, "tag"), Text(customer, "lockedUntil")));
        }
        var row = (await host.Get("/api/customers/u0")).GetProperty("recentTransitions")[0];
        Assert.Equal(("certified elsewhere", "manual:first admin", Text(set.Body, "batchId")), (
            Text(row, "reason"), Text(row, "assignedBy"), Text(row, "batchId")));
        var actions = (await host.Get("/api/audit")).GetProperty("items").EnumerateArray().Select(entry => Text(entry, "action")).ToList();
        Assert.Single(actions, action => action == "customers.bulk");
        Assert.Equal(3, actions.Count(action => action == "customer.overridden"));
        Assert.Single(actions, action => action == "customer.lock_changed");
    }

    [Fact]
    public async Task What_was_set_at_once_is_taken_back_at_once_but_for_those_who_moved_on()
    {
        var before = await host.Get("/api/customers/u0");
        var set = await Bulk(new { action = "override", customers = new[] { "u0", "u1", "u2" }, tag = "ST_002", reason = "by mistake" });
        var batch = Text(set.Body, "batchId");
        var known = await host.Get($"/api/evaluations/{batch}");
        Assert.Equal(("bulk", "3", "3", "3", "0"), (
            Text(known, "scope"), Text(known, "total"), Text(known, "evaluated"), Text(known, "transitions"), Text(known, "unknown")));
        await Send("PUT", "/api/customers/u1/status", new { tag = "ST_005", reason = "called" });

        var undone = await Send("POST", "/api/undo", new { batch });
        Assert.Equal((2, "u1"), (undone.Body.GetProperty("count").GetInt32(), Text(undone.Body.GetProperty("movedOn")[0], "customerId")));
        var after = await host.Get("/api/customers/u0");
        Assert.Equal((Text(before, "tag"), Text(before, "tagSince")), (Text(after, "tag"), Text(after, "tagSince")));
        Assert.Equal("ST_005", Text(await host.Get("/api/customers/u1"), "tag"));
    }

    [Fact]
    public async Task Those_who_fit_a_filter_are_evaluated_and_what_came_of_it_is_one_batch()
    {
        await Send("PUT", "/api/flags/realtime_evaluation_enabled", new { value = false });
        await host.Post(
            Track("u3", "Module Completed", Begin, new { moduleId = "m1" }),
            Track("u3", "Module Completed", Begin, new { moduleId = "m2" }), Track("u3", "Assessment Taken", Begin, new { score = 80 }));
        await Send("PUT", "/api/flags/realtime_evaluation_enabled", new { value = true });

        var evaluated = await Bulk(new { action = "evaluate", filter = new { tag = "ST_001", tier = "pro" } });
        Assert.Equal([("u5", "unchanged", null)], Items(evaluated.Body));
        var all = await Bulk(new { action = "evaluate", filter = new { } });
        Assert.Equal(6, all.Body.GetProperty("items").GetArrayLength());
        var nobody = await Bulk(new { action = "evaluate", filter = new { q = "nobody at all" } });
        Assert.Equal((JsonValueKind.Null, 0), (
            nobody.Body.GetProperty("batchId").ValueKind, nobody.Body.GetProperty("items").GetArrayLength()));
    }

    [Fact]
    public async Task More_than_may_be_changed_at_once_are_refused_and_nobody_is_changed()
    {
        foreach (var some in Enumerable.Range(0, 1_000).Chunk(250))
        {
            await host.Post([.. some.Select(at => Identify($"many{at}", Begin, new { tier = "Pro" }, $"many{at}"))]);
            await host.Get("/api/customers?q=many&limit=1"); // whoever looks takes in what is little
        }
        var all = await Bulk(new { action = "override", filter = new { }, tag = "ST_002", reason = "everybody" });
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "too_many"), (all.Code, Text(all.Body, "code")));
        Assert.Equal("ST_001", Text(await host.Get("/api/customers/u0"), "tag"));

        var thousand = await Bulk(new { action = "override", filter = new { q = "many" }, tag = "ST_002", reason = "a thousand" });
        Assert.Equal(1_000, Items(thousand.Body).Count(item => item.Outcome == "moved"));
    }

    [Fact]
    public async Task Wrong_requests_are_told_what_is_wrong()
    {
        foreach (var (body, status, code) in Wrong)
        {
            var answer = await Bulk(JsonElement.Parse(body));
            Assert.Equal((body, status, code), (body, (int)answer.Code, Text(answer.Body, "code")));
        }
    }

    [Fact]
    public async Task A_viewer_changes_nobody_and_customer_success_does()
    {
        var tokens = host.Services.GetRequiredService<Tokens>();
        await tokens.Keep(ApiHost.ViewerToken, Role.Viewer, "Vic");
        await tokens.Keep(ApiHost.SuccessToken, Role.Success, "Sue");
        var body = new { action = "override", customers = new[] { "u0" }, tag = "ST_002", reason = "x" };
        Assert.Equal(HttpStatusCode.Forbidden, (await Bulk(body, ApiHost.ViewerToken)).Code);
        Assert.Equal([("u0", "moved", null)], Items((await Bulk(body, ApiHost.SuccessToken)).Body));
        await Send("PUT", "/api/flags/status_tags_enabled", new { value = false });
        var off = await Bulk(body with { tag = "ST_003" }, ApiHost.SuccessToken);
        Assert.Equal([("u0", "refused", "status_tags_disabled")], Items(off.Body));
    }

    private Task<(HttpStatusCode Code, JsonElement Body)> Bulk(object body, string? token = null) =>
        Send("POST", "/api/customers/bulk", body, token);

    private async Task<(HttpStatusCode Code, JsonElement Body)> Send(string method, string path, object body, string? token = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = JsonContent.Create(body) };
        if (token is not null) request.Headers.Authorization = new("Bearer", token);
        using var answer = await host.Client.SendAsync(request);
        return (answer.StatusCode, JsonElement.Parse(await answer.Content.ReadAsStringAsync()));
    }

    private static List<(string Id, string Outcome, string? Code)> Items(JsonElement body) =>
    [
        .. body.GetProperty("items").EnumerateArray().Select(item => (
            Text(item, "id"), Text(item, "outcome"), item.TryGetProperty("code", out var code) ? code.GetString() : null)),
    ];

    private static string Text(JsonElement element, string field) => element.GetProperty(field).ToString();
}
