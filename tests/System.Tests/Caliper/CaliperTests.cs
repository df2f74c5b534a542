using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LStep.Api.Http;
using LStep.System.Tests.Ingest;

namespace LStep.System.Tests.Caliper;

/// <summary>Envelopes of events become activities of whom the actor names.</summary>
public sealed class CaliperTests(LStepHostFixture fixture) : IClassFixture<LStepHostFixture>
{
    private const string Version = "http://purl.imsglobal.org/ctx/caliper/v1p2";

    private static readonly NodePackages Packages = new("Caliper/sdk");
    private static readonly HttpClient Http = new();
    private readonly LStepHost host = fixture.Host;

    [Fact]
    public async Task An_event_is_in_the_log_under_its_id_when_the_envelope_is_acknowledged()
    {
        const string Id = "urn:uuid:ff9ec22a-fc59-4ae1-ae8d-2c9463ee2f8f";
        var envelope = Envelope(Event("c-ada", "AssessmentEvent", "Submitted", "Assessment", Id));
        for (var i = 0; i < 2; i++)
        {
            var (status, text) = await Post(envelope);
            Assert.Equal((HttpStatusCode.OK, ""), (status, text));
        }
        Assert.Equal(["AssessmentTaken Assessment Taken"], await host.Database.Events("c-ada"));
        var item = (await host.Get("/api/customers/c-ada/timeline")).GetProperty("items").EnumerateArray()
            .Single(one => one.GetProperty("kind").GetString() == "activity").GetProperty("activity");
        Assert.Equal(Id, item.GetProperty("messageId").GetString());
    }

    [Fact]
    public async Task Who_is_graded_learned_and_a_program_does_not()
    {
        var graded = Event("autograder", "GradeEvent", "Graded", "Attempt");
        graded["actor"] = new JsonObject { ["id"] = "https://school.example/autograder", ["type"] = "SoftwareApplication" };
        graded["object"] = new JsonObject
        {
            ["id"] = "https://school.example/attempts/5", ["type"] = "Attempt", ["assignee"] = "https://school.example/users/c-graded",
        };
        graded["eventTime"] = Json.Instant(host.Now);
        graded["generated"] = new JsonObject { ["id"] = "https://s.example/1", ["type"] = "Score", ["scoreGiven"] = 15, ["maxScore"] = 20 };
        var robot = Event("c-robot", "ToolUseEvent", "Used", "SoftwareApplication");
        robot["actor"] = new JsonObject { ["id"] = "https://school.example/c-robot", ["type"] = "SoftwareApplication" };
        Assert.Equal(HttpStatusCode.OK, (await Post(Envelope(graded, robot))).Status);
        Assert.Empty(await host.Database.Events("autograder"));
        Assert.Empty(await host.Database.Events("c-robot"));
        var days = await host.Get("/api/customers/c-graded/metrics");
        Assert.Equal(75m, days.GetProperty("items").EnumerateArray().Last().GetProperty("assessmentAvgScore").GetDecimal());
    }

    [Fact]
    public async Task Entities_and_older_versions_are_taken_and_an_actor_may_be_its_id_alone()
    {
        var told = Event("x", "NavigationEvent", "NavigatedTo", "WebPage");
        told["actor"] = "https://school.example/users/c-iri/";
        var envelope = Envelope(told, new JsonObject { ["id"] = "https://school.example/users/c-described", ["type"] = "Person" });
        envelope["dataVersion"] = "http://purl.imsglobal.org/ctx/caliper/v1p1";
        Assert.Equal(HttpStatusCode.OK, (await Post(envelope)).Status);
        Assert.Single(await host.Database.Events("c-iri"));
        Assert.Empty(await host.Database.Events("c-described"));
    }

    [Fact]
    public async Task What_no_rule_names_is_recorded_under_its_own_name()
    {
        Assert.Equal(HttpStatusCode.OK, (await Post(Envelope(Event("c-own", "AnnotationEvent", "Highlighted", "Document")))).Status);
        Assert.Equal(["Other Annotation Highlighted"], await host.Database.Events("c-own"));
    }

    [Theory]
    [InlineData("{", 400, "malformed")]
    [InlineData("[]", 400, "wrong_type")]
    [InlineData("{}", 400, "missing")]
    [InlineData("""{"sensor":"s","sendTime":"now","dataVersion":"x","data":[]}""", 400, "bad_timestamp")]
    [InlineData("""{"sensor":"s","sendTime":"2026-03-10T12:00:00Z","dataVersion":"http://purl.imsglobal.org/ctx/caliper/v9","data":[{}]}""", 422, "unknown_version")]
    [InlineData("""{"sensor":"s","sendTime":"2026-03-10T12:00:00Z","dataVersion":"http://purl.imsglobal.org/ctx/caliper/v1p2","data":[]}""", 400, "missing")]
    [InlineData("""{"sensor":"s","sendTime":"2026-03-10T12:00:00Z","dataVersion":"http://purl.imsglobal.org/ctx/caliper/v1p2","data":[7]}""", 400, "wrong_type")]
    [InlineData("""{"sensor":"s","sendTime":"2026-03-10T12:00:00Z","dataVersion":"http://purl.imsglobal.org/ctx/caliper/v1p2","data":[{"id":"x:y","type":"Event"}]}""", 400, "missing")]
    [InlineData("""{"sensor":"s","sendTime":"2026-03-10T12:00:00Z","dataVersion":"http://purl.imsglobal.org/ctx/caliper/v1p2","data":[],"more":1}""", 400, "unknown_property")]
    public async Task A_body_that_is_no_envelope_is_refused(string body, int status, string code)
    {
        var (answered, text) = await Post(body);
        Assert.Equal((status, code), ((int)answered, JsonElement.Parse(text).GetProperty("code").GetString()));
    }

    [Fact]
    public async Task One_event_that_cannot_be_placed_refuses_the_envelope_and_a_bad_key_and_type_the_request()
    {
        var good = Event("c-none", "NavigationEvent", "NavigatedTo", "WebPage");
        var (status, text) = await Post(Envelope(good, Event("undefined", "NavigationEvent", "NavigatedTo", "WebPage")));
        Assert.Equal((HttpStatusCode.BadRequest, "placeholder_id"), (status, JsonElement.Parse(text).GetProperty("code").GetString()));
        Assert.Empty(await host.Database.Events("c-none"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await Post(Envelope(good).ToJsonString(), key: "no-such-key")).Status);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await Post(Envelope(good).ToJsonString(), type: "text/plain")).Status);
    }

    [SdkFact]
    public async Task The_sensor_of_ims_is_answered_as_it_expects()
    {
        var said = await Packages.Run("ims.mjs", host.Address + "caliper", host.WriteKey, "c-sensor");
        Assert.Equal("[200]", said.GetProperty("statuses").GetRawText());
        Assert.Equal(["PageView Page 7"], await host.Database.Events("c-sensor"));
    }

    private static JsonObject Envelope(params JsonObject[] data) => new()
    {
        ["sensor"] = "https://school.example/sensors/1", ["sendTime"] = "2026-03-10T12:00:00.000Z", ["dataVersion"] = Version,
        ["data"] = new JsonArray([.. data.Select(one => (JsonNode)one.DeepClone())]),
    };

    private static JsonObject Event(string learner, string type, string action, string objectType, string? id = null) => new()
    {
        ["@context"] = Version, ["id"] = id ?? $"urn:uuid:{new Guid(learner.Length, 3, 9, new byte[8])}", ["type"] = type,
        ["actor"] = new JsonObject { ["id"] = $"https://school.example/users/{learner}", ["type"] = "Person" }, ["action"] = action,
        ["object"] = new JsonObject { ["id"] = "https://school.example/things/7", ["type"] = objectType },
        ["eventTime"] = "2026-03-10T11:59:00.000Z",
    };

    private Task<(HttpStatusCode Status, string Text)> Post(JsonObject envelope) => Post(envelope.ToJsonString());

    private async Task<(HttpStatusCode Status, string Text)> Post(string body, string? key = null, string type = "application/json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(host.Address, "/caliper"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key ?? host.WriteKey);
        request.Content = new StringContent(body, Encoding.UTF8, type);
        using var response = await Http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
