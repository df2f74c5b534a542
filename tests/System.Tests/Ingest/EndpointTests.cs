using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace LStep.System.Tests.Ingest;

public class EndpointTests(LStepHostFixture fixture) : IClassFixture<LStepHostFixture>
{
    private readonly LStepHost host = fixture.Host;
    private readonly IngestClient client = new(fixture.Host.Address, fixture.Host.WriteKey);

    [Theory]
    [InlineData("track", """{"userId":"paths","messageId":"track","event":"Login"}""")]
    [InlineData("t", """{"userId":"paths","messageId":"t","event":"Login"}""")]
    [InlineData("identify", """{"userId":"paths","messageId":"identify","traits":{"plan":"Pro"}}""")]
    [InlineData("i", """{"userId":"paths","messageId":"i"}""")]
    [InlineData("page", """{"userId":"paths","messageId":"page","name":"Home"}""")]
    [InlineData("p", """{"userId":"paths","messageId":"p"}""")]
    [InlineData("screen", """{"userId":"paths","messageId":"screen","name":"Home"}""")]
    [InlineData("s", """{"userId":"paths","messageId":"s"}""")]
    [InlineData("group", """{"userId":"paths","messageId":"group","groupId":"g"}""")]
    [InlineData("g", """{"userId":"paths","messageId":"g"}""")]
    [InlineData("alias", """{"userId":"paths","messageId":"alias","previousId":"before"}""")]
    [InlineData("a", """{"userId":"paths","messageId":"a","previousId":"before"}""")]
    [InlineData("batch", """{"batch":[{"type":"track","userId":"paths","messageId":"batch","event":"Login"}]}""")]
    [InlineData("b", """{"batch":[{"type":"track","userId":"paths","messageId":"b","event":"Login"}]}""")]
    [InlineData("import", """{"batch":[{"type":"track","userId":"paths","messageId":"import","event":"Login"}]}""")]
    public async Task Every_endpoint_answers_after_the_commit(string path, string body)
    {
        (await client.Post($"/v1/{path}", body)).Succeeded();
        Assert.Contains(path, await host.Database.Log("paths"));
    }

    [Fact]
    public async Task The_key_may_stand_in_the_header_the_body_or_the_message()
    {
        static void NoHeader(HttpRequestMessage request) => request.Headers.Authorization = null;

        var key = host.WriteKey;
        (await client.Post("/v1/track", """{"userId":"keys","event":"Login"}""")).Succeeded();
        (await client.Post("/v1/track", $$"""{"userId":"keys","event":"Login","writeKey":"{{key}}"}""", NoHeader)).Succeeded();
        (await client.Post("/v1/batch", $$"""{"batch":[],"writeKey":"{{key}}"}""", NoHeader)).Succeeded();
        (await client.Post("/v1/b", $$"""{"batch":[{"type":"track","userId":"keys","event":"Login","writeKey":"{{key}}"}]}""", NoHeader))
            .Succeeded();
        // One good key of the two suffices.
        (await client.Post(
            "/v1/track", $$"""{"userId":"keys","event":"Login","writeKey":"{{key}}"}""", request =>
                request.Headers.Authorization = IngestClient.Basic("none"))).Succeeded();
        (await client.Post("/v1/track", """{"userId":"keys","event":"Login","writeKey":"none"}""")).Succeeded();
        foreach (var foreign in new[] { "Bearer of-something-else", "Basic !!", "Digest username=u", "Basic bm9uZTpub25l, Basic eA==" })
            (await client.Post(
                "/v1/b", $$"""{"batch":[{"type":"track","userId":"keys","event":"Login","writeKey":"{{key}}"}],"writeKey":"none"}""",
                request =>
                {
                    request.Headers.Authorization = null;
                    request.Headers.TryAddWithoutValidation("Authorization", foreign);
                })).Succeeded();
    }

    [Theory]
    [InlineData("Basic bm9uZTo=", "{}")]
    [InlineData("Basic !!", "{}")]
    [InlineData("Bearer x", "{}")]
    [InlineData(null, """{"writeKey":"none"}""")]
    [InlineData(null, """{"writeKey":""}""")]
    [InlineData(null, """{"writeKey":7}""")]
    [InlineData(null, """{"writeKey":"\ud800\u0000"}""")]
    [InlineData(null, "{}")]
    public async Task Without_a_valid_key_the_answer_is_401(string? authorization, string body)
    {
        var reply = await client.Post("/v1/track", body, request =>
        {
            request.Headers.Authorization = null;
            if (authorization is not null) request.Headers.TryAddWithoutValidation("Authorization", authorization);
        });
        Assert.Equal(
            (HttpStatusCode.Unauthorized, "bad_write_key", "application/problem+json"), (reply.Status, reply.Code, reply.ContentType));
    }

    [Fact]
    public async Task Refused_events_are_listed_kept_and_do_not_hold_up_the_others()
    {
        var reply = await client.Batch(
            """{"type":"track","userId":"partly","messageId":"partly-1","event":"Login"}""",
            """{"type":"track","userId":"partly","messageId":"partly-2","event":"Quiz Completed","properties":{"score":101}}""",
            """{"type":"track","messageId":"partly-3","event":"Login"}""",
            """{"type":"track","userId":"partly","messageId":"partly-4","event":"Login"}""");
        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.True(reply.Json.GetProperty("success").GetBoolean());
        Assert.Equal(
            [(1, "partly-2", "score_out_of_range"), (2, "partly-3", "no_id")],
            reply.Json.GetProperty("rejected").EnumerateArray().Select(
                r => (r.GetProperty("index").GetInt32(), r.GetProperty("messageId").GetString(), r.GetProperty("code").GetString())));
        Assert.Equal(["partly-1", "partly-4"], await host.Database.Log("partly"));
        Assert.Equal(["score_out_of_range partly-2 partly"], await host.Database.Rejected("partly-2"));
        Assert.Equal(["no_id partly-3"], await host.Database.Rejected("partly-3"));
    }

    [Fact]
    public async Task Strict_answers_every_item_in_its_order()
    {
        string[] messages =
        [
            """{"type":"track","userId":"strict","messageId":"strict-1","event":"Login"}""",
            """{"type":"track","userId":"strict","messageId":"strict-1","event":"Login"}""",
            """{"type":"track","messageId":"strict-2","event":"Login"}""",
            """{"type":"track","anonymousId":"strict-a","messageId":"strict-3","event":"Login"}""",
            """{"type":"track","anonymousId":"strict-a","messageId":"strict-3","event":"Login"}""",
        ];
        var reply = await client.Post("/v1/batch?strict=1", $$"""{"batch":[{{string.Join(',', messages)}}]}""");
        Assert.Equal(HttpStatusCode.MultiStatus, reply.Status);
        Assert.Equal(
            ["0 200 ", "1 200 dup", "2 400 no_id", "3 200 ", "4 200 dup"],
            reply.Json.GetProperty("items").EnumerateArray().Select(item =>
                $"{item.GetProperty("index")} {item.GetProperty("status")} "
                    + $"{(item.TryGetProperty("duplicate", out _) ? "dup" : item.GetProperty("code").GetString())}"));
    }

    [Fact]
    public async Task A_single_message_that_is_refused_is_a_400_and_kept()
    {
        var reply = await client.Post("/v1/track", """{"userId":"u","messageId":"single-bad","event":"Login","timestamp":"then"}""");
        Assert.Equal((HttpStatusCode.BadRequest, "unreadable_date"), (reply.Status, reply.Code));
        Assert.Single(await host.Database.Rejected("single-bad"));
    }

    [Fact]
    public async Task A_repeat_is_acknowledged_and_changes_nothing()
    {
        const string Message = """{"type":"track","userId":"repeat","messageId":"repeat-1","event":"Login"}""";
        (await client.Batch(Message)).Succeeded();
        (await client.Batch(Message, Message)).Succeeded();
        Assert.Equal(["repeat-1"], await host.Database.Log("repeat"));
    }

    [Theory]
    [InlineData("[]", "malformed")]
    [InlineData("", "malformed")]
    [InlineData("{}", "missing_batch")]
    public async Task A_malformed_body_is_a_400_with_a_code(string body, string code)
    {
        var reply = await client.Post("/v1/batch", body);
        Assert.Equal((HttpStatusCode.BadRequest, code, "application/problem+json"), (reply.Status, reply.Code, reply.ContentType));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain;charset=UTF-8")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("nonsense")]
    public async Task The_content_type_does_not_matter(string? type) =>
        (await client.Post("/v1/batch", """{"batch":[]}""", request =>
        {
            request.Content!.Headers.ContentType = null;
            if (type is not null) request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        })).Succeeded();

    [Fact]
    public async Task A_page_of_any_site_may_send_and_read_the_answer()
    {
        var preflight = new HttpRequestMessage(HttpMethod.Options, "/v1/t");
        preflight.Headers.Add("Origin", "https://school.example");
        preflight.Headers.Add("Access-Control-Request-Method", "POST");
        preflight.Headers.Add("Access-Control-Request-Headers", "authorization,x-retry-count");
        var allowed = await client.Send(preflight);
        Assert.Equal(HttpStatusCode.NoContent, allowed.Status);
        Assert.Equal("https://school.example", Assert.Single(allowed.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Equal("authorization,x-retry-count", Assert.Single(allowed.Headers.GetValues("Access-Control-Allow-Headers")));
        Assert.Equal("true", Assert.Single(allowed.Headers.GetValues("Access-Control-Allow-Credentials")));
        Assert.Equal("7200", Assert.Single(allowed.Headers.GetValues("Access-Control-Max-Age")));

        var refused = await client.Post("/v1/t", "[", request => request.Headers.Add("Origin", "https://school.example"));
        Assert.Equal("https://school.example", Assert.Single(refused.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Equal("Retry-After,X-RateLimit-Reset", Assert.Single(refused.Headers.GetValues("Access-Control-Expose-Headers")));
        Assert.Equal("Origin", Assert.Single(refused.Headers.GetValues("Vary")));

        var unknown = new HttpRequestMessage(HttpMethod.Get, "/v1/projects/none/settings")
        {
            Headers = { { "Origin", "https://school.example" } },
        };
        var unauthorized = await client.Send(unknown);
        Assert.Equal((HttpStatusCode.Unauthorized, "bad_write_key"), (unauthorized.Status, unauthorized.Code));
        Assert.Equal("https://school.example", Assert.Single(unauthorized.Headers.GetValues("Access-Control-Allow-Origin")));
    }

    [Fact]
    public async Task The_browser_is_told_to_send_here_and_nowhere_else()
    {
        var reply = await client.Send(new HttpRequestMessage(HttpMethod.Get, $"/v1/projects/{host.WriteKey}/settings"));
        var integrations = reply.Json.GetProperty("integrations");
        var own = Assert.Single(integrations.EnumerateObject());
        Assert.Equal("Segment.io", own.Name);
        Assert.Equal(host.WriteKey, own.Value.GetProperty("apiKey").GetString());
        Assert.Equal($"{host.Address.Authority}/v1", own.Value.GetProperty("apiHost").GetString());
        Assert.Equal("http", own.Value.GetProperty("protocol").GetString());
        Assert.Equal(
            HttpStatusCode.Unauthorized, (await client.Send(new HttpRequestMessage(HttpMethod.Get, "/v1/projects/none/settings"))).Status);
    }
}
