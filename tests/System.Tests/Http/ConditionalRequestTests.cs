using System.Net;
using System.Net.Http.Headers;

namespace LStep.System.Tests.Http;

public sealed class ConditionalRequestTests(LStepHostFixture fixture) : IClassFixture<LStepHostFixture>, IAsyncLifetime
{
    private readonly HttpClient client = fixture.Host.Client;

    public Task InitializeAsync() => fixture.Host.Post(new { type = "track", userId = "tagged", @event = "Login", messageId = "once" });

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("/api/rules")]
    [InlineData("/api/transitions")]
    [InlineData("/api/flags")]
    public async Task Whoever_has_the_answer_already_is_told_so(string path)
    {
        using var first = await client.GetAsync(path);
        var tag = Assert.IsType<EntityTagHeaderValue>(first.Headers.ETag);
        Assert.True(tag.IsWeak);

        using var again = await client.SendAsync(new HttpRequestMessage(HttpMethod.Get, path) { Headers = { IfNoneMatch = { tag } } });
        Assert.Equal((HttpStatusCode.NotModified, 0), (again.StatusCode, (await again.Content.ReadAsByteArrayAsync()).Length));

        using var other = await client.SendAsync(
            new HttpRequestMessage(HttpMethod.Get, path) { Headers = { IfNoneMatch = { new EntityTagHeaderValue("\"other\"") } } });
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Theory]
    [InlineData("/api/customers", HttpStatusCode.OK)]
    [InlineData("/api/customers/tagged", HttpStatusCode.OK)]
    [InlineData("/api/customers/nobody", HttpStatusCode.NotFound)]
    [InlineData("/api/customers?limit=0", HttpStatusCode.BadRequest)]
    [InlineData("/health/live", HttpStatusCode.OK)]
    [InlineData("/openapi/v1.json", HttpStatusCode.OK)]
    [InlineData("/docs", HttpStatusCode.OK)]
    [InlineData("/v1/projects/write-key-of-the-test-host/settings", HttpStatusCode.OK)]
    public async Task Head_answers_where_get_does(string path, HttpStatusCode status)
    {
        using var get = await client.GetAsync(path);
        using var head = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));

        Assert.Equal((status, status), (get.StatusCode, head.StatusCode));
        Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("/api/rules", "gzip", "gzip")]
    [InlineData("/api/rules", "br, gzip", "br")]
    [InlineData("/api/rules", "", null)]
    [InlineData("/openapi/v1.json", "br", "br")]
    [InlineData("/docs/scalar.js", "br", "br")]
    [InlineData("/api/session", "br", null)]
    [InlineData("/v1/projects/write-key-of-the-test-host/settings", "br", null)]
    public async Task Answers_are_compressed_unless_they_hold_a_secret(string path, string accepted, string? coding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (accepted.Length > 0) request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        using var answer = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(coding, answer.Content.Headers.ContentEncoding.SingleOrDefault());
    }
}
