using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LStep.Grains.Operations.Verifying;
using LStep.Grains.People;
using LStep.Grains.Rules;
using Microsoft.Extensions.DependencyInjection;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Reviews;

/// <summary>What people decide about reviews over the API, and what stays of it.</summary>
public sealed class DecideTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Begin = new(2026, 3, 4, 10, 0, 0, TimeSpan.Zero);

    private LStepHost host = null!;

    public async Task InitializeAsync() => host = await LStepHost.Start(Begin);

    public async Task DisposeAsync()
    {
        var services = host.Services;
        var verified = await services.GetRequiredService<Verify>().Run(services.GetRequiredService<RulebookSource>().Current, host.Now);
        await host.DisposeAsync();
        Assert.Equal([], verified.Differences);
    }

    [Fact]
    public async Task An_approved_review_moves_the_customer_and_names_who_approved_it_everywhere()
    {
        var review = await Silent("silent");
        var decided = await Send("POST", $"/api/reviews/{review}/approve", new { note = "call her" });

        Assert.Equal(HttpStatusCode.OK, decided.Code);
        Assert.Equal(("approved", "first admin", "call her"), (
            Text(decided.Body, "status"), Text(decided.Body, "decidedBy"), Text(decided.Body, "note")));
        var customer = await host.Get("/api/customers/silent");
        Assert.Equal(("ST_004", JsonValueKind.Null), (Text(customer, "tag"), customer.GetProperty("openReview").ValueKind));
        var row = customer.GetProperty("recentTransitions")[0];
        Assert.Equal(("manual:first admin", "approved"), (Text(row, "assignedBy"), Text(row, "kind")));
        Assert.Equal(decided.Body.GetProperty("transitionId").GetInt64(), row.GetProperty("id").GetInt64());
        var audit = (await host.Get("/api/audit")).GetProperty("items")[0];
        Assert.Equal(("review.approved", review, "call her", "ST_001", "ST_004"), (
            Text(audit, "action"), Text(audit, "target"), Text(audit, "reason"), Text(audit.GetProperty("before"), "tag"),
            Text(audit.GetProperty("after"), "tag")));
    }

    [Fact]
    public async Task A_rejected_move_stays_away_and_the_review_is_closed_for_good()
    {
        var review = await Silent("silent");
        Assert.Equal("rejected", Text((await Send("POST", $"/api/reviews/{review}/reject", null)).Body, "status"));

        var again = await Send("POST", $"/api/reviews/{review}/approve", new { });
        Assert.Equal((HttpStatusCode.Conflict, "review_closed"), (again.Code, Text(again.Body, "code")));
        Assert.StartsWith("first admin has rejected it", Text(again.Body, "detail"), StringComparison.Ordinal);
        await host.MoveClock(Begin.AddDays(10));
        Assert.Equal("ST_001", Text(await host.Get("/api/customers/silent"), "tag"));
        Assert.Equal("rejected", Text(await host.Get("/api/customers/silent/evaluation"), "held"));
    }

    [Fact]
    public async Task Of_many_who_decide_at_once_one_wins_and_the_others_hear_what_happened()
    {
        var review = await Silent("silent");
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(
            at => Send("POST", $"/api/reviews/{review}/{(at % 2 == 0 ? "approve" : "reject")}", new { note = $"by {at}" })));

        Assert.Single(answers, answer => answer.Code == HttpStatusCode.OK);
        Assert.Equal(11, answers.Count(answer => answer.Code == HttpStatusCode.Conflict && Text(answer.Body, "code") == "review_closed"));
        Assert.Single((await host.Get("/api/audit")).GetProperty("items").EnumerateArray(), entry =>
            Text(entry, "action").StartsWith("review.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_review_whose_ground_is_gone_is_withdrawn_and_not_applied()
    {
        var review = await Silent("silent");
        await host.Post(Track("silent", "Lesson Completed", host.Now, new { lessonId = "l2" }, "back"));
        var late = await Send("POST", $"/api/reviews/{review}/approve", new { });
        Assert.Equal((HttpStatusCode.Conflict, "It was withdrawn"), (late.Code, Text(late.Body, "detail")[..16]));
        Assert.Equal("ST_001", Text(await host.Get("/api/customers/silent"), "tag"));
    }

    [Fact]
    public async Task Several_are_decided_each_for_itself()
    {
        string[] open = [await Silent("one"), (await Open("two")), (await Open("three"))];
        await Send("POST", $"/api/reviews/{open[0]}/reject", null);
        var unknown = "00000000-0000-0000-0000-000000000001";

        var bulk = await Send("POST", "/api/reviews/bulk", new { ids = open.Append(unknown), decision = "approve", note = "all of them" });
        Assert.Equal(HttpStatusCode.OK, bulk.Code);
        Assert.Equal(
            [(open[0], "rejected", "review_closed"), (open[1], "approved", null), (open[2], "approved", null), (
                unknown, null, "not_found")],
            bulk.Body.GetProperty("items").EnumerateArray().Select(item => (
                Text(item, "id"), item.GetProperty("status").GetString(),
                item.TryGetProperty("code", out var code) ? code.GetString() : null)));
    }

    [Fact]
    public async Task Who_looks_after_a_review_and_what_was_noted_stays_when_the_review_changes()
    {
        var review = await Silent("silent");
        var noted = await Send("PATCH", $"/api/reviews/{review}", new { assignee = "Sue", note = "on holiday" });
        Assert.Equal(("Sue", "on holiday", "open"), (
            Text(noted.Body, "assignee"), Text(noted.Body, "note"), Text(noted.Body, "status")));
        await Send("PATCH", $"/api/reviews/{review}", new { note = "" });
        var approved = (await Send("POST", $"/api/reviews/{review}/approve", new { })).Body;
        Assert.Equal(("Sue", JsonValueKind.Null), (Text(approved, "assignee"), approved.GetProperty("note").ValueKind));
        Assert.Equal(2, (await host.Get("/api/audit")).GetProperty("items").EnumerateArray().Count(
            entry => Text(entry, "action") == "review.annotated"));
    }

    [Theory]
    [InlineData("POST", "/api/reviews/not-an-id/approve", "{}", 404, "not_found")]
    [InlineData("POST", "/api/reviews/00000000-0000-0000-0000-000000000000/reject", "{}", 404, "not_found")]
    [InlineData("POST", "/api/reviews/bulk", """{"ids":[],"decision":"approve"}""", 422, "bad_value")]
    [InlineData("POST", "/api/reviews/bulk", """{"ids":["00000000-0000-0000-0000-000000000000"],"decision":"maybe"}""", 422, "bad_value")]
    [InlineData("POST", "/api/reviews/bulk", """{"decision":"approve"}""", 422, "bad_value")]
    [InlineData("POST", "/api/reviews/bulk", """{"ids":["x"],"decision":"approve"}""", 400, "bad_json")]
    [InlineData("PATCH", "/api/reviews/00000000-0000-0000-0000-000000000000", """{"asignee":"Sue"}""", 400, "bad_json")]
    [InlineData("PATCH", "/api/reviews/00000000-0000-0000-0000-000000000000", """{"note":"\u0000"}""", 422, "bad_character")]
    public async Task Wrong_requests_are_told_what_is_wrong(string method, string path, string body, int status, string code)
    {
        var answer = await Send(method, path, JsonElement.Parse(body));
        Assert.Equal((status, code), ((int)answer.Code, Text(answer.Body, "code")));
    }

    [Fact]
    public async Task A_viewer_decides_nothing_and_customer_success_does()
    {
        var tokens = host.Services.GetRequiredService<Tokens>();
        await tokens.Keep(ApiHost.ViewerToken, Role.Viewer, "Vic");
        await tokens.Keep(ApiHost.SuccessToken, Role.Success, "Sue");
        var review = await Silent("silent");
        foreach (var path in (string[])[$"{review}/approve", $"{review}/reject", "bulk", $"00000000-0000-0000-0000-000000000001/approve"])
            Assert.Equal(HttpStatusCode.Forbidden, (await Send("POST", $"/api/reviews/{path}", new { }, ApiHost.ViewerToken)).Code);
        var decided = await Send("POST", $"/api/reviews/{review}/approve", new { }, ApiHost.SuccessToken);
        Assert.Equal("Sue", Text(decided.Body, "decidedBy"));
    }

    /// <summary>Silent for three days: a review is open. Answers its id.</summary>
    private async Task<string> Silent(string id)
    {
        foreach (var one in new[] { id, "two", "three" })
            await host.Post(Identify(one, Begin, new { tier = "Enterprise" }), Track(one, "Lesson Completed", Begin));
        await host.MoveClock(Begin.AddDays(3));
        return await Open(id);
    }

    private async Task<string> Open(string id) => Text((await host.Get($"/api/customers/{id}")).GetProperty("openReview"), "id");

    private async Task<(HttpStatusCode Code, JsonElement Body)> Send(string method, string path, object? body, string? token = null)
    {
        using var request = new HttpRequestMessage(
            new HttpMethod(method), path) { Content = body is null ? null : JsonContent.Create(body) };
        if (token is not null) request.Headers.Authorization = new("Bearer", token);
        using var answer = await host.Client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, text.Length == 0 ? default : JsonElement.Parse(text));
    }

    private static string Text(JsonElement element, string field) => element.GetProperty(field).ToString();
}
