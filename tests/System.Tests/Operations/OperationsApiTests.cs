using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LStep.Grains.Campaigns;
using LStep.Silo;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace LStep.System.Tests.Operations;

public sealed class OperationsApiTests
{
    [Fact]
    public async Task The_last_minute_counts_what_was_sent_by_what_became_of_it()
    {
        await using var host = await LStepHost.Start();
        var sent = Enumerable.Range(0, 120).Select(n => Messages.Track($"learner-{n % 7}", "Login", host.Now, messageId: $"m-{n}"))
            .ToArray();
        await host.Post(sent);
        await host.Post(sent[..30]);
        await host.Ingest.PostAsJsonAsync("/v1/batch", new { batch = new[] { new { type = "track", @event = "Login", userId = "" } } });
        using (var stranger = new HttpClient { BaseAddress = host.Address })
            Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.PostAsJsonAsync("/v1/batch", new { batch = sent[..1] })).StatusCode);
        await Beat(host);

        var now = await host.Get("/api/operations");

        Assert.Equal("{\"accepted\":2,\"duplicates\":0.5,\"rejected\":0.02,\"refused\":0.02}", now.GetProperty("perSecond").GetRawText());
        var minutes = now.GetProperty("minutes").EnumerateArray().ToList();
        Assert.Equal(Enumerable.Range(0, 60).Reverse(), minutes.Select(minute => minute.GetProperty("minutesAgo").GetInt32()));
        Assert.Equal(120, minutes[^1].GetProperty("accepted").GetInt32());
        Assert.Equal(120, minutes.Sum(minute => minute.GetProperty("accepted").GetInt32()));

        var node = Assert.Single(now.GetProperty("nodes").EnumerateArray());
        Assert.Equal("serving", node.GetProperty("phase").GetString());
        Assert.Equal(7, node.GetProperty("customers").GetInt32());
        Assert.Equal(
            ["ingest_requests", "ingest_events", "ingest_bytes", "customer_loads", "journal", "hub_clients"],
            node.GetProperty("queues").EnumerateArray().Select(queue => queue.GetProperty("name").GetString()!));
        Assert.All(node.GetProperty("queues").EnumerateArray(), queue => Assert.True(queue.GetProperty("max").GetInt64() > 0));
        Assert.Empty(now.GetProperty("silent").EnumerateArray());
    }

    [Fact]
    public async Task A_queue_says_how_much_waits_in_it()
    {
        await using var host = await LStepHost.Start();
        await using var held = await HeldTable.Hold(host.ConnectionString, "activities");
        var posting = host.Post(
            [.. Enumerable.Range(0, 40).Select(n => Messages.Track($"learner-{n}", "Login", host.Now, messageId: $"m-{n}"))]);
        await Signals.Until(() => host.RequestsInFlight == 1);
        await Signals.UntilAsync(async () =>
        {
            await Beat(host);
            return await Queue("ingest_events") == 40;
        });

        Assert.Equal(1, await Queue("ingest_requests"));
        await held.DisposeAsync();
        await posting;
        await Beat(host);
        Assert.Equal(0, await Queue("ingest_events"));

        async Task<long> Queue(string name) =>
            Assert.Single((await host.Get("/api/operations")).GetProperty("nodes").EnumerateArray()).GetProperty("queues").EnumerateArray()
                .Single(queue => queue.GetProperty("name").GetString() == name).GetProperty("depth").GetInt64();
    }

    [Fact]
    public async Task A_process_that_is_lost_or_says_nothing_of_its_load_is_named_and_counts_nowhere()
    {
        await using var host = await LStepHost.Start();
        await host.Post([.. Enumerable.Range(0, 60).Select(n => Messages.Track("ada", "Login", host.Now, messageId: $"m-{n}"))]);
        await Beat(host);
        await Execute(
            host.ConnectionString,
            """
            INSERT INTO nodes (name, address, version, phase, started_at, seen_at, load, load_at)
            SELECT other.name, address, version, phase, started_at, now() - other.ago, other.load, now() - other.ago - other.older
            FROM nodes, LATERAL (VALUES
                ('died:1', interval '1 minute', nodes.load, interval '0'), ('before:1', interval '0', nodes.load, interval '9 s'),
                ('strange:1', interval '0', '{"minutes": 3}'::jsonb, interval '0'),
                ('short:1', interval '0', jsonb_set(nodes.load, '{minutes,accepted}', '[1]'), interval '0'))
                AS other (name, ago, load, older)
            """);

        var now = await host.Get("/api/operations");

        Assert.Equal(
            ["before:1", "died:1", "short:1", "strange:1"],
            now.GetProperty("silent").EnumerateArray().Select(id => id.GetString()!));
        Assert.Equal(1, now.GetProperty("perSecond").GetProperty("accepted").GetDouble());
        var died = now.GetProperty("nodes").EnumerateArray().Single(node => node.GetProperty("id").GetString() == "died:1");
        Assert.Equal("lost", died.GetProperty("phase").GetString());
        Assert.Equal(JsonValueKind.Null, died.GetProperty("perSecond").ValueKind);
        Assert.Empty(died.GetProperty("queues").EnumerateArray());
    }

    [Fact]
    public async Task Whoever_follows_the_ledger_says_how_much_waits_and_for_how_long()
    {
        await using var host = await LStepHost.Start(ApiHost.Noon);
        await using (var source = NpgsqlDataSource.Create(host.ConnectionString))
        await using (var holder = await source.OpenConnectionAsync())
        {
            await using var transaction = await holder.BeginTransactionAsync();
            await using (var hold = new NpgsqlCommand(
                "SELECT FROM analytics_progress, customer_figures_progress FOR UPDATE", holder,
                transaction)) await hold.ExecuteNonQueryAsync();
            await host.Post([.. Enumerable.Range(0, 5).Select(n => Messages.Track($"learner-{n}", "Login", host.Now))]);
            await host.MoveClock(ApiHost.Noon.AddMinutes(10));

            foreach (var name in new[] { "analytics", "customer_figures" })
                Assert.Equal((5, 600), await Of(host, name));
        }
        await Signals.UntilAsync(async () => await Of(host, "analytics") == (0, 0) && await Of(host, "customer_figures") == (0, 0));
    }

    [Fact]
    public async Task What_the_clock_made_due_and_nobody_did_is_said()
    {
        await using var host = await LStepHost.Start(ApiHost.Noon);
        await host.Post(Messages.Track("ada", "Login", host.Now));
        await host.Services.GetRequiredService<CampaignRuns>().StopAsync(default);
        await Execute(
            host.ConnectionString,
            """
            UPDATE customer_states SET next_check_at = '2026-03-10 11:00Z';
            INSERT INTO evaluation_batches (id, scope, due_at, started_at, total) VALUES ('eval_x', 'daily', '2026-03-10 10:00Z', now(), 70);
            INSERT INTO evaluation_batch_shards (batch_id, shard, evaluated) VALUES ('eval_x', 0, 20), ('eval_x', 1, 10);
            INSERT INTO campaign_causes (customer_id, number, kind, tag, due_at, at) VALUES ('ada', 9, 0, 'ST_004', now(), '2026-03-10 11:30Z');
            INSERT INTO campaign_actions (
                customer_id, cause_kind, cause_number, campaign, step, change_id, send_key, channel, kind, scheduled_for, cause_due_at, cause_at,
                is_repeat, due_at)
            SELECT 'ada', 0, 9, 'welcome', step, 0, gen_random_uuid(), 0, 0, at, at, at, false, at
            FROM (VALUES (1, timestamptz '2026-03-10 11:50Z'), (2, '2026-03-10 11:55Z'), (3, '2026-03-10 12:05Z')) AS due (step, at);
            """);

        Assert.Equal((null, 3_600), await Of(host, "due_checks"));
        Assert.Equal((40, 7_200), await Of(host, "daily_evaluation"));
        Assert.Equal((1, 1_800), await Of(host, "campaign_plans"));
        Assert.Equal((2, 600), await Of(host, "campaign_actions"));
    }

    private static Task Beat(LStepHost host) => host.Services.GetRequiredService<NodeBeat>().Beat(default);

    private static async Task<(long? Waiting, double Seconds)> Of(LStepHost host, string follower)
    {
        var row = (await host.Get("/api/operations")).GetProperty("followers").EnumerateArray()
            .Single(one => one.GetProperty("name").GetString() == follower);
        var waiting = row.GetProperty("waiting");
        return (waiting.ValueKind == JsonValueKind.Null ? null : waiting.GetInt64(), row.GetProperty("seconds").GetDouble());
    }

    private static async Task Execute(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
