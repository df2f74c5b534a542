using System.Net;
using System.Text.Json;
using LStep.Domain;
using LStep.Domain.Predicting;
using LStep.Grains.Customers;
using LStep.Prediction;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Predictions;

/// <summary>Samples at the change of each business day: whether features drift, and what became of what was said.</summary>
public sealed class WatchTests
{
    private const int Learners = 300;

    private static readonly DateTimeOffset Now = new(2026, 3, 10, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_planted_drift_is_found_and_none_before_it_and_outcomes_are_filled_in_after_14_days()
    {
        await using var host = await LStepHost.Start(Now);
        var few = await host.Get("/api/predictions/watch");
        Assert.Equal(("too_few", "too_few"), (Verdict(few, "drift"), Verdict(few, "calibration")));
        await Taken(host, Now);
        await InventedHistory.Import(host, Now, Learners, days: 40);

        await NextDay(host, Now.AddDays(1));
        await PutModel(host.ConnectionString, 1, await Spreads(host));
        using (await host.Client.PostAsync("/api/predictions/models/1/live", null)) { }
        var calm = await host.Get("/api/predictions/watch");
        Assert.Equal((1, Learners), (calm.GetProperty("model").GetInt32(), calm.GetProperty("drift").GetProperty("samples").GetInt32()));
        Assert.All(
            calm.GetProperty("drift").GetProperty("features").EnumerateArray(),
            feature => Assert.Equal("stable", Text(feature, "verdict")));
        Assert.Equal("stable", Verdict(calm, "drift"));

        foreach (var learner in Enumerable.Range(0, Learners).Chunk(100))
            await host.Post([.. learner.SelectMany(one => Burst(one, host.Now))]);
        await NextDay(host, Now.AddDays(2));
        var moved = await host.Get("/api/predictions/watch");
        Assert.Equal("drifted", Verdict(moved, "drift"));
        Assert.Equal(2 * Learners, moved.GetProperty("drift").GetProperty("samples").GetInt32());
        Assert.Equal("drifted", Text(Feature(moved, "page_views_7"), "verdict"));
        Assert.Equal("stable", Text(Feature(moved, "talk_28"), "verdict"));

        // A third of them come back within the 14 days; the others stay silent.
        await host.MoveClock(Now.AddDays(5));
        await host.Post([.. Enumerable.Range(0, Learners / 3).Select(one => Track(InventedHistory.Name(one), "Logged In", host.Now))]);
        await NextDay(host, Now.AddDays(17));
        var known = (await host.Get("/api/predictions/watch")).GetProperty("calibration");
        Assert.Equal(("known", Learners), (Text(known, "verdict"), known.GetProperty("rows").GetInt32()));
        Assert.Equal((0.3m, 0.6667m), (known.GetProperty("predicted").GetDecimal(), known.GetProperty("observed").GetDecimal()));
        var bin = Assert.Single(known.GetProperty("bins").EnumerateArray());
        Assert.Equal((0.3, Learners), (Math.Round(bin.GetProperty("predicted").GetDouble(), 4), bin.GetProperty("rows").GetInt32()));
    }

    [Fact]
    public async Task Samples_name_their_model_and_an_erasure_takes_those_of_its_person()
    {
        await using var host = await LStepHost.Start(Now);
        await Taken(host, Now);
        await InventedHistory.Import(host, Now, 10, days: 40);
        await NextDay(host, Now.AddDays(1));
        Assert.Equal(10, await Count(host, "SELECT count(*) FROM prediction_samples WHERE model = 0"));

        using var answer = await host.Client.DeleteAsync($"/api/customers/{InventedHistory.Name(3)}");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("prediction_samples", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(9, await Count(host, "SELECT count(*) FROM prediction_samples"));
        Assert.Equal(0, await Count(host, $"SELECT count(*) FROM prediction_samples WHERE customer_id = '{InventedHistory.Name(3)}'"));
    }

    /// <summary>Moves the clock to an instant of a day that has not begun, and waits for the day's samples.</summary>
    private static async Task NextDay(LStepHost host, DateTimeOffset at)
    {
        await host.MoveClock(at);
        await Taken(host, at);
    }

    private static async Task Taken(LStepHost host, DateTimeOffset at)
    {
        await Signals.UntilAsync(async () => await Count(
            host, $"SELECT count(*) FROM prediction_sample_days WHERE day = '{at:yyyy-MM-dd}'") == 1);
        await Signals.UntilAsync(async () => await Count(
            host, $"SELECT count(*) FROM prediction_sample_days WHERE NOT outcomes AND taken_at <= '{at.AddDays(-14):O}'") == 0);
    }

    private static IEnumerable<object> Burst(int learner, DateTimeOffset at) => Enumerable.Range(0, 8).Select(view => (object)new
    {
        type = "page", userId = InventedHistory.Name(learner), name = $"p{view}", timestamp = at.AddSeconds(view),
        messageId = $"burst-{learner}-{view}",
    });

    /// <summary>How the features of everybody are spread as the samples saw them.</summary>
    private static async Task<ModelCard> Spreads(LStepHost host)
    {
        var ids = Enumerable.Range(0, Learners).Select(InventedHistory.Name).ToList();
        var customers = await host.Services.GetRequiredService<CustomerStore>().LoadMany(ids);
        var rows = customers.Select(customer =>
        {
            var features = new float[Features.Count];
            Features.Of(customer.State, BusinessCalendar.Utc, host.Now, features);
            return features;
        }).ToList();
        return StartingModel.Card with { Number = 1, Spreads = Watching.Spreads(rows) };
    }

    /// <summary>A model that says 0.3 of everybody.</summary>
    private static async Task PutModel(string connectionString, int number, ModelCard card)
    {
        var model = new ChurnModel(0, [], new IsotonicCurve([0], [0.3]));
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(
            """
            INSERT INTO prediction_models (number, made_at, made_by, run_id, source, model, card)
            VALUES ($1, now(), 'test', '', 'installation', $2, $3::jsonb)
            """);
        command.Parameters.AddWithValue(number);
        command.Parameters.AddWithValue(model.Write());
        command.Parameters.AddWithValue(JsonSerializer.Serialize(card, JsonSerializerOptions.Web));
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<long> Count(LStepHost host, string query)
    {
        await using var source = NpgsqlDataSource.Create(host.ConnectionString);
        await using var command = source.CreateCommand(query);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static JsonElement Feature(JsonElement watch, string name) => watch.GetProperty("drift").GetProperty("features")
        .EnumerateArray().Single(feature => Text(feature, "name") == name);

    private static string Verdict(JsonElement watch, string part) => Text(watch.GetProperty(part), "verdict");

    private static string Text(JsonElement of, string field) => of.GetProperty(field).GetString()!;
}
