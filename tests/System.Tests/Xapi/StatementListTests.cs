using System.Net;
using System.Text.Json.Nodes;
using static LStep.System.Tests.Xapi.XapiClient;

namespace LStep.System.Tests.Xapi;

/// <summary>Statements are found by what they are about and by whom they name, page by page.</summary>
public sealed class StatementListTests(LStepHostFixture fixture) : IClassFixture<LStepHostFixture>
{
    private readonly XapiClient xapi = new(fixture.Host.Address, fixture.Host.WriteKey);

    [Fact]
    public async Task A_list_goes_on_where_its_page_ended_in_both_directions()
    {
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
            ids.AddRange((await xapi.Post(Statement(Account("l-pages"), "experienced", $"https://s.example/{i}"))).Ids);
        foreach (var ascending in new[] { true, false })
        {
            var agent = Account("l-pages").ToJsonString();
            var page = await xapi.Get("statements", ("agent", agent), ("limit", "2"), ("ascending", ascending ? "true" : "false"));
            var (seen, pages) = (new List<string>(page.Listed), 1);
            for (; page.Json.GetProperty("more").GetString() is { Length: > 0 } more; pages++)
            {
                page = await xapi.Send(HttpMethod.Get, more, null);
                seen.AddRange(page.Listed);
            }
            Assert.Equal(3, pages);
            Assert.Equal(ascending ? ids : Enumerable.Reverse(ids), seen);
        }
    }

    [Fact]
    public async Task Filters_are_all_met_and_related_ones_look_further()
    {
        var registration = "8f1d3a52-0b5e-4c6e-9f0e-2d9a4f3b1c77";
        var context = new JsonObject
        {
            ["registration"] = registration, ["instructor"] = Mbox("teacher@l.example"),
            ["contextActivities"] = new JsonObject { ["parent"] = new JsonObject { ["id"] = "https://l.example/course" } },
        };
        var one = (await xapi.Post(With(Statement(Account("l-filter"), "completed", "https://l.example/a"), "context", context))).Ids[0];
        var two = (await xapi.Post(Statement(Account("l-filter"), "failed", "https://l.example/b"))).Ids[0];
        var agent = ("agent", Account("l-filter").ToJsonString());
        Assert.Equal([two, one], (await xapi.Get("statements", agent)).Listed);
        Assert.Equal([one], (await xapi.Get("statements", agent, ("verb", Verbs + "completed"))).Listed);
        Assert.Empty((await xapi.Get("statements", ("verb", Verbs + "failed"), ("activity", "https://l.example/a"))).Listed);
        Assert.Equal([one], (await xapi.Get("statements", ("registration", registration.ToUpperInvariant()))).Listed);
        Assert.Empty((await xapi.Get("statements", ("activity", "https://l.example/course"))).Listed);
        Assert.Equal(
            [one], (await xapi.Get("statements", ("activity", "https://l.example/course"), ("related_activities", "true"))).Listed);
        var teacher = ("agent", Mbox("teacher@l.example").ToJsonString());
        Assert.Empty((await xapi.Get("statements", teacher)).Listed);
        Assert.Equal([one], (await xapi.Get("statements", teacher, ("related_agents", "true"))).Listed);
        var stored = (await xapi.Get("statements", ("statementId", one))).Json.GetProperty("stored").GetString()!;
        Assert.Equal([two], (await xapi.Get("statements", agent, ("since", stored))).Listed);
        Assert.Equal([one], (await xapi.Get("statements", agent, ("until", stored))).Listed);
    }

    [Fact]
    public async Task A_statement_about_another_is_found_by_what_the_other_is_found_by_whichever_came_first()
    {
        const string Target = "7d6f8b1e-5a4c-4b3d-8e2f-1a0b9c8d7e6f";
        var reference = new JsonObject { ["objectType"] = "StatementRef", ["id"] = Target };
        var early = (await xapi.Post(With(Statement(Account("l-peer"), "commented", "x:y"), "object", reference.DeepClone()))).Ids[0];
        await xapi.Put(Target, Statement(Account("l-author"), "completed", "https://l.example/essay"));
        var late = (await xapi.Post(With(Statement(Account("l-peer"), "commented", "x:y"), "object", reference))).Ids[0];
        Assert.Equal([late, Target, early], (await xapi.Get("statements", ("activity", "https://l.example/essay"))).Listed);
        Assert.Empty((await xapi.Get("statements", ("activity", "https://l.example/essay"), ("verb", Verbs + "commented"))).Listed);
    }

    [Fact]
    public async Task Formats_leave_out_what_they_leave_out()
    {
        var statement = Statement(With(Account("l-format"), "name", "Ada"), "completed", "https://l.example/format", "lesson");
        statement["verb"]!["display"] = new JsonObject { ["en-US"] = "completed", ["de"] = "abgeschlossen" };
        var id = (await xapi.Post(statement)).Ids[0];
        var exact = (await xapi.Get("statements", ("statementId", id))).Json;
        Assert.Equal("Ada", exact.GetProperty("actor").GetProperty("name").GetString());
        var ids = (await xapi.Get("statements", ("statementId", id), ("format", "ids"))).Json;
        Assert.Equal("""{"account":{"homePage":"https://school.example","name":"l-format"}}""", ids.GetProperty("actor").GetRawText());
        Assert.Equal("""{"id":"https://l.example/format"}""", ids.GetProperty("object").GetRawText());
        var german = await xapi.Send(
            HttpMethod.Get, $"statements?statementId={id}&format=canonical", null, headers: ("Accept-Language", "fr;q=0.2, de-AT"));
        Assert.Equal("""{"de":"abgeschlossen"}""", german.Json.GetProperty("verb").GetProperty("display").GetRawText());
    }

    [Fact]
    public async Task Whatever_is_answered_says_its_version_and_through_when_the_list_is_whole()
    {
        foreach (var (version, told) in new[] { ("1.0", "1.0.3"), ("1.0.1", "1.0.3"), ("2.0", "2.0.0"), ("2.0.0", "2.0.0") })
        {
            var reply = await new XapiClient(fixture.Host.Address, fixture.Host.WriteKey, version).Get("statements", ("limit", "1"));
            Assert.Equal((HttpStatusCode.OK, told), (reply.Status, reply.Message.Headers.GetValues("X-Experience-API-Version").Single()));
            var through = reply.Message.Headers.GetValues("X-Experience-API-Consistent-Through").Single();
            Assert.True(DateTimeOffset.Parse(through) <= fixture.Host.Now);
        }
        foreach (var version in new[] { null, "0.95", "1.1.0", "3.0" })
        {
            var reply = await new XapiClient(fixture.Host.Address, fixture.Host.WriteKey, version).Get("statements");
            Assert.Equal((HttpStatusCode.BadRequest, "bad_version"), (reply.Status, reply.Code));
        }
    }
}
