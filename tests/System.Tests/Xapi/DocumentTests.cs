using System.Net;
using static LStep.System.Tests.Xapi.XapiClient;

namespace LStep.System.Tests.Xapi;

/// <summary>What players keep of learners and activities, and who may overwrite it.</summary>
public sealed class DocumentTests(LStepHostFixture fixture) : IClassFixture<LStepHostFixture>
{
    private readonly XapiClient xapi = new(fixture.Host.Address, fixture.Host.WriteKey);
    private readonly XapiClient second = new(fixture.Host.Address, fixture.Host.WriteKey, "2.0.0");

    private static string State(string learner, string? id, string? registration = null) =>
        $"activities/state?activityId={Uri.EscapeDataString("https://d.example/course")}"
        + $"&agent={Uri.EscapeDataString(Account(learner).ToJsonString())}"
        + (id is null ? "" : $"&stateId={id}") + (registration is null ? "" : $"&registration={registration}");

    private static string Profile(string learner, string id) =>
        $"agents/profile?agent={Uri.EscapeDataString(Account(learner).ToJsonString())}&profileId={id}";

    [Fact]
    public async Task A_state_is_kept_merged_listed_and_deleted()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await xapi.Send(HttpMethod.Get, State("d-ada", "bookmark"), null)).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await xapi.Send(HttpMethod.Put, State("d-ada", "bookmark"), """{"a":1,"b":{"c":2}}""")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await xapi.Send(HttpMethod.Post, State("d-ada", "bookmark"), """{"b":{"d":3},"e":"ß"}""")).Status);
        var read = await xapi.Send(HttpMethod.Get, State("d-ada", "bookmark"), null);
        Assert.Equal("""{"a":1,"b":{"d":3},"e":"ß"}""", read.Text);
        Assert.Equal("\"9cf4cad2d1cb25ce2a8ab2d824ced7e52dc28d10\"", read.ETag);
        Assert.Equal(HttpStatusCode.NoContent, (await xapi.Send(HttpMethod.Put, State("d-ada", "suspend"), "0101", "text/plain")).Status);
        Assert.Equal(["bookmark", "suspend"], (await xapi.Send(HttpMethod.Get, State("d-ada", null), null)).Ids);
        Assert.Equal(HttpStatusCode.NoContent, (await xapi.Send(HttpMethod.Delete, State("d-ada", "suspend"), null)).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await xapi.Send(HttpMethod.Delete, State("d-ada", null), null)).Status);
        Assert.Empty((await xapi.Send(HttpMethod.Get, State("d-ada", null), null)).Ids);
    }

    [Fact]
    public async Task States_of_registrations_are_apart()
    {
        const string Registration = "1d0a6c9e-66a4-4fd0-8d4f-9a1d6d6f3a10";
        await xapi.Send(HttpMethod.Put, State("d-reg", "bookmark"), "1", "text/plain");
        await xapi.Send(HttpMethod.Put, State("d-reg", "bookmark", Registration), "2", "text/plain");
        Assert.Equal("1", (await xapi.Send(HttpMethod.Get, State("d-reg", "bookmark"), null)).Text);
        Assert.Equal("2", (await xapi.Send(HttpMethod.Get, State("d-reg", "bookmark", Registration), null)).Text);
        await xapi.Send(HttpMethod.Delete, State("d-reg", null, Registration), null);
        Assert.Equal("1", (await xapi.Send(HttpMethod.Get, State("d-reg", "bookmark"), null)).Text);
    }

    [Fact]
    public async Task Who_has_not_seen_what_is_there_does_not_overwrite_it()
    {
        var path = Profile("d-guard", "likes");
        var blind = await xapi.Send(HttpMethod.Put, path, """{"a":1}""");
        Assert.Equal((HttpStatusCode.BadRequest, "precondition_needed"), (blind.Status, blind.Code));
        Assert.Equal(HttpStatusCode.NoContent, (await xapi.Send(HttpMethod.Put, path, """{"a":1}""", headers: ("If-None-Match", "*"))).Status);
        Assert.Equal(
            HttpStatusCode.PreconditionFailed, (await xapi.Send(HttpMethod.Put, path, "{}", headers: ("If-None-Match", "*"))).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await xapi.Send(HttpMethod.Put, path, "{}")).Status);
        Assert.Equal(
            HttpStatusCode.PreconditionFailed, (await xapi.Send(HttpMethod.Delete, path, null, headers: ("If-Match", "\"old\""))).Status);
        var tag = (await xapi.Send(HttpMethod.Get, path, null)).ETag;
        Assert.Equal(HttpStatusCode.NoContent, (await xapi.Send(HttpMethod.Put, path, """{"a":2}""", headers: ("If-Match", tag))).Status);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await xapi.Send(HttpMethod.Post, path, """{"a":3}""", headers: ("If-Match", tag))).Status);
        Assert.Equal("""{"a":2}""", (await xapi.Send(HttpMethod.Get, path, null)).Text);
    }

    [Fact]
    public async Task Of_two_who_replace_the_same_document_at_once_one_is_told()
    {
        await second.Send(HttpMethod.Put, State("d-race", "bookmark"), "0", "text/plain");
        var tag = (await second.Send(HttpMethod.Get, State("d-race", "bookmark"), null)).ETag;
        var replies = await Task.WhenAll(Enumerable.Range(1, 8).Select(
            number => second.Send(HttpMethod.Put, State("d-race", "bookmark"), number.ToString(), "text/plain", ("If-Match", tag))));
        Assert.Single(replies, reply => reply.Status == HttpStatusCode.NoContent);
        Assert.Equal(7, replies.Count(reply => reply.Status == HttpStatusCode.PreconditionFailed));
        Assert.Equal(HttpStatusCode.Conflict, (await second.Send(HttpMethod.Put, State("d-race", "bookmark"), "9", "text/plain")).Status);
    }

    [Theory]
    [InlineData("{", "application/json", "malformed")]
    [InlineData("[1]", "application/json", "not_an_object")]
    [InlineData("text", "text/plain", "not_json")]
    [InlineData("x", "no type", "bad_media_type")]
    public async Task What_cannot_be_merged_leaves_what_is_there(string body, string type, string code)
    {
        var path = State("d-merge", "m-" + code);
        await xapi.Send(HttpMethod.Put, path, """{"a":1}""");
        var reply = await xapi.Send(HttpMethod.Post, path, body, type);
        Assert.Equal((HttpStatusCode.BadRequest, code), (reply.Status, reply.Code));
        Assert.Equal("""{"a":1}""", (await xapi.Send(HttpMethod.Get, path, null)).Text);
    }

    [Fact]
    public async Task A_document_is_bounded_and_no_browser_runs_it_as_a_page_of_ours()
    {
        var large = await xapi.Send(HttpMethod.Put, State("d-large", "a"), new string('x', 300_000), "text/plain");
        Assert.Equal((HttpStatusCode.BadRequest, "document_too_large"), (large.Status, large.Code));
        await xapi.Send(HttpMethod.Put, State("d-page", "a"), "<script>alert(1)</script>", "text/html");
        var page = await xapi.Send(HttpMethod.Get, State("d-page", "a"), null);
        Assert.Equal("text/html", page.Message.Content.Headers.ContentType!.MediaType);
        Assert.Contains("sandbox", page.Message.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", page.Message.Headers.GetValues("X-Content-Type-Options").Single());
    }
}
