using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LStep.System.Tests.Predictions;

/// <summary>Which model is live, over the API.</summary>
public sealed class LiveModelTests : IAsyncLifetime
{
    private readonly ApiHost host = new();

    public Task InitializeAsync() => host.InitializeAsync();

    public Task DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task The_shipped_model_is_live_and_says_what_it_was_trained_on()
    {
        var model = await host.Get("/api/predictions/model");

        Assert.Equal((0, true), (model.GetProperty("number").GetInt32(), model.GetProperty("live").GetBoolean()));
        Assert.Equal(Domain.Predicting.Features.Count, model.GetProperty("features").GetArrayLength());
        Assert.Equal(model.GetRawText(), (await host.Get("/api/predictions/model?number=0")).GetRawText());
    }

    [Theory]
    [InlineData("model?number=7", HttpStatusCode.NotFound, "not_found")]
    [InlineData("model?number=99999999999", HttpStatusCode.NotFound, "not_found")]
    [InlineData("model?number=x", HttpStatusCode.BadRequest, "bad_number")]
    [InlineData("watch?number=7", HttpStatusCode.NotFound, "not_found")]
    [InlineData("training?cursor=x", HttpStatusCode.BadRequest, "bad_cursor")]
    public async Task What_is_asked_wrongly_is_told_so(string path, HttpStatusCode status, string code)
    {
        using var answer = await host.Admin.GetAsync($"/api/predictions/{path}");

        Assert.Equal((status, code), (answer.StatusCode, await answer.Code()));
    }

    [Fact]
    public async Task A_model_that_is_not_there_cannot_be_put_live()
    {
        using var unknown = await host.Admin.PostAsJsonAsync("/api/predictions/models/7/live", new { reason = "try" });
        Assert.Equal((HttpStatusCode.NotFound, "not_found"), (unknown.StatusCode, await unknown.Code()));
        using var same = await host.Admin.PostAsJsonAsync("/api/predictions/models/0/live", new { reason = "again" });
        Assert.Equal((HttpStatusCode.OK, 0), (same.StatusCode, (await same.Json()).GetProperty("before").GetInt32()));
        Assert.Empty((await host.Get("/api/audit?action=model.live")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Where_an_active_rule_asks_for_the_churn_probability_everybody_is_looked_at_again()
    {
        await using var database = Npgsql.NpgsqlDataSource.Create(host.Database.ConnectionString);
        await using var insert = database.CreateCommand(
            """
            INSERT INTO prediction_models (number, made_at, made_by, run_id, source, model, card)
            VALUES (1, now(), 'test', '', 'installation', $1, '{}')
            """);
        insert.Parameters.AddWithValue(new Domain.Predicting.ChurnModel(0, [], new([0], [0.9])).Write());
        await insert.ExecuteNonQueryAsync();
        using (var put = await host.Admin.PostAsync("/api/predictions/models/1/live", null))
            Assert.Equal(JsonValueKind.Null, (await put.Json()).GetProperty("batchId").ValueKind);
        var set = await host.Get("/api/rules");
        var rules = JsonNode.Parse(set.GetProperty("rules").GetRawText())!.AsArray();
        rules[0]!["conditions"] = JsonNode.Parse("""{"churn_probability":{"operator":">=","value":0.8}}""");
        using (var published = await host.Admin.PutAsJsonAsync("/api/rules", new { rules, baseVersion = 1 }))
            Assert.True(published.IsSuccessStatusCode, await published.Content.ReadAsStringAsync());

        using var back = await host.Admin.PostAsJsonAsync("/api/predictions/models/0/live", new { reason = "too many alarms" });

        var batch = (await back.Json()).GetProperty("batchId").GetString();
        Assert.Equal("model", (await host.Get($"/api/evaluations/{batch}")).GetProperty("scope").GetString());
        var audit = (await host.Get("/api/audit?limit=1")).GetProperty("items")[0];
        Assert.Equal(("model.live", "0", "too many alarms", batch), (
            audit.GetProperty("action").GetString(), audit.GetProperty("target").GetString(), audit.GetProperty("reason").GetString(),
            audit.GetProperty("after").GetProperty("batchId").GetString()));
    }
}
