using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LStep.Grains.Customers;

namespace LStep.System.Tests.Customers;

public sealed class NamesTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task Many_ids_are_named_in_one_call_and_ids_of_nobody_are_left_out()
    {
        await host.Post(
            new { type = "identify", userId = "named", traits = new { name = "Nele Named" } },
            ApiHost.Track("nameless", "Logged In"),
            new { type = "identify", userId = "{a,\"b\"}", traits = new { name = "Bo Braces" } });

        var named = await Ask(new { ids = new[] { "named", "nameless", "{a,\"b\"}", "nobody" } });

        Assert.Equal(
            new Dictionary<string, string?> { ["named"] = "Nele Named", ["nameless"] = null, ["{a,\"b\"}"] = "Bo Braces" },
            named.GetProperty("items").EnumerateArray().ToDictionary(
                one => one.GetProperty("id").GetString()!, one => one.GetProperty("name").GetString()));
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"ids":[]}""")]
    [InlineData("""{"ids":null}""")]
    [InlineData("""{"ids":[null,"","\u0000","a\u0000b"]}""")]
    public async Task What_no_customer_can_be_is_nobody(string body)
    {
        using var answer = await Post(body);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty(JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("items").EnumerateArray());
    }

    [Theory]
    [InlineData("""{"ids":["\ud800"]}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"ids":"one"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"ids":[{}]}""", HttpStatusCode.BadRequest)]
    public async Task What_cannot_be_read_is_refused(string body, HttpStatusCode status)
    {
        using var answer = await Post(body);
        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task More_ids_than_the_bound_are_refused()
    {
        using var answer = await host.Admin.PostAsJsonAsync(
            "/api/customers/names", new { ids = Enumerable.Repeat("id", CustomerLimits.NamesPerRequestMax + 1) });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal("too_many", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Names_are_for_those_who_may_read()
    {
        using var nobody = host.Client();
        using var refused = await nobody.PostAsJsonAsync("/api/customers/names", new { ids = new[] { "named" } });
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);

        using var viewer = host.Client(ApiHost.ViewerToken);
        using var allowed = await viewer.PostAsJsonAsync("/api/customers/names", new { ids = new[] { "named" } });
        Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
    }

    private async Task<JsonElement> Ask(object body)
    {
        using var answer = await host.Admin.PostAsJsonAsync("/api/customers/names", body);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private Task<HttpResponseMessage> Post(string body) =>
        host.Admin.PostAsync("/api/customers/names", new StringContent(body, global::System.Text.Encoding.UTF8, "application/json"));
}
