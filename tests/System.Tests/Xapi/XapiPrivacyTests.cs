using System.Net;
using System.Text.Json.Nodes;
using LStep.System.Tests.Ingest;
using LStep.System.Tests.Privacy;
using static LStep.System.Tests.Xapi.XapiClient;

namespace LStep.System.Tests.Xapi;

/// <summary>What players brought of a person goes and is given as everything else of it.</summary>
public sealed class XapiPrivacyTests(LStepHostFixture fixture) : IClassFixture<LStepHostFixture>
{
    private readonly LStepHost host = fixture.Host;
    private readonly XapiClient xapi = new(fixture.Host.Address, fixture.Host.WriteKey);

    private static string State(JsonObject agent) =>
        $"activities/state?activityId=x%3Acourse&stateId=bookmark&agent={Uri.EscapeDataString(agent.ToJsonString())}";

    [Fact]
    public async Task An_erasure_removes_statements_states_and_what_others_said_of_the_person()
    {
        const string Marker = "erased-by-xapi-tests";
        await host.Post(new { type = "identify", userId = Marker, traits = new { email = $"{Marker}@school.example" } });
        var own = (await xapi.Post(Statement(Mbox($"{Marker}@school.example"), "completed", "x:lesson"))).Ids[0];
        await xapi.Send(HttpMethod.Put, State(Account(Marker)), "7", "text/plain");
        var context = new JsonObject { ["instructor"] = Mbox($"{Marker}@School.example") };
        var others = (await xapi.Post(With(Statement(Account("p-other"), "completed", "x:lesson"), "context", context))).Ids[0];
        Assert.NotEmpty(await Everywhere.Find(host.ConnectionString, Marker));

        var receipt = await (await host.Client.DeleteAsync($"/api/customers/{Marker}")).Json();

        var removed = receipt.GetProperty("removed").EnumerateArray().ToDictionary(
            one => one.GetProperty("store").GetString()!, one => one.GetProperty("rows").GetInt64());
        Assert.Equal((2, 1, 1), (removed["xapi_statements"], removed["xapi_documents"], removed["xapi_mentions"]));
        Assert.Empty(await Everywhere.Find(host.ConnectionString, Marker));
        foreach (var id in new[] { own, others })
            Assert.Equal(HttpStatusCode.NotFound, (await xapi.Get("statements", ("statementId", id))).Status);
        Assert.Contains("LessonCompleted Lesson Completed", await host.Database.Events("p-other"));

        var late = await xapi.Post(Statement(Account(Marker), "completed", "x:lesson"));
        Assert.Equal((HttpStatusCode.BadRequest, "erased"), (late.Status, late.Code));
        var byAddress = await xapi.Post(Statement(Mbox($"{Marker.ToUpperInvariant()}@school.example"), "completed", "x:lesson"));
        Assert.Equal((HttpStatusCode.BadRequest, "erased"), (byAddress.Status, byAddress.Code));
        Assert.Equal("erased", (await xapi.Send(HttpMethod.Put, State(Account(Marker)), "8", "text/plain")).Code);
        Assert.Empty(await Everywhere.Find(host.ConnectionString, Marker));
    }

    [Fact]
    public async Task An_export_has_statements_and_states()
    {
        var id = (await xapi.Post(Statement(Account("p-export"), "completed", "x:lesson"))).Ids[0];
        await xapi.Send(HttpMethod.Put, State(Account("p-export")), """{"slide":7}""");
        var stores = (await host.Get("/api/customers/p-export/export")).GetProperty("stores");
        var statement = stores.GetProperty("xapi_statements").EnumerateArray().Single().GetProperty("statement");
        Assert.Equal(id, statement.GetProperty("id").GetString());
        var document = stores.GetProperty("xapi_documents").EnumerateArray().Single();
        Assert.Equal("""{"slide":7}""", global::System.Text.Encoding.UTF8.GetString(document.GetProperty("content").GetBytesFromBase64()));
    }

    [Fact]
    public async Task Somebody_of_whom_there_is_nothing_but_a_state_can_be_exported_and_erased()
    {
        await xapi.Send(HttpMethod.Put, State(Account("p-state-only")), "7", "text/plain");
        var stores = (await host.Get("/api/customers/p-state-only/export")).GetProperty("stores");
        Assert.Equal(1, stores.GetProperty("xapi_documents").GetArrayLength());
        Assert.Equal(HttpStatusCode.OK, (await host.Client.DeleteAsync("/api/customers/p-state-only")).StatusCode);
        Assert.Empty(await Everywhere.Find(host.ConnectionString, "p-state-only"));
    }
}
