using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using static LStep.System.Tests.Xapi.XapiClient;

namespace LStep.System.Tests.Xapi;

/// <summary>What is no statement is told so, and nothing is kept of it.</summary>
public sealed class HostileStatementTests(LStepHostFixture fixture) : IClassFixture<LStepHostFixture>
{
    private readonly XapiClient xapi = new(fixture.Host.Address, fixture.Host.WriteKey);

    [Theory]
    [InlineData("", "malformed")]
    [InlineData("{", "malformed")]
    [InlineData("[", "malformed")]
    [InlineData("null", "null")]
    [InlineData("7", "wrong_type")]
    [InlineData("[[]]", "wrong_type")]
    [InlineData("{}", "missing")]
    [InlineData("""{"actor":{"mbox":"mailto:a@b.c"},"actor":{"mbox":"mailto:a@b.c"},"verb":{"id":"x:y"},"object":{"id":"x:y"}}""", "malformed")]
    [InlineData("""{"actor":{"mbox":"mailto:a@b.c","openid":"x:y"},"verb":{"id":"x:y"},"object":{"id":"x:y"}}""", "bad_agent")]
    [InlineData("""{"actor":{"mbox":"a@b.c"},"verb":{"id":"x:y"},"object":{"id":"x:y"}}""", "bad_mailto")]
    [InlineData("""{"actor":{"mbox":"mailto:a@b.c"},"verb":{"id":"completed"},"object":{"id":"x:y"}}""", "bad_iri")]
    [InlineData("""{"actor":{"mbox":"mailto:a@b.c"},"verb":{"id":"x:y"},"object":{"id":"x:y"},"more":1}""", "unknown_property")]
    [InlineData("""{"actor":{"mbox":"mailto:a@b.c"},"verb":{"id":"x:y"},"object":{"id":"x:y"},"id":"not-a-uuid"}""", "bad_uuid")]
    [InlineData("""{"actor":{"mbox":"mailto:a@b.c"},"verb":{"id":"x:y"},"object":{"id":"x:y"},"context":null}""", "null")]
    [InlineData("""{"actor":{"mbox":"mailto:a@b.c"},"verb":{"id":"x:y"},"object":{"id":"x:y"},"timestamp":"yesterday"}""", "bad_timestamp")]
    [InlineData("""{"actor":{"mbox":"mailto:a@b.c"},"verb":{"id":"x:y"},"object":{"id":"x:y"},"version":"2.0.0"}""", "bad_version")]
    [InlineData("""{"actor":{"mbox":"mailto:a@b.c"},"verb":{"id":"x:y"},"object":{"id":"x:y"},"result":{"score":{"scaled":2}}}""", "out_of_range")]
    [InlineData("""{"actor":{"mbox":"mailto:a@b.c"},"verb":{"id":"x:y"},"object":{"objectType":"SubStatement"}}""", "missing")]
    [InlineData("""{"actor":{"mbox":"mailto:a@b.c"},"verb":{"id":"http://adlnet.gov/expapi/verbs/voided"},"object":{"id":"x:y"}}""", "bad_value")]
    public async Task A_body_that_is_no_statement_is_refused(string body, string code)
    {
        var reply = await xapi.Send(HttpMethod.Post, "statements", body);
        Assert.Equal((HttpStatusCode.BadRequest, code), (reply.Status, reply.Code));
        Assert.Equal("application/problem+json", reply.Message.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("statements?statementId=7", "bad_uuid")]
    [InlineData("statements?StatementId=00000000-0000-4000-8000-000000000000", "unknown_parameter")]
    [InlineData("statements?agent=%7B", "malformed")]
    [InlineData("statements?agent=%5B%5D", "wrong_type")]
    [InlineData("statements?verb=completed", "bad_iri")]
    [InlineData("statements?limit=-1", "bad_number")]
    [InlineData("statements?limit=1&limit=2", "repeated")]
    [InlineData("statements?since=soon", "bad_timestamp")]
    [InlineData("statements?ascending=maybe", "bad_value")]
    [InlineData("statements?format=pretty", "bad_value")]
    [InlineData("statements?cursor=AAAA", "bad_cursor")]
    [InlineData("statements?statementId=00000000-0000-4000-8000-000000000000&limit=1", "bad_request")]
    [InlineData("agents?agent=%22ada%22", "wrong_type")]
    [InlineData("activities", "missing")]
    [InlineData("activities/state?stateId=a&agent=%7B%22mbox%22%3A%22mailto%3Aa%40b.c%22%7D", "missing")]
    public async Task A_question_that_is_none_is_refused(string path, string code)
    {
        var reply = await xapi.Send(HttpMethod.Get, path, null);
        Assert.Equal((HttpStatusCode.BadRequest, code), (reply.Status, reply.Code));
    }

    [Theory]
    [InlineData("multipart/mixed; boundary=x", "attachments_not_supported")]
    [InlineData("text/plain", "unsupported_media_type")]
    [InlineData("application/x-www-form-urlencoded", "unsupported_media_type")]
    [InlineData(";;", "unsupported_media_type")]
    public async Task A_body_of_another_type_is_refused_and_attachments_plainly(string type, string code)
    {
        var body = Encoding.UTF8.GetBytes(Statement(Account("h-type"), "completed", "x:y").ToJsonString());
        var reply = await xapi.Send(HttpMethod.Post, "statements", body, type);
        Assert.Equal((HttpStatusCode.BadRequest, code), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task What_no_text_can_keep_is_replaced_and_what_is_too_deep_or_too_large_is_refused()
    {
        var body = Statement(Account("h-text"), "completed", "x:y").ToJsonString()
            .Replace("\"object\"", "\"result\":{\"response\":\"a\\u0000b\\ud800\"},\"object\"", StringComparison.Ordinal);
        var taken = await xapi.Send(HttpMethod.Post, "statements", body);
        Assert.Equal(HttpStatusCode.OK, taken.Status);
        var kept = (await xapi.Get("statements", ("statementId", taken.Ids[0]))).Json;
        Assert.Equal("a\uFFFDb\uFFFD", kept.GetProperty("result").GetProperty("response").GetString());

        var deep = string.Concat(Enumerable.Repeat("[", 5_000)) + string.Concat(Enumerable.Repeat("]", 5_000));
        Assert.Equal(HttpStatusCode.BadRequest, (await xapi.Send(HttpMethod.Post, "statements", deep)).Status);
        var large = With(
            Statement(Account("h-large"), "completed", "x:y"), "result", new JsonObject { ["response"] = new string('x', 40_000) });
        var refused = await xapi.Post(large);
        Assert.Equal((HttpStatusCode.BadRequest, "event_too_large"), (refused.Status, refused.Code));
        var many = "[" + string.Join(',', Enumerable.Repeat("{}", 2_501)) + "]";
        Assert.Equal("too_many_events", (await xapi.Send(HttpMethod.Post, "statements", many)).Code);
    }

    [Fact]
    public async Task The_same_id_twice_in_one_request_is_refused_and_an_id_beside_the_address_has_to_be_its_own()
    {
        const string Id = "5c7b2f7e-7c55-4a3d-9b2c-0f8f5d8c0a11";
        var one = Statement(Account("h-twice"), "completed", "x:y", id: Id);
        Assert.Equal("repeated", (await xapi.Post(one, one)).Code);
        Assert.Equal("bad_id", (await xapi.Put("5c7b2f7e-7c55-4a3d-9b2c-0f8f5d8c0a12", one)).Code);
        Assert.Equal("wrong_type", (await xapi.Send(HttpMethod.Put, $"statements?statementId={Id}", $"[{one.ToJsonString()}]")).Code);
    }

    [Fact]
    public async Task Names_longer_than_any_customers_are_stored_where_they_are_nobody()
    {
        var context = new JsonObject { ["instructor"] = Account(new string('i', 5_000)) };
        Assert.Equal(
            HttpStatusCode.OK, (await xapi.Post(With(Statement(Account("h-long"), "completed", "x:y"), "context", context))).Status);
        Assert.Equal(HttpStatusCode.OK, (await xapi.Post(Voiding(Account(new string('a', 5_000)), Guid.Empty.ToString()))).Status);
        var refused = await xapi.Post(Statement(Account(new string('a', 5_000)), "completed", "x:y"));
        Assert.Equal((HttpStatusCode.BadRequest, "id_too_long"), (refused.Status, refused.Code));
    }

    [Fact]
    public async Task Without_a_good_key_there_is_nothing_but_the_versions()
    {
        var stranger = new XapiClient(fixture.Host.Address, "no-such-key");
        foreach (var path in new[] { "statements", "agents", "activities", "activities/state", "activities/profile", "agents/profile" })
        {
            var refused = await stranger.Get(path);
            Assert.Equal((HttpStatusCode.Unauthorized, "bad_write_key"), (refused.Status, refused.Code));
        }
        var admin = new XapiClient(fixture.Host.Address, fixture.Host.AdminToken);
        Assert.Equal(HttpStatusCode.Unauthorized, (await admin.Get("statements")).Status);
        using var bare = new HttpClient { BaseAddress = fixture.Host.Address };
        Assert.Contains("1.0.3", await bare.GetStringAsync("/xapi/about"), StringComparison.Ordinal);
    }
}
