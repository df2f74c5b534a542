using System.Net;

namespace LStep.System.Tests.Ingest;

/// <summary>Odd events over the whole way: each is in a log, or in GET /api/rejected with its reason.</summary>
public sealed class EdgeTests(LStepHostFixture fixture) : IClassFixture<LStepHostFixture>
{
    private readonly LStepHost host = fixture.Host;
    private readonly IngestClient client = new(fixture.Host.Address, fixture.Host.WriteKey);

    [Theory]
    [InlineData("emoji", "🌱", 128)]
    [InlineData("three bytes", "日", 128)]
    [InlineData("blanks around", " id ", 1)]
    [InlineData("slashes", "a/b%2F?#+", 1)]
    [InlineData("numbers only", "12345", 1)]
    public async Task Any_text_is_an_id(string name, string part, int times)
    {
        var id = string.Concat(Enumerable.Repeat(part, times));
        (await client.Post("/v1/track", $$"""{"userId":"{{id}}","messageId":"{{name}}","event":"Login"}""")).Succeeded();
        Assert.Equal([name], await host.Database.Log(id));
        Assert.Equal(id, (await host.Get($"/api/customers/{Uri.EscapeDataString(id)}")).GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("no date", """{"type":"track","userId":"edge","messageId":"no date","timestamp":"2026-02-30"}""", "unreadable_date")]
    [InlineData("nobody", """{"type":"track","userId":"[object Object]","messageId":"nobody"}""", "placeholder_id")]
    [InlineData("score", """{"type":"track","userId":"edge","messageId":"score","event":"Quiz Completed","properties":{"score":1e999}}""",
        "score_out_of_range")]
    [InlineData("blank", """{"type":"track","userId":" ","messageId":"blank"}""", "no_id")]
    public async Task A_refused_event_is_listed_with_its_reason_and_the_one_beside_it_taken(string messageId, string message, string code)
    {
        var reply = await client.Batch(
            message, $$"""{"type":"track","userId":"beside","messageId":"beside {{messageId}}","event":"Login"}""");

        Assert.Equal(code, Assert.Single(reply.Json.GetProperty("rejected").EnumerateArray()).GetProperty("code").GetString());
        Assert.Contains($"beside {messageId}", await host.Database.Log("beside"));
        var listed = (await host.Get("/api/rejected")).GetProperty("items").EnumerateArray()
            .First(one => one.GetProperty("messageId").GetString() == messageId);
        Assert.Equal(code, listed.GetProperty("code").GetString());
        Assert.All(["id", "receivedAt", "code", "message", "messageId", "customerId"], field => Assert.True(
            listed.TryGetProperty(field, out _), field));
    }

    [Theory]
    [InlineData("""{"type":"track","event":"Login","timestamp":"9999-12-31T23:59:59Z"}""")]
    [InlineData("""{"type":"track","event":"Quiz Completed","properties":{"score":"75","final":"yes"}}""")]
    [InlineData("""{"type":"page","properties":{"count":99999999999999999999999}}""")]
    [InlineData("""{"type":"page","properties":{"count":-1}}""")]
    [InlineData("""{"type":"page","properties":{"count":1e999}}""")]
    [InlineData("""{"type":"track","event":"x","event":"Login","properties":{"a":1,"a":2}}""")]
    [InlineData(
        """{"type":"track","event":null,"context":[],"integrations":7,"properties":null,"traits":null,"timestamp":null,"sentAt":null}""")]
    [InlineData(
        """{"type":"identify","traits":{"ltv":1e999,"createdAt":"junk","startsAt":"0000-00-00","timezone":"Mars","locale":5,"tier":"Gold","email":{},"consent":7}}""")]
    [InlineData(
        """{"type":"identify","traits":{"ltv":79228162514264337593543950335,"enrolledAt":"9999-12-31T23:59:59.999Z","startsAt":"9999-12-31T23:59:59.999Z"}}""")]
    [InlineData("""{"type":"identify","traits":{"ltv":1e-28,"enrolledAt":0,"x":1e400000}}""")]
    [InlineData("""{"type":"track","event":"Module Completed","properties":{"curriculumCompletion":500}}""")]
    [InlineData("""{"type":"track","event":"Module Completed","properties":{"moduleId":"a\u0000b","\ud800":["\udc00"]}}""")]
    [InlineData("""{"type":"identify","traits":{"na\u0000me":"x\ud83c","email":"\u0000@example.org","":"\ud83c\udfc6"}}""")]
    [InlineData("""{"type":"track","event":"a\u0000","timestamp":"0000-01-01T00:00:00Z","messageId":"\ud83c"}""")]
    [InlineData("""{"type":"track","event":"Login","timestamp":-5,"properties":[],"context":[]}""")]
    public async Task What_is_odd_but_not_wrong_is_taken_and_its_customer_can_be_read(string message)
    {
        var id = $"odd {message.Length}";
        (await client.Batch($$"""{"userId":"{{id}}",{{message[1..]}}""")).Succeeded();
        foreach (var part in new[] { "", "/metrics", "/timeline", "/evaluation" })
            await host.Get($"/api/customers/{Uri.EscapeDataString(id)}{part}");
        // Also as somebody who is not known yet, whose events wait in another table.
        (await client.Batch($$"""{"anonymousId":"{{id}} a",{{message[1..]}}""")).Succeeded();
        (await client.Batch($$"""{"type":"identify","anonymousId":"{{id}} a","userId":"{{id}} b"}""")).Succeeded();
        await host.Get($"/api/customers/{Uri.EscapeDataString(id + " b")}/timeline");
    }

    [Fact]
    public async Task A_client_that_sends_far_too_much_still_reads_why()
    {
        var reply = await client.Post("/v1/batch", new byte[48 * 1024 * 1024]);
        Assert.Equal((HttpStatusCode.BadRequest, "body_too_large"), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task Packed_bytes_that_unpack_to_nothing_are_bounded()
    {
        var nothing = IngestClient.Packed("gzip", []);
        if (nothing.Length == 0) nothing = Convert.FromHexString("1F8B08000000000000FF03000000000000000000");
        var body = Enumerable.Repeat(nothing, 6 * 1024 * 1024 / nothing.Length).SelectMany(bytes => bytes).ToArray();
        var reply = await client.Post("/v1/batch", body, request =>
        {
            request.Headers.TransferEncodingChunked = true;
            request.Content!.Headers.ContentEncoding.Add("gzip");
        });
        Assert.Equal((HttpStatusCode.BadRequest, "body_too_large"), (reply.Status, reply.Code));
    }
}
