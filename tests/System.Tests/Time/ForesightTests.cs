using System.Net.Http.Json;
using System.Text.Json;
using LStep.Domain.Predicting;
using LStep.Grains.Operations.Verifying;
using LStep.Grains.Rules;
using LStep.Grains.Time.Figures;
using Microsoft.Extensions.DependencyInjection;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Time;

/// <summary>What is predicted of everybody follows activities, business days and models.</summary>
public sealed class ForesightTests
{
    private static readonly DateTimeOffset Begin = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    /// <summary>Silent for up to 3 days: one probability, else another.</summary>
    internal static ChurnModel Silence(double upTo, double after) => new(
        0, [[new TreeNode(Features.IndexOf("silent_days"), 3, 1, 2, 0, 10), new TreeNode(-1, 0, 0, 0, upTo, 5),
            new TreeNode(-1, 0, 0, 0, after, 5)]], IsotonicCurve.Logistic);

    internal static async Task PutLive(LStepHost host, int number, ChurnModel model)
    {
        await using (var command = host.Database.Source.CreateCommand(
            "INSERT INTO prediction_models (number, made_at, made_by, run_id, source, model, card) "
                + "VALUES ($1, now(), 'ada', '', 'test', $2, '{}')"))
        {
            command.Parameters.AddWithValue(number);
            command.Parameters.AddWithValue(model.Write());
            await command.ExecuteNonQueryAsync();
        }
        var answer = await host.Client.PostAsJsonAsync($"/api/predictions/models/{number}/live", new { reason = "a test" });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        Assert.Equal(number, host.Services.GetRequiredService<RulebookSource>().Current.Model!.Number);
    }

    /// <summary>Known for three weeks; ada was last active two days ago, bea ten.</summary>
    private static async Task<LStepHost> Started()
    {
        var host = await LStepHost.Start(Begin);
        await host.Post(
            Track("ada", "Lesson Completed", Begin.AddDays(-21)), Track("bea", "Lesson Completed", Begin.AddDays(-21)),
            Track("ada", "Lesson Completed", Begin.AddDays(-2)), Track("bea", "Lesson Completed", Begin.AddDays(-10)),
            Track("new", "Lesson Completed", Begin.AddDays(-2)));
        await PutLive(host, 1, Silence(-2, 1));
        return host;
    }

    /// <summary>Once everything has followed; readers would not wait for longer than a moment.</summary>
    private static async Task<List<(string, decimal?, int?)>> Listed(LStepHost host, string query)
    {
        await host.Services.GetRequiredService<FigureRows>().FlushAsync(
            host.Services.GetRequiredService<RulebookSource>().Current, host.Now);
        return [.. (await host.Get("/api/customers?" + query)).GetProperty("items").EnumerateArray().Select(row => (
            row.GetProperty("id").GetString()!,
            row.GetProperty("churnProbability") is { ValueKind: JsonValueKind.Number } churn ? churn.GetDecimal() : (decimal?)null,
            row.GetProperty("churnModel") is { ValueKind: JsonValueKind.Number } model ? model.GetInt32() : (int?)null))];
    }

    private static (string, decimal?, int?) Row(string id, decimal? churn, int? model) => (id, churn, model);

    internal static async Task<IEnumerable<string>> Verified(LStepHost host) => (await host.Services.GetRequiredService<Verify>().Run(
        host.Services.GetRequiredService<RulebookSource>().Current, host.Now)).Differences.Select(one => $"{one.CustomerId}: {one.Detail}");

    [Fact]
    public async Task The_list_is_filtered_and_sorted_by_predictions_and_names_their_model()
    {
        await using var host = await Started();
        Assert.Equal([Row("new", null, null), Row("ada", 0.1192m, 1), Row("bea", 0.7311m, 1)], await Listed(host, "sort=churn"));
        Assert.Equal(["bea", "ada", "new"], (await Listed(host, "sort=churn&order=desc")).Select(one => one.Item1));
        Assert.Equal(["bea"], (await Listed(host, "minChurn=0.7311")).Select(one => one.Item1));
        Assert.Empty(await Listed(host, "minChurn=0.7312"));
        Assert.Equal(["ada"], (await Listed(host, "maxChurn=0.5&tag=ST_001")).Select(one => one.Item1));
        Assert.Equal(["ada", "bea"], (await Listed(host, "minChurn=0&maxChurn=1&sort=churn")).Select(one => one.Item1));
        Assert.Equal([], await Verified(host));
    }

    [Fact]
    public async Task An_activity_refreshes_a_prediction()
    {
        await using var host = await Started();
        Assert.Equal(Row("bea", 0.7311m, 1), (await Listed(host, "minChurn=0.5")).Single());
        await host.Post(Track("bea", "Lesson Completed", Begin));
        Assert.Empty(await Listed(host, "minChurn=0.5"));
        Assert.Equal(["ada", "bea"], (await Listed(host, "maxChurn=0.5")).Select(one => one.Item1));
        Assert.Equal([], await Verified(host));
    }

    [Fact]
    public async Task A_change_of_the_business_day_refreshes_predictions_without_an_event()
    {
        await using var host = await Started();
        await host.MoveClock(new(2026, 3, 4, 23, 59, 59, TimeSpan.Zero));
        Assert.Equal(["bea"], (await Listed(host, "minChurn=0.5")).Select(one => one.Item1));
        await host.MoveClock(new(2026, 3, 5, 0, 0, 0, TimeSpan.Zero));
        Assert.Equal(["ada", "bea"], (await Listed(host, "minChurn=0.5")).Select(one => one.Item1));
        Assert.Equal([], await Verified(host));
    }

    [Fact]
    public async Task Another_model_refreshes_predictions_and_going_back_restores_them()
    {
        await using var host = await Started();
        await Listed(host, "sort=churn");
        await PutLive(host, 2, Silence(1, -2));
        Assert.Equal([Row("ada", 0.7311m, 2)], await Listed(host, "minChurn=0.5"));
        Assert.Equal([], await Verified(host));
        (await host.Client.PostAsJsonAsync("/api/predictions/models/1/live", new { reason = "back" })).EnsureSuccessStatusCode();
        Assert.Equal([Row("bea", 0.7311m, 1)], await Listed(host, "minChurn=0.5"));
        Assert.Equal([], await Verified(host));
    }

    [Fact]
    public async Task What_the_version_before_has_followed_is_predicted_once_more()
    {
        await using var host = await Started();
        await Listed(host, "sort=churn");
        await Execute(host, "UPDATE customer_foresight SET churn = 0.5");
        // It knows no column of predictions.
        await Execute(
            host, "UPDATE customer_figures_progress SET through = (SELECT pg_snapshot_xmin(pg_current_snapshot())), ledger = ledger");
        Assert.Equal([Row("bea", 0.7311m, 1)], await Listed(host, "minChurn=0.5"));
        Assert.Equal([], await Verified(host));
    }

    [Fact]
    public async Task Scores_that_the_version_before_has_not_written_are_made_once_more()
    {
        await using var host = await Started();
        var before = (await Listed(host, "sort=overall&order=desc")).Select(one => one.Item1).ToList();
        await Execute(host, "UPDATE customer_foresight SET overall = CASE customer_id WHEN 'bea' THEN 99 ELSE 0 END, due_at = NULL");
        // It predicts, and knows no column of scores.
        await Execute(host, """
            UPDATE customer_figures_progress SET (through, model_through, ledger) = (
                SELECT at, at, ledger FROM customer_figures_progress, pg_snapshot_xmin(pg_current_snapshot()) AS at)
            """);
        Assert.Equal(before, (await Listed(host, "sort=overall&order=desc")).Select(one => one.Item1));
        Assert.Equal([], await Verified(host));
    }

    [Fact]
    public async Task A_customer_says_which_model_predicts_and_why_and_nothing_about_the_past()
    {
        await using var host = await Started();
        var churn = (await host.Get("/api/customers/bea")).GetProperty("churn");
        Assert.Equal((0.7311m, 1), (churn.GetProperty("probability").GetDecimal(), churn.GetProperty("model").GetInt32()));
        var reason = Assert.Single(churn.GetProperty("reasons").EnumerateArray());
        Assert.Equal("silent_days", reason.GetProperty("feature").GetString());
        Assert.Equal("9 days without learning", reason.GetProperty("text").GetString());
        Assert.Equal(9, reason.GetProperty("value").GetDecimal());
        Assert.True(reason.GetProperty("logOdds").GetDecimal() > 0);
        Assert.Equal(0.7311m, (await host.Get("/api/customers/bea")).GetProperty("metrics").GetProperty("churn_probability").GetDecimal());

        await host.MoveClock(Begin.AddHours(1));
        var then = await host.Get($"/api/customers/bea?at={Uri.EscapeDataString(Begin.AddMinutes(30).ToString("O"))}");
        Assert.Equal(JsonValueKind.Null, then.GetProperty("churn").ValueKind);
        Assert.Equal(JsonValueKind.Null, (await host.Get("/api/customers/new")).GetProperty("churn").ValueKind);
    }

    [Fact]
    public async Task A_bulk_act_takes_those_whom_the_filter_finds_and_an_erasure_leaves_no_prediction()
    {
        await using var host = await Started();
        var answer = await host.Client.PostAsJsonAsync("/api/customers/bulk", new { action = "evaluate", filter = new { minChurn = 0.5 } });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        var item = Assert.Single((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("items").EnumerateArray());
        Assert.Equal("bea", item.GetProperty("id").GetString());
        (await host.Client.DeleteAsync("/api/customers/bea")).EnsureSuccessStatusCode();
        Assert.Empty(await Listed(host, "minChurn=0.5"));
        Assert.Equal([], await Verified(host));
    }

    private static async Task Execute(LStepHost host, string sql)
    {
        await using var command = host.Database.Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
