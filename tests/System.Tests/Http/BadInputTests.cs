using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace LStep.System.Tests.Http;

public sealed class BadInputTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Theory]
    [InlineData("/api/customers?tag=ST_009", "bad_tag")]
    [InlineData("/api/customers?tag=ST_001&tag=ST_002", "repeated")]
    [InlineData("/api/customers?tier=Gold", "bad_tier")]
    [InlineData("/api/customers?risk=boredom", "bad_risk")]
    [InlineData("/api/customers?limit=0", "bad_limit")]
    [InlineData("/api/customers?limit=-1", "bad_limit")]
    [InlineData("/api/customers?limit=ten", "bad_limit")]
    [InlineData("/api/customers?limit=501", "bad_limit")]
    [InlineData("/api/customers?limit=100000000000000000", "bad_limit")]
    [InlineData("/api/transitions?limit=1001", "bad_limit")]
    [InlineData("/api/customers?sorted=name", "unknown_parameter")]
    [InlineData("/api/customers?%00=1", "unknown_parameter")]
    [InlineData("/api/customers/c?asof=2026-01-01", "unknown_parameter")]
    [InlineData("/api/flags?x", "unknown_parameter")]
    [InlineData("/api/transitions?order=sideways", "bad_order")]
    [InlineData("/api/customers?cursor=nonsense", "bad_cursor")]
    [InlineData("/api/customers?cursor=%00", "bad_cursor")]
    [InlineData("/api/customers?q=%00", "bad_text")]
    [InlineData("/api/customers?tag=x&limit=y&cursor=z", "bad_request")]
    [InlineData("/api/transitions?after=-5", "bad_number")]
    [InlineData("/api/transitions?after=99999999999999999999", "bad_number")]
    [InlineData("/api/transitions?after=1.5", "bad_number")]
    [InlineData("/api/reviews?status=lost", "bad_status")]
    [InlineData("/api/reviews?cursor=AAAA", "bad_cursor")]
    [InlineData("/api/rules/versions?cursor=AAAA", "bad_cursor")]
    [InlineData("/api/evaluations?cursor=AAAA", "bad_cursor")]
    [InlineData("/api/rejected?cursor=AAAA", "bad_cursor")]
    [InlineData("/api/events?cursor=AAAA", "bad_cursor")]
    [InlineData("/api/events?show=some", "bad_show")]
    [InlineData("/api/events?q=%00", "bad_text")]
    [InlineData("/api/customers/c/metrics?from=yesterday", "bad_date")]
    [InlineData("/api/customers/c/metrics?from=2026-02-30", "bad_date")]
    [InlineData("/api/customers/c/metrics?from=2026-03-02&to=2026-03-01", "bad_range")]
    [InlineData("/api/customers/c/metrics?from=0001-01-01&to=9999-12-31", "range_too_long")]
    [InlineData("/api/customers/c/timeline?cursor=AAAA", "bad_cursor")]
    public async Task Bad_query_values_are_refused_with_their_names(string path, string code)
    {
        using var answer = await host.Admin.GetAsync(path);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal((HttpStatusCode.BadRequest, code), (answer.StatusCode, problem.GetProperty("code").GetString()));
        Assert.All(
            problem.GetProperty("errors").EnumerateArray(), error => Assert.Equal(["path", "code", "message"], ApiHost.Fields(error)));
    }

    [Theory]
    [InlineData("GET", "/api/customers/nobody", 404)]
    [InlineData("GET", "/api/customers/nobody/evaluation", 404)]
    [InlineData("POST", "/api/customers/nobody/evaluation", 404)]
    [InlineData("GET", "/api/customers/nobody/metrics", 404)]
    [InlineData("GET", "/api/customers/nobody/metrics?to=0001-01-01", 404)]
    [InlineData("GET", "/api/customers/nobody/timeline", 404)]
    [InlineData("GET", "/api/customers/nobody/decisions/1", 404)]
    [InlineData("GET", "/api/customers/nobody/decisions/one", 404)]
    [InlineData("GET", "/api/customers/nobody/decisions/99999999999", 404)]
    [InlineData("GET", "/api/customers/%E6%97%A5%2F%F0%9F%8C%B1", 404)]
    [InlineData("GET", "/api/customers/%FF%FE", 404)]
    [InlineData("GET", "/api/customers/%20", 404)]
    [InlineData("POST", "/api/customers/%E3%80%80%20/evaluation", 404)]
    [InlineData("GET", "/api/evaluations/%20", 404)]
    [InlineData("GET", "/api/customers/%ED%A0%80", 404)]
    [InlineData("GET", "/api/evaluations/eval_none", 404)]
    [InlineData("GET", "/api/evaluations/%25", 404)]
    [InlineData("GET", "/api/nothing", 404)]
    [InlineData("GET", "/nothing.txt", 404)]
    [InlineData("DELETE", "/api/customers", 405)]
    [InlineData("POST", "/api/flags", 405)]
    [InlineData("POST", "/api/session", 415)]
    public async Task What_is_not_there_is_a_problem_too(string method, string path, int status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (status == 415) request.Content = new StringContent("token=x", Encoding.UTF8, "application/x-www-form-urlencoded");
        using var answer = await host.Admin.SendAsync(request);

        Assert.Equal((status, "application/problem+json"), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.All(["type", "title", "code", "detail"], field => Assert.NotEqual("", problem.GetProperty(field).GetString()));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"token":"x"} trailing""")]
    [InlineData("""{"token":NaN}""")]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("""{"token":5}""")]
    [InlineData("""{"token":"\ud800"}""")]
    public async Task A_body_that_cannot_be_read_says_where(string body)
    {
        using var client = host.Client();
        using var answer = await client.PostAsync("/api/session", new StringContent(body, Encoding.UTF8, "application/json"));
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((HttpStatusCode.BadRequest, "bad_json"), (answer.StatusCode, problem.GetProperty("code").GetString()));
        Assert.StartsWith("$", problem.GetProperty("errors")[0].GetProperty("path").GetString());
    }

    [Fact]
    public async Task A_field_that_is_not_known_is_refused_by_its_name()
    {
        using var client = host.Client();
        using var answer = await client.PostAsync("/api/session", new StringContent("""{"tokn":"x"}""", Encoding.UTF8, "application/json"));
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((HttpStatusCode.BadRequest, "bad_json"), (answer.StatusCode, problem.GetProperty("code").GetString()));
        Assert.Equal("$.tokn", problem.GetProperty("errors")[0].GetProperty("path").GetString());
    }

    [Theory]
    [InlineData("POST", "/api/evaluations")]
    [InlineData("POST", "/api/customers/somebody/evaluation")]
    [InlineData("POST", "/api/customers/names")]
    [InlineData("POST", "/api/keys")]
    [InlineData("PUT", "/api/flags/auto_apply_enabled")]
    [InlineData("PUT", "/api/events/Login")]
    [InlineData("POST", "/api/clock")]
    public async Task No_call_passes_over_a_field_that_it_does_not_know(string method, string path)
    {
        await host.Post(ApiHost.Track("somebody", "Login"));
        var before = (await host.Get("/api/evaluations")).GetProperty("items").GetArrayLength();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Content = new StringContent("""{"customer":["somebody"]}""", Encoding.UTF8, "application/json");
        using var answer = await host.Admin.SendAsync(request);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((HttpStatusCode.BadRequest, "bad_json"), (answer.StatusCode, problem.GetProperty("code").GetString()));
        Assert.Equal("$.customer", problem.GetProperty("errors")[0].GetProperty("path").GetString());
        Assert.Equal(before, (await host.Get("/api/evaluations")).GetProperty("items").GetArrayLength());
    }

    [Theory]
    [InlineData("/api/evaluations", null, HttpStatusCode.Accepted)]
    [InlineData("/api/evaluations", "{}", HttpStatusCode.Accepted)]
    [InlineData("/api/customers/somebody/evaluation", null, HttpStatusCode.OK)]
    [InlineData("/api/customers/somebody/evaluation", "{}", HttpStatusCode.OK)]
    public async Task A_body_without_fields_may_be_left_out(string path, string? body, HttpStatusCode status)
    {
        await host.Post(ApiHost.Track("somebody", "Login"));
        using var content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await host.Admin.PostAsync(path, content);
        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task A_body_of_null_is_refused_without_the_servers_own_words()
    {
        using var client = host.Client();
        using var answer = await client.PostAsync("/api/session", new StringContent("null", Encoding.UTF8, "application/json"));
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((HttpStatusCode.BadRequest, "bad_request"), (answer.StatusCode, problem.GetProperty("code").GetString()));
        Assert.DoesNotContain("parameter", problem.GetProperty("detail").GetString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task An_id_longer_than_any_customers_is_just_not_there()
    {
        using var answer = await host.Admin.GetAsync("/api/customers/" + new string('x', 2_000));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_body_larger_than_the_bound_is_refused()
    {
        using var client = host.Client();
        // the refusal comes before the body: who sends on regardless may find the connection closed
        client.DefaultRequestHeaders.ExpectContinue = true;
        using var answer = await client.PostAsJsonAsync("/api/session", new { token = new string('x', 2_000_000) });
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal("too_large", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_cursor_of_one_customers_timeline_is_none_of_anothers()
    {
        await host.Post(ApiHost.Track("first", "Login"), ApiHost.Track("first", "Lesson Completed"), ApiHost.Track("second", "Login"));
        var cursor = (await host.Get("/api/customers/first/timeline?limit=1")).GetProperty("next").GetString();
        using var answer = await host.Admin.GetAsync($"/api/customers/second/timeline?cursor={cursor}");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }
}
