using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace LStep.System.Tests.Ingest;

/// <summary>
/// An identify with more traits than a customer may have is recorded, fills the columns, and is listed: its free traits were left out.
/// </summary>
public sealed class RefusedInPartTests(LStepHostFixture fixture) : IClassFixture<LStepHostFixture>
{
    private readonly LStepHost host = fixture.Host;

    [Theory]
    [InlineData("/v1/identify", HttpStatusCode.OK)]
    [InlineData("/v1/identify?strict=1", HttpStatusCode.MultiStatus)]
    [InlineData("/v1/batch", HttpStatusCode.OK)]
    [InlineData("/v1/batch?strict=1", HttpStatusCode.MultiStatus)]
    public async Task It_is_acknowledged_and_listed(string path, HttpStatusCode status)
    {
        var id = $"many{path}";
        var traits = string.Join(',', Enumerable.Range(0, 301).Select(i => $"\"t{i}\":{i}"));
        var message = $$"""
            {"type":"identify","userId":"{{id}}","messageId":"{{id}}-1","traits":{ {{traits}},"consent":{"email":"no"},"email":"{{id}}@x" } }
            """;
        var answer = await Post(path, path.Contains("batch", StringComparison.Ordinal) ? $$"""{"batch":[{{message}}]}""" : message);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((status, true), (answer.StatusCode, body.GetProperty("success").GetBoolean()));
        var item = Assert.Single(body.GetProperty(status == HttpStatusCode.OK ? "rejected" : "items").EnumerateArray());
        Assert.Equal((0, $"{id}-1", "too_many_traits"), (
            item.GetProperty("index").GetInt32(), item.GetProperty("messageId").GetString(), item.GetProperty("code").GetString()));
        if (status == HttpStatusCode.MultiStatus) Assert.Equal(200, item.GetProperty("status").GetInt32());

        var listed = (await host.Get("/api/rejected")).GetProperty("items").EnumerateArray();
        Assert.Single(listed, row => row.GetProperty("messageId").GetString() == $"{id}-1");
        var customer = await host.Get($"/api/customers/{Uri.EscapeDataString(id)}");
        Assert.Equal(($"{id}@x", "{}"), (customer.GetProperty("email").GetString(), customer.GetProperty("traits").GetRawText()));
        // Sent again it is a repeat, and no reason to list it again.
        answer = await Post(path, path.Contains("batch", StringComparison.Ordinal) ? $$"""{"batch":[{{message}}]}""" : message);
        Assert.DoesNotContain("too_many_traits", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> Post(string path, string json) =>
        host.Ingest.PostAsync(path, new StringContent(json, Encoding.UTF8, "application/json"));
}
