using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LStep.Grains.Operations.Verifying;
using LStep.Grains.Rules;
using LStep.System.Tests.Ingest;
using Microsoft.Extensions.DependencyInjection;

namespace LStep.System.Tests.Events;

public sealed class EventCatalogueTests(LStepHostFixture fixture) : IClassFixture<LStepHostFixture>
{
    private readonly LStepHost host = fixture.Host;
    private readonly IngestClient client = new(fixture.Host.Address, fixture.Host.WriteKey);

    [Fact]
    public async Task A_name_is_listed_once_however_it_is_written_with_how_often_it_came()
    {
        await Send("Certificate Framed", "certificate_framed", "CERTIFICATE-FRAMED");
        var entry = await Entry("Certificate Framed");
        Assert.Equal(
            ("Certificate Framed", 3, "other", true, "unknown"),
            (entry.Text("name"), entry.GetProperty("count").GetInt32(), entry.Text("activity"),
                entry.GetProperty("learnerActivity").GetBoolean(), entry.Text("decidedBy")));
        Assert.True(entry.GetProperty("firstSeenAt").GetDateTimeOffset() <= entry.GetProperty("lastSeenAt").GetDateTimeOffset());
        await Send("Certificate Framed");
        Assert.Equal(4, (await Entry("Certificate Framed")).GetProperty("count").GetInt32());
    }

    [Theory]
    [InlineData("Quiz Completed", "assessment_taken", true, "table")]
    [InlineData("Email Opened", "message_opened", false, "table")]
    [InlineData("Payment Failed", "payment_failed", false, "table")]
    [InlineData("Invoice Sent", "no_activity", false, "rule")]
    [InlineData("InvoiceSent", "no_activity", false, "rule")]
    [InlineData("invoicesent", "other", true, "unknown")]
    [InlineData("Sticker Collected", "other", true, "unknown")]
    public async Task It_says_what_a_name_counts_as_and_who_says_so(string name, string activity, bool learner, string by)
    {
        await Send(name);
        var entry = await Entry(name);
        Assert.Equal(
            (activity, learner, by),
            (entry.Text("activity"), entry.GetProperty("learnerActivity").GetBoolean(), entry.Text("decidedBy")));
    }

    [Fact]
    public async Task An_unknown_name_that_is_close_to_a_known_one_is_shown_with_the_suggestion()
    {
        await Send("Module Finished", "Module Completed", "Balloon Popped");
        var suggestion = (await Entry("Module Finished")).GetProperty("suggestion");
        Assert.Equal(("Module Completed", "module_completed"), (suggestion.Text("name"), suggestion.Text("activity")));
        var suggested = (await host.Get("/api/events?show=suggested&limit=500")).GetProperty("items").EnumerateArray().ToList();
        Assert.Contains(suggested, one => one.Text("name") == "Module Finished");
        Assert.DoesNotContain(suggested, one => one.Text("name") is "Module Completed" or "Balloon Popped");
    }

    [Fact]
    public async Task A_mapped_name_counts_from_then_on_and_what_is_in_the_log_stays()
    {
        await SendAs("mapped", "Chapter Read");
        var entry = await Put("chapter-read", new { activity = "lesson_completed" });
        Assert.Equal(("lesson_completed", "operator"), (entry.Text("activity"), entry.Text("decidedBy")));
        Assert.Equal("first admin", entry.Text("changedBy"));
        Assert.NotEqual(JsonValueKind.Null, entry.GetProperty("changedAt").ValueKind);

        await SendAs("mapped", "chapterRead");
        Assert.Equal(1, (await Metrics("mapped")).GetProperty("lessons_completed").GetInt32());
        Assert.Equal(["LessonCompleted chapterRead", "Other Chapter Read"], await host.Database.Events("mapped"));

        await Put("Chapter Read", new { activity = "no_activity" });
        await SendAs("mapped", "Chapter Read");
        using var answer = await host.Client.DeleteAsync("/api/events/Chapter%20Read");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await SendAs("mapped", "Chapter Read");
        Assert.Equal(1, (await Metrics("mapped")).GetProperty("lessons_completed").GetInt32());
        Assert.Equal(
            ["LessonCompleted chapterRead", "NoActivity Chapter Read", "Other Chapter Read", "Other Chapter Read"],
            await host.Database.Events("mapped"));
        Assert.True((await Verified()).Same);
    }

    [Fact]
    public async Task A_name_that_is_taken_out_makes_no_session_and_no_activity()
    {
        await SendAs("someone else", "Nightly Export Ran");
        await Put("Nightly Export Ran", new { learnerActivity = false });
        await SendAs("taken out", "Nightly Export Ran");
        var customer = await host.Get("/api/customers/taken%20out");
        Assert.Equal(JsonValueKind.Null, customer.GetProperty("lastActivityAt").ValueKind);
        Assert.Equal(0, customer.GetProperty("metrics").GetProperty("sessions_7d").GetInt32());
    }

    [Fact]
    public async Task A_name_of_the_table_may_be_taken_out_and_one_of_a_rule_made_an_activity()
    {
        await Send("Video Played", "Trial Lesson Watched");
        await Put("video played", new { activity = "no_activity" });
        await Put("Trial Lesson Watched", new { learnerActivity = true });
        await SendAs("both", "Video Played", "Trial Lesson Watched");
        Assert.Equal(["NoActivity Video Played", "Other Trial Lesson Watched"], await host.Database.Events("both"));
        using var answer = await host.Client.DeleteAsync("/api/events/Video%20Played");
        Assert.Equal("table", JsonElement.Parse(await answer.Content.ReadAsStringAsync()).Text("decidedBy"));
    }

    [Fact]
    public async Task Who_decided_what_about_a_name_is_in_the_audit_log()
    {
        await Send("Badge Polished");
        await Put("badge polished", new { activity = "comment" });
        await Put("BadgePolished", new { learnerActivity = false });
        using var answer = await host.Client.DeleteAsync("/api/events/Badge-Polished");
        var lines = (await host.Get("/api/audit?limit=500")).GetProperty("items").EnumerateArray().Reverse()
            .Where(line => line.Text("target") == "Badge Polished").ToList();
        Assert.Equal(
            [
                ("event.decided", "null", """{"activity":"comment"}"""),
                ("event.decided", """{"activity":"comment"}""", """{"activity":"no_activity"}"""),
                ("event.undecided", """{"activity":"no_activity"}""", "null"),
            ],
            lines.Select(line => (line.Text("action")!, Raw(line, "before"), Raw(line, "after"))));
        Assert.All(lines, line => Assert.Equal("first admin", line.Text("who")));
    }

    [Theory]
    [InlineData("""{"activity":"juggling"}""", 422, "bad_activity")]
    [InlineData("""{"activity":"Lesson Completed"}""", 422, "bad_activity")]
    [InlineData("""{"activity":"identify"}""", 422, "bad_activity")]
    [InlineData("""{"activity":""}""", 422, "bad_activity")]
    [InlineData("{}", 422, "bad_activity")]
    [InlineData("""{"activity":"lesson_completed","learnerActivity":false}""", 422, "contradiction")]
    [InlineData("""{"activity":"payment","learnerActivity":true}""", 422, "contradiction")]
    [InlineData("""{"activity":7}""", 400, "bad_json")]
    [InlineData("""{"learnerActivity":"no"}""", 400, "bad_json")]
    [InlineData("""{"meaning":"other"}""", 400, "bad_json")]
    [InlineData("null", 400, "bad_request")]
    [InlineData("", 400, "bad_request")]
    public async Task A_wrong_decision_is_refused_with_its_reason(string body, int status, string code)
    {
        await Send("Wrong Decision");
        using var answer = await host.Client.PutAsync(
            "/api/events/Wrong%20Decision", new StringContent(body, global::System.Text.Encoding.UTF8, "application/json"));
        var problem = JsonElement.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal((status, code), ((int)answer.StatusCode, problem.Text("code")));
        Assert.Equal("unknown", (await Entry("Wrong Decision")).Text("decidedBy"));
    }

    [Theory]
    [InlineData("Never%20Seen")]
    [InlineData("%20")]
    [InlineData("---")]
    [InlineData("%F0%9F%8F%86")]
    public async Task A_name_that_was_never_seen_is_404(string name)
    {
        using var put = await host.Client.PutAsJsonAsync($"/api/events/{name}", new { activity = "other" });
        Assert.Equal(HttpStatusCode.NotFound, put.StatusCode);
        using var delete = await host.Client.DeleteAsync($"/api/events/{name}");
        Assert.Equal(HttpStatusCode.NotFound, delete.StatusCode);
    }

    [Theory]
    [InlineData("?#+& ü🏆")]
    [InlineData("100% done")]
    [InlineData("it's \"quoted\" <b>")]
    public async Task Any_name_can_be_addressed(string name)
    {
        await Send(name);
        Assert.Equal(name, (await Put(name, new { activity = "comment" })).Text("name"));
    }

    [Fact]
    public async Task A_long_name_is_known_by_its_beginning()
    {
        var begins = "Long " + string.Concat(Enumerable.Repeat("🏆 ", 60));
        await Send(begins + "one", begins + "two");
        var entry = await Entry("Long 🏆");
        Assert.Equal(2, entry.GetProperty("count").GetInt32());
        Assert.InRange(entry.Text("name")!.Length, 98, 100);
        Assert.Equal("operator", (await Put(entry.Text("name")!, new { activity = "other" })).Text("decidedBy"));
        Assert.Equal("operator", (await Put(begins + "three", new { activity = "other" })).Text("decidedBy"));
    }

    [Fact]
    public async Task Only_what_was_taken_is_counted_and_a_repeat_is_not()
    {
        const string Message = """{"type":"track","userId":"counted","messageId":"counted-1","event":"Counted Once"}""";
        await client.Batch(
            Message, Message, """{"type":"track","event":"Counted Once"}""", """{"type":"track","userId":"c","event":" -_"}""");
        (await client.Batch(Message, """{"type":"track","anonymousId":"somebody","event":"Counted Once"}""")).Succeeded();
        Assert.Equal(2, (await Entry("Counted Once")).GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task Pages_follow_each_other_and_parts_of_names_are_found()
    {
        await Send([.. Enumerable.Range(0, 7).SelectMany(n => Enumerable.Repeat($"Paged {n}", n + 1))]);
        var names = new List<string>();
        for (string? next = ""; next is not null;)
        {
            var page = await host.Get($"/api/events?q=PAGED_&limit=3{(next == "" ? "" : $"&cursor={next}")}");
            names.AddRange(page.GetProperty("items").EnumerateArray().Select(one => one.Text("name")!));
            next = page.Text("next");
        }
        Assert.Equal(Enumerable.Range(0, 7).Reverse().Select(n => $"Paged {n}"), names);
    }

    private Task Send(params string[] names) => SendAs("learner of names", names);

    private async Task SendAs(string userId, params string[] names) => (await client.Batch(
        [.. names.Select(name => JsonSerializer.Serialize(new { type = "track", userId, @event = name }))])).Succeeded();

    private async Task<JsonElement> Entry(string name) => Assert.Single(
        (await host.Get($"/api/events?limit=500&q={Uri.EscapeDataString(name)}")).GetProperty("items").EnumerateArray());

    private async Task<JsonElement> Put(string name, object decision)
    {
        using var answer = await host.Client.PutAsJsonAsync($"/api/events/{Uri.EscapeDataString(name)}", decision);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonElement.Parse(text);
    }

    private static string Raw(JsonElement line, string field) => line.GetProperty(field).GetRawText().Replace(" ", "");

    private async Task<JsonElement> Metrics(string id) => (await host.Get($"/api/customers/{id}")).GetProperty("metrics");

    private Task<VerifyResult> Verified() =>
        host.Services.GetRequiredService<Verify>().Run(host.Services.GetRequiredService<RulebookSource>().Current, host.Now);
}

internal static class JsonTexts
{
    public static string? Text(this JsonElement element, string field) => element.GetProperty(field).GetString();
}
