using System.Net;
using LStep.Silo;

namespace LStep.System.Tests.Http;

/// <summary>A test of the built dashboard, skipped where it was not built.</summary>
public sealed class BuiltDashboardTheoryAttribute : TheoryAttribute
{
    public BuiltDashboardTheoryAttribute()
    {
        if (WebRoot.Find() is null) Skip = "the dashboard is not built; ./lstep test builds it";
    }
}

public sealed class DashboardPagesTests(LStepHostFixture fixture) : IClassFixture<LStepHostFixture>
{
    [BuiltDashboardTheory]
    [InlineData("GET", "/", HttpStatusCode.OK, "text/html")]
    [InlineData("GET", "/customers", HttpStatusCode.OK, "text/html")]
    [InlineData("GET", "/customers/ana.b@example.com", HttpStatusCode.OK, "text/html")]
    [InlineData("GET", "/reviews", HttpStatusCode.OK, "text/html")]
    [InlineData("GET", "/rules", HttpStatusCode.OK, "text/html")]
    [InlineData("GET", "/tasks", HttpStatusCode.OK, "text/html")]
    [InlineData("GET", "/campaigns", HttpStatusCode.OK, "text/html")]
    [InlineData("GET", "/mailbox", HttpStatusCode.OK, "text/html")]
    [InlineData("GET", "/events", HttpStatusCode.OK, "text/html")]
    [InlineData("GET", "/actions", HttpStatusCode.OK, "text/html")]
    [InlineData("GET", "/journeys", HttpStatusCode.OK, "text/html")]
    [InlineData("GET", "/rejected", HttpStatusCode.OK, "text/html")]
    [InlineData("GET", "/operations", HttpStatusCode.OK, "text/html")]
    [InlineData("GET", "/audit", HttpStatusCode.OK, "text/html")]
    [InlineData("GET", "/assets/none.js", HttpStatusCode.NotFound, "application/problem+json")]
    [InlineData("HEAD", "/customers", HttpStatusCode.OK, "text/html")]
    [InlineData("GET", "/customers/a%2Fb", HttpStatusCode.OK, "text/html")]
    [InlineData("GET", "/customers/", HttpStatusCode.OK, "text/html")]
    [InlineData("GET", "/customers/a/b", HttpStatusCode.NotFound, "application/problem+json")]
    [InlineData("GET", "/operations/x", HttpStatusCode.NotFound, "application/problem+json")]
    [InlineData("GET", "/Customers", HttpStatusCode.NotFound, "application/problem+json")]
    [InlineData("GET", "/none", HttpStatusCode.NotFound, "application/problem+json")]
    [InlineData("GET", "/none/at/all", HttpStatusCode.NotFound, "application/problem+json")]
    [InlineData("GET", "/api/none", HttpStatusCode.NotFound, "application/problem+json")]
    [InlineData("POST", "/api/none", HttpStatusCode.NotFound, "application/problem+json")]
    [InlineData("POST", "/none", HttpStatusCode.NotFound, "application/problem+json")]
    public async Task Pages_have_addresses_and_wrong_addresses_of_programs_have_none(
        string method, string path, HttpStatusCode status, string type)
    {
        using var answer = await fixture.Host.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        Assert.Equal((status, type), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }
}
