using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using LStep.Grains.Rules;
using LStep.Grains.Time.Figures;
using LStep.Silo;
using LStep.System.Tests.Trials;
using LStep.Workbench.Bench;
using LStep.Workbench.Processes;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace LStep.System.Tests.Predictions;

/// <summary>Trainings on an installation's own history, on real logs and over the API.</summary>
public sealed class TrainingTests
{
    /// <summary>Of which none of the later rows has been seen.</summary>
    private const string Model1AsOfDecember = """
        INSERT INTO prediction_models (number, made_at, made_by, run_id, source, model, card)
        SELECT 3, made_at, made_by, run_id, source, model, jsonb_set(jsonb_set(card, '{number}', '3'), '{trainedOn,to}', '"2025-12-31"')
        FROM prediction_models WHERE number = 1
        """;

    private static readonly DateTimeOffset Now = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_better_model_goes_live_and_others_are_kept_and_the_shipped_one_can_be_put_back()
    {
        await using var host = await Start(Now);
        await InventedHistory.Import(host, Now);
        Assert.Equal(0, (await host.Get("/api/predictions/model")).GetProperty("number").GetInt32());

        var first = await InventedHistory.Train(host);
        Assert.Equal(("live", 1), (Text(first, "result"), first.GetProperty("model").GetInt32()));
        Assert.Equal((InventedHistory.Learners, 1m), (
            first.GetProperty("customers").GetInt32(), first.GetProperty("progress").GetDecimal()));
        Assert.Equal(1, host.Services.GetRequiredService<RulebookSource>().Current.Model!.Number);
        var card = await host.Get("/api/predictions/model");
        Assert.Equal((1, true), (card.GetProperty("number").GetInt32(), card.GetProperty("live").GetBoolean()));
        Assert.True(card.GetProperty("targets")[0].GetProperty("auc").GetProperty("value").GetDouble() > 0.9, card.ToString());

        var second = await InventedHistory.Train(host);
        Assert.Equal(("kept", 2), (Text(second, "result"), second.GetProperty("model").GetInt32()));
        Assert.Contains("cannot be compared yet: model 1 was trained on all but 0", Text(second, "note"), StringComparison.Ordinal);
        await Execute(host, Model1AsOfDecember);
        using (var put = await host.Client.PostAsync("/api/predictions/models/3/live", null))
            Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        var third = await InventedHistory.Train(host);
        Assert.Equal(("kept", 4), (Text(third, "result"), third.GetProperty("model").GetInt32()));
        Assert.Contains("not better than model 3", Text(third, "note"), StringComparison.Ordinal);
        Assert.Equal(3, (await host.Get("/api/predictions/model")).GetProperty("number").GetInt32());

        using var back = await host.Client.PostAsync("/api/predictions/models/0/live", null);
        Assert.Equal(HttpStatusCode.OK, back.StatusCode);
        Assert.Equal(3, (await back.Json()).GetProperty("before").GetInt32());
        var kept = (await host.Get("/api/predictions/models")).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal([4, 3, 2, 1, 0], kept.Select(model => model.GetProperty("number").GetInt32()));
        Assert.Equal(0, Assert.Single(kept, model => model.GetProperty("live").GetBoolean()).GetProperty("number").GetInt32());
        var audit = (await host.Get("/api/audit?action=model.live")).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(["first admin", "first admin", "installation"], audit.Select(row => Text(row, "who")));
        Assert.Equal((3, 0), (
            audit[0].GetProperty("before").GetProperty("model").GetInt32(), audit[0].GetProperty("after").GetProperty("model").GetInt32()));
    }

    [Fact]
    public async Task Too_little_history_ends_with_a_sentence()
    {
        await using var host = await Start(Now);
        await InventedHistory.Import(host, Now, learners: 20);

        var run = await InventedHistory.Train(host);

        Assert.Equal("too_little_history", Text(run, "result"));
        Assert.Contains("20 learners", Text(run, "note"), StringComparison.Ordinal);
        Assert.Single((await host.Get("/api/predictions/models")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Two_silos_that_are_asked_at_once_train_once_and_both_have_its_model()
    {
        var now = Wall.Clock.GetUtcNow();
        await using var here = await Start();
        await using var there = await Start(connectionString: here.ConnectionString);
        // For a week after a run none comes by itself, which would be in the way here.
        await InventedHistory.Train(here);
        await InventedHistory.Import(here, now);

        var asked = await Task.WhenAll(
            here.Client.PostAsync("/api/predictions/training", null), there.Client.PostAsync("/api/predictions/training", null));

        Assert.Single(asked, answer => answer.StatusCode == HttpStatusCode.Accepted);
        Assert.Equal("training_under_way", await Assert.Single(asked, answer => answer.StatusCode == HttpStatusCode.Conflict).Code());
        var run = (await here.Get("/api/predictions/training")).GetProperty("items")[0];
        Assert.Equal("live", Text(await InventedHistory.Over(here, Text(run, "id")), "result"));
        var since = Environment.TickCount64;
        await Signals.Until(() => Model(here) == 1 && Model(there) == 1);
        Assert.InRange(Environment.TickCount64 - since, 0, 5_000);
        Assert.Equal(2, (await there.Get("/api/predictions/training")).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task An_installation_with_enough_history_trains_by_itself_a_week_after_the_run_before()
    {
        var now = Wall.Clock.GetUtcNow();
        await using var here = await Start();
        await InventedHistory.Train(here);
        await InventedHistory.Import(here, now);
        await here.Services.GetRequiredService<FigureRows>().FlushAsync(
            here.Services.GetRequiredService<RulebookSource>().Current, now);
        await Execute(here, "UPDATE prediction_training_runs SET requested_at = requested_at - interval '7 days'");

        await using var next = await Start(connectionString: here.ConnectionString);
        List<JsonElement> runs = [];
        await Signals.UntilAsync(async () =>
        {
            runs = [.. (await next.Get("/api/predictions/training")).GetProperty("items").EnumerateArray()];
            return runs.Count == 2;
        });

        Assert.Equal(["installation", "first admin"], runs.Select(run => Text(run, "requestedBy")));
        Assert.Equal("live", Text(await InventedHistory.Over(next, Text(runs[0], "id")), "result"));
    }

    [Fact]
    public async Task A_run_whose_process_ends_is_told_as_interrupted_by_the_next_one()
    {
        string connection, id;
        await using (var host = await Start(Now))
        {
            await InventedHistory.Import(host, Now, learners: 20);
            connection = host.ConnectionString;
            await using (await UnreadableTable.Hold(connection, "activities"))
            {
                using var answer = await host.Client.PostAsync("/api/predictions/training", null);
                id = Text(await answer.Json(), "id");
                await Signals.UntilAsync(async () =>
                    Text((await host.Get("/api/predictions/training")).GetProperty("items")[0], "step") == "reading");
                await host.DisposeAsync();
            }
        }
        await using var next = await Start(Now, connection);

        var run = await InventedHistory.Over(next, id);

        Assert.Equal("interrupted", Text(run, "result"));
        Assert.Equal("too_little_history", Text(await InventedHistory.Train(next), "result"));
    }

    [Fact]
    public async Task The_process_of_a_training_ends_with_its_silo_that_is_killed()
    {
        string connection;
        await using (var host = await Start(Now))
        {
            await InventedHistory.Import(host, Now, learners: 20);
            connection = host.ConnectionString;
        }
        await using var silo = await SiloProcess.Start(connection, Now);
        using var client = new HttpClient { BaseAddress = silo.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", SiloProcess.AdminToken);
        await using (await UnreadableTable.Hold(connection, "activities"))
        {
            using var answer = await client.PostAsync("/api/predictions/training", null);
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
            List<int> processes = [];
            await Signals.Until(() => (processes = [.. ProcessorTime.ChildrenOf(silo.ProcessId)]).Count > 0);
            await Signals.UntilAsync(async () => Text(await Newest(client), "step") == "reading");

            await silo.Kill();

            await Signals.Until(() => !IsRunning(Assert.Single(processes)));
        }
        await silo.StartAgain();
        await Signals.UntilAsync(async () => (await Newest(client)).GetProperty("finishedAt").ValueKind != JsonValueKind.Null);
        Assert.Equal("interrupted", Text(await Newest(client), "result"));
    }

    private static async Task<JsonElement> Newest(HttpClient client) =>
        (await client.GetFromJsonAsync<JsonElement>("/api/predictions/training")).GetProperty("items")[0];

    /// <summary>One that has ended may be in the list until somebody asks how.</summary>
    private static bool IsRunning(int process)
    {
        try
        {
            return !File.ReadAllText($"/proc/{process}/status").Contains("State:\tZ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>With trainings that do not give way to the other tests.</summary>
    private static Task<LStepHost> Start(DateTimeOffset? clock = null, string? connectionString = null) => LStepHost.Start(
        clock, connectionString, with: options => options with
        {
            Services = services => services.AddSingleton(LStepSilo.TrainingProgram with { GivesWay = false }),
        });

    private static int? Model(LStepHost host) => host.Services.GetRequiredService<RulebookSource>().Current.Model?.Number;

    private static async Task Execute(LStepHost host, string sql)
    {
        await using var source = NpgsqlDataSource.Create(host.ConnectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static string Text(JsonElement of, string field) => of.GetProperty(field).GetString()!;
}
