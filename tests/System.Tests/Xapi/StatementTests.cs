using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using LStep.System.Tests.Ingest;
using static LStep.System.Tests.Xapi.XapiClient;

namespace LStep.System.Tests.Xapi;

/// <summary>A statement is an activity of its actor, and given back as it came.</summary>
public sealed class StatementTests(LStepHostFixture fixture) : IClassFixture<LStepHostFixture>
{
    private readonly LStepHost host = fixture.Host;
    private readonly XapiClient xapi = new(fixture.Host.Address, fixture.Host.WriteKey);

    private static string Id(int number) => new Guid(number, 7, 7, new byte[8]).ToString("D");

    [Fact]
    public async Task A_statement_is_in_the_actors_log_under_its_id_when_it_is_acknowledged()
    {
        var put = await xapi.Put(Id(1), Statement(Account("s-ada"), "completed", "https://school.example/lesson/1", "lesson"));
        Assert.Equal((HttpStatusCode.NoContent, ""), (put.Status, put.Text));
        Assert.Equal(["LessonCompleted Lesson Completed"], await host.Database.Events("s-ada"));
        var item = (await host.Get("/api/customers/s-ada/timeline")).GetProperty("items").EnumerateArray()
            .Single(one => one.GetProperty("kind").GetString() == "activity").GetProperty("activity");
        Assert.Equal(Id(1), item.GetProperty("messageId").GetString());
        Assert.Equal("https://school.example/lesson/1", item.GetProperty("properties").GetProperty("lessonId").GetString());
        Assert.Equal("ST_001", (await host.Get("/api/customers/s-ada")).GetProperty("tag").GetString());
    }

    [Fact]
    public async Task The_scaled_score_is_a_percentage_of_the_assessment()
    {
        var statement = Statement(Account("s-score"), "passed", "https://school.example/quiz/1", "assessment");
        statement["result"] = new JsonObject { ["score"] = new JsonObject { ["scaled"] = 0.875 }, ["success"] = true };
        var posted = await xapi.Post(statement);
        Assert.Equal(HttpStatusCode.OK, posted.Status);
        Assert.Single(posted.Ids);
        var days = await host.Get("/api/customers/s-score/metrics");
        Assert.Equal(87.5m, days.GetProperty("items").EnumerateArray().Last().GetProperty("assessmentAvgScore").GetDecimal());
    }

    [Fact]
    public async Task The_same_statement_again_changes_nothing_and_another_one_under_its_id_is_a_conflict()
    {
        var statement = Statement(Account("s-twice"), "completed", "https://school.example/lesson/2", "lesson");
        Assert.Equal(HttpStatusCode.NoContent, (await xapi.Put(Id(2), statement)).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await xapi.Put(Id(2), statement)).Status);
        Assert.Equal(HttpStatusCode.OK, (await xapi.Post(With(statement, "id", Id(2)))).Status);
        var kept = (await xapi.Get("statements", ("statementId", Id(2)))).Text;
        var other = Statement(Account("s-twice"), "failed", "https://school.example/lesson/2", "lesson");
        var refused = await xapi.Put(Id(2), other);
        Assert.Equal((HttpStatusCode.Conflict, "statement_conflict"), (refused.Status, refused.Code));
        Assert.Equal(HttpStatusCode.Conflict, (await xapi.Post(
            Statement(Account("s-bystander"), "completed", "https://school.example/lesson/2"), With(other, "id", Id(2)))).Status);
        Assert.Equal(kept, (await xapi.Get("statements", ("statementId", Id(2)))).Text);
        Assert.Equal(["LessonCompleted Lesson Completed"], await host.Database.Events("s-twice"));
        Assert.Empty(await host.Database.Events("s-bystander"));
    }

    [Fact]
    public async Task What_comes_back_through_the_store_is_the_same_statement()
    {
        Assert.Equal(
            HttpStatusCode.NoContent, (await xapi.Put(Id(3), Statement(Account("s-back"), "experienced", "https://s.example/p"))).Status);
        var given = (await xapi.Get("statements", ("statementId", Id(3)))).Text;
        Assert.Equal(HttpStatusCode.NoContent, (await xapi.Send(HttpMethod.Put, $"statements?statementId={Id(3)}", given)).Status);
        Assert.Single(await host.Database.Events("s-back"));
    }

    [Fact]
    public async Task Of_an_array_all_statements_are_taken_or_none()
    {
        var good = Statement(Account("s-array"), "completed", "https://school.example/lesson/3");
        var bad = await xapi.Post(good, Statement(new JsonObject { ["name"] = "nobody" }, "completed", "https://school.example/lesson/3"));
        Assert.Equal((HttpStatusCode.BadRequest, "bad_agent"), (bad.Status, bad.Code));
        Assert.Equal("$[1].actor", bad.Json.GetProperty("errors")[0].GetProperty("path").GetString());
        var placeless = await xapi.Post(good, Statement(Account("undefined"), "completed", "https://school.example/lesson/3"));
        Assert.Equal((HttpStatusCode.BadRequest, "placeholder_id"), (placeless.Status, placeless.Code));
        Assert.Empty(await host.Database.Events("s-array"));
        Assert.Equal(2, (await xapi.Post(good, good)).Ids.Distinct().Count());
    }

    [Fact]
    public async Task A_mailbox_is_the_customer_who_has_the_address_and_else_the_id_itself()
    {
        await host.Post(new { type = "identify", userId = "s-known", traits = new { email = "Known@School.example" } });
        await xapi.Post(Statement(Mbox("known@school.example"), "completed", "https://school.example/lesson/4"));
        await xapi.Post(Statement(Mbox("new@school.example"), "completed", "https://school.example/lesson/4"));
        Assert.Contains("LessonCompleted Lesson Completed", await host.Database.Events("s-known"));
        Assert.Equal(["LessonCompleted Lesson Completed"], await host.Database.Events("new@school.example"));
        Assert.Empty(await host.Database.Events("known@school.example"));
    }

    [Fact]
    public async Task A_verb_that_no_rule_names_is_recorded_under_its_own_name_and_an_operator_can_map_it()
    {
        await xapi.Post(Statement(Account("s-verb"), "juggled", "https://school.example/ball"));
        Assert.Equal(["Other juggled"], await host.Database.Events("s-verb"));
    }

    [Fact]
    public async Task A_group_and_what_the_platform_says_of_a_learner_are_stored_and_no_activity()
    {
        var team = new JsonObject { ["objectType"] = "Group", ["member"] = new JsonArray(Account("s-member")) };
        var posted = await xapi.Post(
            Statement(team, "completed", "https://school.example/lesson/5"),
            With(Statement(Account("s-waived"), "x", "https://school.example/lesson/5"), "verb",
                new JsonObject { ["id"] = "https://w3id.org/xapi/adl/verbs/waived" }));
        Assert.Equal(HttpStatusCode.OK, posted.Status);
        foreach (var id in posted.Ids) Assert.Equal(HttpStatusCode.OK, (await xapi.Get("statements", ("statementId", id))).Status);
        foreach (var customer in new[] { "s-member", "s-waived" }) Assert.Empty(await host.Database.Events(customer));
    }

    [Fact]
    public async Task A_voided_statement_is_given_by_its_own_parameter_alone_and_stays_in_the_log()
    {
        var id = (await xapi.Post(Statement(Account("s-void"), "completed", "https://school.example/lesson/6", "lesson"))).Ids[0];
        var voiding = await xapi.Post(Voiding(Account("s-teacher"), id));
        Assert.Equal(HttpStatusCode.NotFound, (await xapi.Get("statements", ("statementId", id))).Status);
        Assert.Equal(HttpStatusCode.OK, (await xapi.Get("statements", ("voidedStatementId", id))).Status);
        Assert.Equal(voiding.Ids, (await xapi.Get("statements", ("activity", "https://school.example/lesson/6"))).Listed);
        Assert.Equal(HttpStatusCode.OK, (await xapi.Post(Voiding(Account("s-teacher"), voiding.Ids[0]))).Status);
        Assert.Equal(HttpStatusCode.OK, (await xapi.Get("statements", ("statementId", voiding.Ids[0]))).Status);
        Assert.Equal(["LessonCompleted Lesson Completed"], await host.Database.Events("s-void"));
        Assert.Empty(await host.Database.Events("s-teacher"));
    }

    [Fact]
    public async Task A_key_of_another_name_sees_nothing_of_it_and_voids_nothing_of_it()
    {
        var id = (await xapi.Post(Statement(Account("s-own"), "completed", "https://school.example/lesson/7"))).Ids[0];
        var name = await OwnName();
        var (stranger, heir) = (await Key("another"), await Key(name));
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Get("statements", ("statementId", id))).Status);
        Assert.DoesNotContain(id, (await stranger.Get("statements")).Listed);
        await stranger.Post(Voiding(Account("s-thief"), id));
        Assert.Equal(HttpStatusCode.OK, (await xapi.Get("statements", ("statementId", id))).Status);
        Assert.Equal(HttpStatusCode.OK, (await heir.Get("statements", ("statementId", id))).Status);
    }

    private async Task<string> OwnName() => (await host.Get("/api/keys")).GetProperty("items").EnumerateArray()
        .First(key => key.GetProperty("role").GetString() == "ingest").GetProperty("name").GetString()!;

    private async Task<XapiClient> Key(string name)
    {
        using var made = await host.Client.PostAsJsonAsync("/api/keys", new { name, role = "ingest" });
        var key = JsonElement.Parse(await made.Content.ReadAsStringAsync());
        return new XapiClient(host.Address, key.GetProperty("token").GetString()!);
    }
}
