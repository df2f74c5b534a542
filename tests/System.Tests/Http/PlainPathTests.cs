using System.Text;
using System.Text.Json;

namespace LStep.System.Tests.Http;

/// <summary>Paths as they are written on the wire: clients of .NET would tidy them up first.</summary>
public sealed class PlainPathTests(LStepHostFixture fixture) : IClassFixture<LStepHostFixture>
{
    private readonly LStepHost host = fixture.Host;

    [Theory]
    [InlineData("POST //v1/track")]
    [InlineData("POST /v1//track/")]
    [InlineData("POST ///v1/./track//")]
    [InlineData("POST /v1/x/../track")]
    [InlineData("POST http://any/v1/track")]
    [InlineData("POST http://any//v1/track?strict=0")]
    [InlineData("GET //api//customers//")]
    [InlineData("GET /api/customers/?limit=1")]
    [InlineData("GET /%61pi/customers")]
    [InlineData("HEAD //api/customers")]
    public async Task Repeated_and_trailing_slashes_mean_nothing(string request) =>
        Assert.StartsWith("HTTP/1.1 200", await Answer(request, """{"userId":"slash","event":"Login"}"""));

    [Theory]
    [InlineData(".", "%2E")]
    [InlineData("..", "%2e%2E")]
    [InlineData("...", "%2E..")]
    [InlineData("a/b", "a%2Fb")]
    [InlineData("a%2Fb", "a%252Fb")]
    [InlineData("/", "%2F")]
    [InlineData("日 x+y", "%E6%97%A5%20x+y")]
    [InlineData("1?2", "1%3F2")]
    public async Task An_id_is_a_path_segment_decoded_exactly_once(string id, string encoded)
    {
        await host.Post(new { type = "track", userId = id, @event = "Login", messageId = id });

        foreach (var path in new[] { "/api/customers/", "//api//customers//", "http://any/API/Customers/" })
        {
            var answer = await Answer($"GET {path}{encoded}", "");
            Assert.StartsWith("HTTP/1.1 200", answer);
            Assert.Equal(id, JsonElement.Parse(answer[answer.IndexOf('{')..(answer.LastIndexOf('}') + 1)]).GetProperty("id").GetString());
        }
    }

    [Theory]
    [InlineData("GET /api/customers/../../health/live")]
    [InlineData("GET /assets/%2E%2E/%2E%2E/LStep.sln")]
    [InlineData("GET /%2E%2E/%2E%2E/%2E%2E/etc/passwd")]
    [InlineData("GET /customers/%2E%2E%2Fapi")]
    [InlineData("GET http://any/api/customers/%00")]
    [InlineData("GET /api/customers/%00")]
    [InlineData("GET /%2500//api")]
    [InlineData("GET /api/customers/%252e%252e/%252E")]
    [InlineData("OPTIONS *")]
    public async Task Other_paths_lead_nowhere_they_should_not(string request)
    {
        var answer = await Answer(request, "");

        Assert.Matches("^HTTP/1.1 (200|400|404|405) ", answer);
        Assert.DoesNotContain("Project(", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("root:", answer, StringComparison.Ordinal);
    }

    private Task<string> Answer(string request, string body)
    {
        var key = request.Contains("/v1", StringComparison.Ordinal)
            ? "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(host.WriteKey + ":"))
            : "Bearer " + host.AdminToken;
        return RawHttp.Answer(
            host.Address,
            $"{request} HTTP/1.1\r\nHost: any\r\nConnection: close\r\nAuthorization: {key}\r\nContent-Length: {body.Length}\r\n\r\n{body}");
    }
}
