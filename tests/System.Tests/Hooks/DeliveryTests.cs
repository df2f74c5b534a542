using System.Net;
using System.Text;
using LStep.System.Tests.Ingest;

namespace LStep.System.Tests.Hooks;

/// <summary>What is refused, what is ignored, what is kept, and what a second time changes.</summary>
public sealed class DeliveryTests(HookHost hooks) : IClassFixture<HookHost>
{
    private static readonly string[] Sources = ["stripe", "zendesk", "typeform", "thinkific", "teachable", "standard"];

    public static TheoryData<string> All => [.. Sources];

    private LStepHost Host => hooks.Host;

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_delivery_without_its_signature_with_another_or_of_another_body_is_401(string source)
    {
        var body = """{"id":"evt_refused","type":"charge.succeeded"}"""u8.ToArray();
        Refused("signature_missing", await hooks.Send(source, body, _ => { }));
        Refused(source == "teachable" ? "" : "signature_wrong", await hooks.Send(source, [.. body, (byte)' '], HookHost.Signed(
            source, body, Wall.Now)));
        var sign = HookHost.Signed(source, body, Wall.Now);
        Refused("signature_wrong", await hooks.Send(source, body, request =>
        {
            sign(request);
            request.RequestUri = new Uri(request.RequestUri!.ToString().Replace("secret-of", "Secret-of", StringComparison.Ordinal));
            foreach (var header in request.Headers.Where(one => one.Key.EndsWith("signature", StringComparison.OrdinalIgnoreCase)
                || one.Key.EndsWith("sha256", StringComparison.OrdinalIgnoreCase)).ToList())
            {
                request.Headers.Remove(header.Key);
                request.Headers.Add(header.Key, Changed(header.Value.Single()));
            }
        }));
        Assert.Empty(await Host.Database.Rejected("evt_refused"));
    }

    [Theory]
    [InlineData("stripe", -280, true)]
    [InlineData("stripe", -320, false)]
    [InlineData("stripe", 320, false)]
    [InlineData("zendesk", -280, true)]
    [InlineData("zendesk", -320, false)]
    [InlineData("standard", -320, false)]
    public async Task A_signature_is_good_for_five_minutes(string source, int seconds, bool isGood)
    {
        var answer = await hooks.Send(source, """{"type":"nothing","who":"old"}""", Wall.Now.AddSeconds(seconds));
        if (isGood) Assert.Equal(HttpStatusCode.OK, answer.Status);
        else Refused("signature_expired", answer);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("closed")]
    [InlineData("Stripe")]
    [InlineData("%20")]
    [InlineData("stripe.liquid")]
    [InlineData("..%2Fstripe")]
    public async Task A_source_that_is_none_or_has_no_secret_is_404(string source)
    {
        var answer = await hooks.Send(source, "{}"u8.ToArray(), HookHost.Signed("stripe", "{}"u8.ToArray(), Wall.Now));
        Assert.Equal((HttpStatusCode.NotFound, "not_found"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task An_event_that_the_mapping_has_nothing_for_is_ignored()
    {
        var answer = await hooks.Send("stripe", """{"id":"evt_other","type":"invoice.created","data":{}}""");
        Assert.Equal((HttpStatusCode.OK, """{"success":true,"messages":0,"ignored":1}"""), (answer.Status, answer.Text));
        Assert.Equal("""{"success":true,"messages":0,"ignored":3}""", (await hooks.Send("stripe", """[null,7,"x"]""")).Text);
        Assert.Equal("""{"success":true,"messages":0,"ignored":0}""", (await hooks.Send("stripe", "[]")).Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nothing")]
    [InlineData("{\"id\":")]
    [InlineData("{} {}")]
    public async Task A_body_that_is_no_JSON_is_400(string body)
    {
        var answer = await hooks.Send("loose", body);
        Assert.Equal((HttpStatusCode.BadRequest, "malformed"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task A_body_that_is_too_deep_too_long_or_too_much_is_400()
    {
        var deep = string.Concat(Enumerable.Repeat("[", 65)) + string.Concat(Enumerable.Repeat("]", 65));
        Assert.Equal((HttpStatusCode.BadRequest, "malformed"), Told(await hooks.Send("loose", deep)));
        var many = $"[{string.Join(',', Enumerable.Repeat("1", 1_001))}]";
        Assert.Equal((HttpStatusCode.BadRequest, "too_many_events"), Told(await hooks.Send("loose", many)));
        var large = $$"""{"x":"{{new string('x', 4 * 1024 * 1024)}}"}""";
        Assert.Equal((HttpStatusCode.BadRequest, "body_too_large"), Told(await hooks.Send("loose", large)));
    }

    [Fact]
    public async Task What_is_signed_is_every_byte_whatever_it_means()
    {
        byte[] marked = [0xEF, 0xBB, 0xBF, .. """ {"type":"nothing"} """u8];
        Assert.Equal(HttpStatusCode.OK, (await hooks.Send("stripe", marked, HookHost.Signed("stripe", marked, Wall.Now))).Status);
        byte[] broken = [.. """{"type":"charge.succeeded","id":"evt_broken","created":1773136800,"data":{"object":{"metadata":{"userId":"br"""u8,
            0xC3, 0x28, .. """\ud800\u0000"},"amount":100,"currency":"eur"}}}"""u8];
        var answer = await hooks.Send("stripe", broken, HookHost.Signed("stripe", broken, Wall.Now));
        Assert.Equal("""{"success":true,"messages":1,"ignored":0}""", answer.Text);
    }

    [Theory]
    [InlineData("""{"raw":"nonsense"}""", "makes no JSON")]
    [InlineData("""{"raw":"7"}""", "something else than an object")]
    [InlineData("""{"raw":"[[]]"}""", "something else than an object")]
    [InlineData("""{"raw":"{'a':1}"}""", "makes no JSON")]
    public async Task An_event_that_the_mapping_fails_at_is_kept_and_not_asked_for_again(string body, string why)
    {
        var answer = await hooks.Send("loose", body);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var told = answer.Json.GetProperty("rejected")[0];
        Assert.Equal("mapping_failed", told.GetProperty("code").GetString());
        Assert.Contains(why, told.GetProperty("message").GetString());
        var kept = (await Host.Get("/api/rejected?limit=100")).GetProperty("items").EnumerateArray()
            .Single(row => row.GetProperty("body").GetString() == body);
        Assert.Equal("mapping_failed", kept.GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_template_that_would_not_end_is_ended()
    {
        var body = $$"""{"loop":[{{string.Join(',', Enumerable.Range(0, 200))}}]}""";
        var answer = await hooks.Send("loose", body);
        Assert.Equal((HttpStatusCode.OK, "mapping_failed"), (
            answer.Status, answer.Json.GetProperty("rejected")[0].GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_message_that_the_ingest_refuses_is_kept_and_the_others_are_taken()
    {
        var answer = await hooks.Send("loose", """
            {"messages":[{"type":"track","event":"Login"},{"type":"track","event":"Login","userId":"loose-good"},
             {"type":"track","event":"NPS Submitted","userId":"loose-good","properties":{"score":11}}]}
            """);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(3, answer.Json.GetProperty("messages").GetInt32());
        Assert.Equal(
            ["0 no_id", "2 score_out_of_range"],
            answer.Json.GetProperty("rejected").EnumerateArray().Select(
                one => $"{one.GetProperty("index")} {one.GetProperty("code")}"));
        Assert.Equal(["Login Login"], await Host.Database.Events("loose-good"));
    }

    [Fact]
    public async Task A_delivery_that_comes_again_changes_nothing_days_later_neither()
    {
        var body = """
            {"id":"evt_again","type":"charge.succeeded","created":1773136800,
             "data":{"object":{"metadata":{"userId":"again"},"amount":4900,"currency":"eur"}}}
            """u8.ToArray();
        await using var host = await LStepHost.Start(ApiHost.Noon, with: options => options with
        {
            Hooks = HookHost.Sources(secrets: new Dictionary<string, string> { ["stripe"] = HookHost.Secret }),
        });
        async Task Send() => Assert.Equal(
            """{"success":true,"messages":1,"ignored":0}""",
            (await HookHost.Send(host.Address, "stripe", body, HookHost.Signed("stripe", body, Wall.Now))).Text);

        await Send();
        await Send();
        // What was live would be taken anew after 48 hours.
        await host.MoveClock(ApiHost.Noon.AddDays(5));
        await Send();
        Assert.Equal(["stripe-evt_again"], await host.Database.Log("again"));
    }

    [Fact]
    public async Task An_event_without_an_id_is_known_by_its_content()
    {
        const string Body = """{"messages":[{"type":"track","event":"Login","userId":"hashed"},{"type":"track","event":"Login","userId":"hashed"}]}""";
        await hooks.Send("loose", Body);
        await hooks.Send("loose", Body);
        var ids = await Host.Database.Log("hashed");
        Assert.Equal(2, ids.Count);
        Assert.All(ids, id => Assert.StartsWith("loose-", id, StringComparison.Ordinal));
    }

    /// <summary>Another character in the middle, which is within the signature wherever a platform puts it.</summary>
    private static string Changed(string header) =>
        header[..(header.Length / 2)] + (header[header.Length / 2] == 'a' ? 'b' : 'a') + header[((header.Length / 2) + 1)..];

    private static (HttpStatusCode, string?) Told(IngestReply answer) => (answer.Status, answer.Code);

    private static void Refused(string code, IngestReply answer)
    {
        if (code.Length > 0) Assert.Equal((HttpStatusCode.Unauthorized, code), Told(answer));
    }
}
