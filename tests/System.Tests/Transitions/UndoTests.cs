using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LStep.Grains.Operations.Verifying;
using LStep.Grains.Rules;
using Microsoft.Extensions.DependencyInjection;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Transitions;

/// <summary>Tags set by hand, and transitions taken back: one, a batch, a rule set version.</summary>
public sealed class UndoTests : IAsyncLifetime
{
    private const int Learners = 40;
    private const int Many = 10_000;
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
    public async Task A_tag_set_by_hand_stands_in_the_ledger_with_author_and_reason()
    {
        await Come(1);
        var set = await Send(
            "PUT", "/api/customers/u0/status", new { tag = "ST_003", reason = "passed the oral exam", lockedUntil = Begin.AddDays(3) });
        Assert.Equal((HttpStatusCode.OK, "ST_003", "2026-03-07T10:00:00.000Z"), (
            set.Code, Text(set.Body, "tag"), Text(set.Body, "lockedUntil")));
        var row = set.Body.GetProperty("recentTransitions")[0];
        Assert.Equal(("manual:first admin", "passed the oral exam", "override"), (
            Text(row, "assignedBy"), Text(row, "reason"), Text(row, "kind")));

        var same = await Send("PUT", "/api/customers/u0/status", new { tag = "ST_003", reason = "no lock" });
        Assert.Equal((HttpStatusCode.OK, 2, JsonValueKind.Null), (
            same.Code, same.Body.GetProperty("recentTransitions").GetArrayLength(), same.Body.GetProperty("lockedUntil").ValueKind));
    }

    [Theory]
    [InlineData("u0", """{"tag":"ST_002","reason":" "}""", 422, "required")]
    [InlineData("u0", """{"tag":"ST_002"}""", 422, "required")]
    [InlineData("u0", """{"tag":"ST_007","reason":"x"}""", 400, "bad_json")]
    [InlineData("u0", """{"reason":"x"}""", 422, "required")]
    [InlineData("u0", """{"tag":null,"reason":"x"}""", 422, "required")]
    [InlineData("u0", """{"tag":"ST_002","reason":"x","lockedUntil":"2026-03-04T10:00:00Z"}""", 422, "in_the_past")]
    [InlineData("u0", """{"tag":"ST_002","reason":"x","lockUntil":"2027-03-04T10:00:00Z"}""", 400, "bad_json")]
    [InlineData("nobody", """{"tag":"ST_002","reason":"x"}""", 404, "not_found")]
    public async Task A_wrong_override_is_told_what_is_wrong(string id, string body, int status, string code)
    {
        await Come(1);
        var answer = await Send("PUT", $"/api/customers/{id}/status", JsonElement.Parse(body));
        Assert.Equal((status, code), ((int)answer.Code, Text(answer.Body, "code")));
        if (id == "u0") Assert.Equal("ST_001", Text(await host.Get("/api/customers/u0"), "tag"));
    }

    [Fact]
    public async Task A_note_stands_in_the_timeline_in_the_name_of_its_author()
    {
        await Come(1);
        Assert.Equal(HttpStatusCode.Created, (await Send("POST", "/api/customers/u0/notes", new { text = "prefers the phone" })).Code);
        var first = (await host.Get("/api/customers/u0/timeline")).GetProperty("items")[0];
        Assert.Equal(("note", "first admin", "prefers the phone"), (
            Text(first, "kind"), Text(first.GetProperty("note"), "author"), Text(first.GetProperty("note"), "text")));
        Assert.Equal(HttpStatusCode.NotFound, (await Send("POST", "/api/customers/nobody/notes", new { text = "?" })).Code);
    }

    [Fact]
    public async Task An_undo_answers_the_row_that_takes_the_other_back()
    {
        await Come(1);
        var before = await host.Get("/api/customers/u0");
        await host.MoveClock(Begin.AddDays(5).AddHours(2));
        var moved = (await host.Get("/api/customers/u0")).GetProperty("recentTransitions")[0];
        var undone = await Send("POST", $"/api/transitions/{Text(moved, "id")}/undo", new { note = "she is on holiday" });

        Assert.Equal((HttpStatusCode.OK, Text(moved, "id"), "undo"), (
            undone.Code, Text(undone.Body, "undoes"), Text(undone.Body, "kind")));
        Assert.Equal(["cs_alert"], undone.Body.GetProperty("sent").EnumerateArray().Select(sent => Text(sent, "campaign")));
        var after = await host.Get("/api/customers/u0");
        Assert.Equal((Text(before, "tag"), Text(before, "tagSince")), (Text(after, "tag"), Text(after, "tagSince")));
        Assert.NotEqual(JsonValueKind.Null, after.GetProperty("recentTransitions")[1].GetProperty("undoneAt").ValueKind);
        Assert.Equal("already_undone", Text((await Send("POST", $"/api/transitions/{Text(moved, "id")}/undo", null)).Body, "code"));
        Assert.Equal("not_undoable", Text(
            (await Send("POST", $"/api/transitions/{Text(undone.Body, "id")}/undo", null)).Body, "code"));
        Assert.Equal(HttpStatusCode.NotFound, (await Send("POST", "/api/transitions/999999/undo", null)).Code);
    }

    [Fact]
    public async Task A_batch_is_taken_back_whole_but_for_those_who_moved_on()
    {
        await Come(Learners);
        var before = await Tags();
        var batch = await Decline();
        var declined = await Moved(batch);
        Assert.Equal(Learners, declined);
        await Send("PUT", "/api/customers/u3/status", new { tag = "ST_005", reason = "called" });

        var preview = await Send("POST", "/api/undo", new { batch, preview = true });
        Assert.Equal((Learners - 1, "u3"), (
            preview.Body.GetProperty("count").GetInt32(), Text(preview.Body.GetProperty("movedOn")[0], "customerId")));
        Assert.Equal("ST_004", Text(await host.Get("/api/customers/u0"), "tag"));

        var undone = await Send("POST", "/api/undo", new { batch });
        Assert.Equal((HttpStatusCode.OK, Learners - 1, 1), (
            undone.Code, undone.Body.GetProperty("count").GetInt32(), undone.Body.GetProperty("movedOn").GetArrayLength()));
        Assert.Equal("ST_005", (await Tags())["u3"].Tag);

        var rest = await Send("POST", $"/api/evaluations/{batch}/undo", new { cascade = true });
        Assert.Equal(2, rest.Body.GetProperty("count").GetInt32());
        Assert.Equal(before, await Tags());
        Assert.Equal(0, (await Send("POST", "/api/undo", new { batch })).Body.GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task Ten_thousand_transitions_of_a_batch_are_taken_back_exactly()
    {
        await Come(Many);
        var before = await Tags();
        var batch = await Decline();
        Assert.All((await Tags()).Values, now => Assert.Equal("ST_004", now.Tag));
        var undone = await Send("POST", "/api/undo", new { batch });
        Assert.Equal((Many, 0), (undone.Body.GetProperty("count").GetInt32(), undone.Body.GetProperty("movedOnCount").GetInt32()));
        Assert.Equal(before, await Tags());
    }

    [Fact]
    public async Task Everything_a_version_did_since_an_instant_is_taken_back()
    {
        await Come(3);
        await Decline();
        var since = Begin.AddDays(20);
        Assert.Equal(
            0, (await Send("POST", "/api/undo", new { ruleSetVersion = 1, since, preview = true })).Body.GetProperty("count").GetInt32());
        var undone = await Send("POST", "/api/undo", new { ruleSetVersion = 1, since = Begin });
        Assert.Equal(3, undone.Body.GetProperty("count").GetInt32());
        Assert.Equal("ST_001", Text(await host.Get("/api/customers/u2"), "tag"));
    }

    [Theory]
    [InlineData("{}", 422)]
    [InlineData("""{"batch":"a","ruleSetVersion":1}""", 422)]
    [InlineData("""{"batch":"eval_none"}""", 404)]
    [InlineData("""{"ruleSetVersion":99}""", 404)]
    [InlineData("""{"bach":"a"}""", 400)]
    public async Task A_wrong_undo_is_refused(string body, int status) =>
        Assert.Equal(status, (int)(await Send("POST", "/api/undo", JsonElement.Parse(body))).Code);

    private async Task Come(int learners)
    {
        foreach (var some in Enumerable.Range(0, learners).Chunk(500))
            await host.Post([.. some.Select(at => Track($"u{at}", "Lesson Completed", Begin, new { lessonId = "l1" }))]);
    }

    /// <summary>At the midnight behind five days of silence everybody moves to declining; answers the batch that did it.</summary>
    private async Task<string> Decline()
    {
        await Send("PUT", "/api/flags/realtime_evaluation_enabled", new { value = false });
        await host.MoveClock(Begin.AddDays(6));
        return Text((await host.Get("/api/customers/u0")).GetProperty("recentTransitions")[0], "batchId");
    }

    private async Task<int> Moved(string batch) =>
        (await host.Get("/api/transitions?limit=1000")).GetProperty("items").EnumerateArray().Count(row => Text(row, "batchId") == batch);

    private async Task<Dictionary<string, (string Tag, string Since)>> Tags()
    {
        var tags = new Dictionary<string, (string, string)>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await host.Get($"/api/customers?limit=500{(cursor.Length > 0 ? "&cursor=" + Uri.EscapeDataString(cursor) : "")}");
            foreach (var row in page.GetProperty("items").EnumerateArray())
                tags.Add(Text(row, "id"), (Text(row, "tag"), Text(row, "tagSince")));
            cursor = page.GetProperty("next").GetString();
        }
        return tags;
    }

    private async Task<(HttpStatusCode Code, JsonElement Body)> Send(string method, string path, object? body)
    {
        using var request = new HttpRequestMessage(
            new HttpMethod(method), path) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await host.Client.SendAsync(request);
        return (answer.StatusCode, JsonElement.Parse(await answer.Content.ReadAsStringAsync()));
    }

    private static string Text(JsonElement element, string field) => element.GetProperty(field).ToString();
}
