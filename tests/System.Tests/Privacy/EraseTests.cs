using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LStep.Domain;
using LStep.Grains.Customers;
using LStep.Grains.Customers.Journaling;
using LStep.Grains.Database;
using LStep.Grains.Operations.Verifying;
using LStep.Grains.Rules;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using static LStep.System.Tests.Privacy.Person;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Privacy;

/// <summary>After an erasure nothing is left of the person, nobody else has lost anything, and nothing brings the person back.</summary>
public sealed class EraseTests
{
    [Fact]
    public async Task Nothing_of_the_person_is_found_in_any_table_or_line_of_the_log_but_the_tombstones_hash()
    {
        using var lines = new Lines();
        await using var host = await Known(lines);
        foreach (var text in Personal) Assert.NotEmpty(await Everywhere.Find(host.ConnectionString, text));

        using var answer = await host.Client.DeleteAsync($"/api/customers/{Ada}");
        var receipt = await answer.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        foreach (var text in Personal)
        {
            Assert.Empty(await Everywhere.Find(host.ConnectionString, text));
            Assert.DoesNotContain(lines.All, line => line.Contains(text, StringComparison.OrdinalIgnoreCase));
            Assert.DoesNotContain(text, receipt, StringComparison.OrdinalIgnoreCase);
        }
        Assert.True(lines.All.Any());
        Assert.True(await Count(host, "SELECT count(*) FROM tombstones") >= 2);
        await Verified(host);
    }

    [Fact]
    public async Task The_receipt_says_what_went_and_what_stays_and_why()
    {
        await using var host = await Known();
        var (rows, reviews) = (
            await Count(host, $"SELECT count(*) FROM customer_status_assignments WHERE customer_id = '{Ada}'"),
            await Count(host, $"SELECT count(*) FROM reviews WHERE customer_id = '{Ada}'"));
        var (moves, activities) = (
            await Count(host, "SELECT count(*) FROM customer_status_assignments"),
            await Count(host, $"SELECT count(*) FROM activities WHERE customer_id = '{Ada}'"));
        Assert.True(rows > 1 && reviews > 0);

        var receipt = await (await host.Client.DeleteAsync($"/api/customers/{Ada}")).Json();

        Assert.Equal(["receiptId", "erasedAt", "removed", "kept"], ApiHost.Fields(receipt));
        var removed = receipt.GetProperty("removed").EnumerateArray().ToDictionary(
            one => one.GetProperty("store").GetString()!, one => one.GetProperty("rows").GetInt64());
        Assert.Equal((1, 1, activities), (removed["customers"], removed["customer_states"], removed["activities"]));
        Assert.True(removed["decisions"] > 0 && removed["daily_learning_metrics"] > 0 && removed["anonymous_identities"] == 1);
        var kept = receipt.GetProperty("kept").EnumerateArray().ToDictionary(
            one => one.GetProperty("store").GetString()!, one => (one.GetProperty("rows").GetInt64(), one.GetProperty("why").GetString()));
        Assert.Equal((rows, reviews), (kept["customer_status_assignments"].Item1, kept["reviews"].Item1));
        Assert.All(kept.Values, one => Assert.NotEmpty(one.Item2!));
        Assert.Equal(moves, await Count(host, "SELECT count(*) FROM customer_status_assignments"));
        Assert.Equal(0, await Count(host, "SELECT count(*) FROM customer_status_assignments WHERE customer_id LIKE 'erased-%' "
            + "AND (reason <> '' OR automation_metadata <> '{}' OR is_current)"));
        Assert.Equal(0, await Count(host, "SELECT count(*) FROM reviews WHERE status = 'open' OR reasons <> '{}'"));
        var audit = (await host.Get("/api/audit")).GetProperty("items")[0];
        Assert.Equal(("customer.erased", receipt.GetProperty("receiptId").GetString()), (
            audit.GetProperty("action").GetString(), audit.GetProperty("target").GetString()));
    }

    [Fact]
    public async Task Whatever_comes_later_is_refused_as_erased_and_nothing_of_it_is_kept()
    {
        await using var host = await Known();
        await host.Client.DeleteAsync($"/api/customers/{Ada}");
        var before = await Count(host, "SELECT count(*) FROM activities");

        object[] later =
        [
            Track(Ada, "Logged In", Begin, messageId: $"{Ada}-again"), Identify(Ada, Begin, new { email = Email, name = Name }),
            new { type = "alias", userId = "other", previousId = Ada, messageId = "a1" },
            new { type = "alias", userId = "other", previousId = Device, messageId = "a2" },
            new { type = "alias", userId = Ada, previousId = "new-device", messageId = "a3" },
            new { type = "track", anonymousId = Device, @event = "Logged In", messageId = "a4" },
            new { type = "track", anonymousId = Ada, @event = "Logged In", messageId = "a5" },
            new { type = "track", userId = Ada, @event = "Logged In", timestamp = "soon", messageId = "a6" },
            new { type = "track", anonymousId = Device, @event = "Quiz Completed", properties = new { score = 400 }, messageId = "a7" },
        ];
        foreach (var path in new[] { "/v1/batch", "/v1/import" })
        {
            var answer = await host.Ingest.PostAsJsonAsync(path, new { batch = later });
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var rejected = (await answer.Json()).GetProperty("rejected").EnumerateArray().ToList();
            Assert.Equal(later.Length, rejected.Count);
            Assert.All(rejected.Take(7), one => Assert.Equal("erased", one.GetProperty("code").GetString()));
        }
        using var single = await host.Ingest.PostAsJsonAsync("/v1/track", later[0]);
        Assert.Equal("erased", await single.Code());

        Assert.Equal(before, await Count(host, "SELECT count(*) FROM activities"));
        Assert.Equal(HttpStatusCode.NotFound, (await host.Client.GetAsync($"/api/customers/{Ada}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Client.GetAsync("/api/customers/other")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Client.DeleteAsync($"/api/customers/{Ada}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Client.PostAsync($"/api/customers/{Ada}/evaluation", null)).StatusCode);
        Assert.Equal(2 * later.Length + 1, await Count(host, "SELECT count(*) FROM rejected_events WHERE code = 'erased'"
            + " AND customer_id IS NULL AND message_id IS NULL AND body = ''"));
        foreach (var text in Personal) Assert.Empty(await Everywhere.Find(host.ConnectionString, text));
        await Verified(host);
    }

    [Fact]
    public async Task Nobody_else_loses_anything_who_has_a_like_id_or_the_same_device()
    {
        await using var host = await Known();
        await host.Post(
            Track(Ada + "-2", "Logged In", Begin), Track("ada", "Logged In", Begin),
            Identify("bert", Begin, new { email = "b@example.org" }),
            new { type = "track", userId = "bert", anonymousId = Device, @event = "Logged In", timestamp = Begin, messageId = "b1" });
        var others = await Others(host);
        await host.Client.DeleteAsync($"/api/customers/{Ada}");

        Assert.Equal(others, await Others(host));
        await host.Post(
            new { type = "track", userId = "bert", anonymousId = Device, @event = "Logged In", timestamp = Begin, messageId = "b2" },
            new { type = "identify", userId = "bert", anonymousId = Device, timestamp = Begin, messageId = "b3", traits = new {
                name = "Bert" } });

        Assert.Equal("Bert", (await host.Get("/api/customers/bert")).GetProperty("name").GetString());
        Assert.Equal(0, await Count(host, $"SELECT count(*) FROM anonymous_identities WHERE anonymous_id = '{Device}'"));
        Assert.Equal(0, await Count(host, $"SELECT count(*) FROM activities WHERE anonymous_id = '{Device}' AND message_id <> 'b1'"));
        await Verified(host);

        static Task<long> Others(LStepHost host) => Count(
            host,
            $"SELECT (SELECT count(*) FROM activities WHERE customer_id <> '{Ada}') * 1000 + (SELECT count(*) FROM customers WHERE "
                + $"customer_id <> '{Ada}')");
    }

    [Fact]
    public async Task Events_that_race_an_erasure_are_recorded_before_it_or_refused_after_it()
    {
        await using var host = await Known();
        var gone = new TaskCompletionSource();
        var senders = Enumerable.Range(0, 6).Select(async sender =>
        {
            for (var n = 0; !gone.Task.IsCompleted || n < 3; n++)
            {
                using var answer = await host.Ingest.PostAsJsonAsync("/v1/batch", new
                {
                    batch = new object[]
                    {
                        Track(Ada, "Lesson Completed", Begin, messageId: $"race-{sender}-{n}"),
                        Identify(Ada, Begin.AddSeconds(n), new { email = Email, name = Name }, $"race-identify-{sender}-{n}"),
                        new {
                            type = "identify", userId = Ada, anonymousId = $"{Device}-{sender}-{n}", messageId = $"race-tie-{sender}-{n}" },
                        new { type = "track", anonymousId = Device, @event = "Logged In", messageId = $"race-a-{sender}-{n}" },
                        new { type = "track", userId = Ada, @event = "Quiz Completed", properties = new {
                            score = 300 }, messageId = $"race-r-{sender}-{n}" },
                    },
                });
                // The activation ends with the erasure: a call that waited at it comes again.
                if (answer.StatusCode != HttpStatusCode.OK) Assert.Equal("silo_unavailable", await answer.Code());
            }
        }).ToList();

        using var erased = await host.Client.DeleteAsync($"/api/customers/{Ada}");
        gone.SetResult();
        await Task.WhenAll(senders);

        Assert.Equal(HttpStatusCode.OK, erased.StatusCode);
        foreach (var text in new[] { Ada, Email, Name }) Assert.Empty(await Everywhere.Find(host.ConnectionString, text));
        await Verified(host);
    }

    [Fact]
    public async Task A_process_that_still_believes_in_the_customer_or_never_heard_of_it_writes_nothing_more()
    {
        await using var host = await Known();
        await using var database = new PostgresDatabase(host.ConnectionString);
        await using var store = new CustomerStore(database);
        await using var journal = new Journal(database, new Partitions(database), NullLogger<Journal>.Instance);
        var state = (await store.Load(Ada))!;
        await host.Client.DeleteAsync($"/api/customers/{Ada}");

        var neighbour = journal.Commit(Steps.First("neighbour", Steps.Login("n1")));
        await Assert.ThrowsAsync<ErasedCustomerException>(() => journal.Commit(Steps.First(Ada, Steps.Login("z1"))));
        Assert.IsType<CommitResult.FencedOut>(await journal.Commit(Steps.Next(state, StatusTag.Churned, Steps.Login("z2"))));
        Assert.IsType<CommitResult.Committed>(await neighbour);
        await Assert.ThrowsAsync<ErasedCustomerException>(() => store.Load(Ada));

        Assert.Empty(await Everywhere.Find(host.ConnectionString, Ada));
    }

    [Fact]
    public async Task A_new_row_that_waited_for_the_erasure_is_refused_in_its_own_commit()
    {
        await using var host = await Known();
        await using var database = new PostgresDatabase(host.ConnectionString + ";Options=-c lock_timeout=60000");
        await using var journal = new Journal(database, new Partitions(database), NullLogger<Journal>.Instance);
        await using var source = NpgsqlDataSource.Create(host.ConnectionString);
        await using var holder = await source.OpenConnectionAsync();
        await using var held = await holder.BeginTransactionAsync();
        // The erasure waits for this at its end, when the customer's row is gone and its tombstone stands, neither committed.
        await using (var block = new NpgsqlCommand("SELECT pg_advisory_xact_lock(5020260014)", holder)) await block.ExecuteNonQueryAsync();
        var erasing = host.Client.DeleteAsync($"/api/customers/{Ada}");
        await Waiting(source, 1);

        var late = journal.Commit(Steps.First(Ada, Steps.Login("late")));
        await Waiting(source, 2);
        await held.CommitAsync();

        await Assert.ThrowsAsync<ErasedCustomerException>(() => late);
        Assert.Equal(HttpStatusCode.OK, (await erasing).StatusCode);
        Assert.Empty(await Everywhere.Find(host.ConnectionString, Ada));
    }

    [Fact]
    public async Task A_customer_whose_row_cannot_be_read_is_erased_like_any_other()
    {
        var database = "";
        await using (var host = await Known())
        {
            database = host.ConnectionString;
            await using var source = NpgsqlDataSource.Create(database);
            await using var damage = source.CreateCommand(
                $"UPDATE customer_states SET state = substr(state, 1, 3) WHERE customer_id = '{Ada}'");
            await damage.ExecuteNonQueryAsync();
        }
        await using var again = await LStepHost.Start(Begin, database);

        Assert.Equal(HttpStatusCode.OK, (await again.Client.DeleteAsync($"/api/customers/{Ada}")).StatusCode);
        foreach (var text in Personal) Assert.Empty(await Everywhere.Find(database, text));
    }

    private static async Task Waiting(NpgsqlDataSource source, long backends) => await Signals.UntilAsync(async () =>
    {
        await using var waiting = source.CreateCommand(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'");
        return await waiting.ExecuteScalarAsync() is long found && found >= backends;
    });

    private static async Task Verified(LStepHost host)
    {
        var result = await host.Services.GetRequiredService<Verify>().Run(
            host.Services.GetRequiredService<RulebookSource>().Current, host.Now);
        Assert.True(result.Same, string.Join('\n', result.Differences));
    }

    private static async Task<long> Count(LStepHost host, string sql)
    {
        await using var source = NpgsqlDataSource.Create(host.ConnectionString);
        await using var command = source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
