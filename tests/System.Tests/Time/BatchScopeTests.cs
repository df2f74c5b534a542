using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LStep.Grains.Database;
using LStep.Grains.Time;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orleans;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Time;

/// <summary>Batches over everybody, over those of a tag, and over a list.</summary>
public sealed class BatchScopeTests
{
    private static readonly DateTimeOffset Begin = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_batch_over_a_tag_evaluates_those_who_have_it_and_nobody_else()
    {
        await using var host = await Silent("gone1", "gone2", "gone3");
        await host.Post(Track("here", "Logged In", host.Now));
        await Stale(host);

        var batch = await Finished(host, new { tag = "ST_004" });

        Assert.Equal(("tag", "ST_004", 3, 3, 0), (
            batch.GetProperty("scope").GetString(), batch.GetProperty("tag").GetString(), batch.GetProperty("total").GetInt32(),
            batch.GetProperty("evaluated").GetInt32(), batch.GetProperty("unknown").GetInt32()));
        Assert.Equal(["gone1", "gone2", "gone3"], await Churned(host));
        Assert.Equal("ST_001", (await host.Get("/api/customers/here")).GetProperty("tag").GetString());
    }

    [Fact]
    public async Task A_batch_over_a_list_counts_each_once_and_those_that_nobody_has()
    {
        await using var host = await Silent("a", "b", "c");
        await Stale(host);

        var batch = await Finished(host, new { customers = new[] { "a", "c", "a", "nobody", "none2" } });

        Assert.Equal(("customers", 2, 2, 2), (
            batch.GetProperty("scope").GetString(), batch.GetProperty("total").GetInt32(), batch.GetProperty("evaluated").GetInt32(),
            batch.GetProperty("unknown").GetInt32()));
        Assert.Equal(["a", "c"], await Churned(host));
        Assert.Equal(0, await Count(host, "SELECT count(*) FROM evaluation_batch_customers"));
    }

    [Theory]
    [InlineData("""{"customers":[]}""", 0)]
    [InlineData("""{"customers":["nobody"]}""", 1)]
    public async Task A_list_of_nobody_is_over_at_once(string body, int unknown)
    {
        await using var host = await Silent("a");

        var batch = await (await Asked(host, body)).Json();

        Assert.Equal((0, unknown), (batch.GetProperty("total").GetInt32(), batch.GetProperty("unknown").GetInt32()));
        Assert.NotEqual(JsonValueKind.Null, batch.GetProperty("finishedAt").ValueKind);
    }

    [Theory]
    [InlineData("""{"tag":"ST_007"}""", 422, "$.tag")]
    [InlineData("""{"tag":"ST_001","customers":["a"]}""", 422, "$.tag")]
    [InlineData("""{"customers":["a",""]}""", 422, "$.customers[1]")]
    [InlineData("""{"customers":["a",null]}""", 422, "$.customers[1]")]
    [InlineData("""{"customers":["a\u0000"]}""", 422, "$.customers[0]")]
    [InlineData("""{"customers":"a"}""", 400, "$.customers")]
    [InlineData("""{"tag":4}""", 400, "$.tag")]
    [InlineData("""{"tags":"ST_001"}""", 400, "$.tags")]
    [InlineData("""[]""", 400, "$")]
    public async Task What_is_wrong_is_named_and_nothing_is_opened(string body, int status, string path)
    {
        await using var host = await Silent("a");

        var answer = await Asked(host, body);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(path, (await answer.Json()).GetProperty("errors")[0].GetProperty("path").GetString());
        Assert.Equal(0, await Count(host, "SELECT count(*) FROM evaluation_batches WHERE scope <> 'daily'"));
    }

    [Fact]
    public async Task A_list_has_a_bound()
    {
        await using var host = await Silent("a");
        var many = Enumerable.Range(0, TimeLimits.CustomersPerListMax + 1).Select(n => $"c{n}").ToArray();

        using var refused = await host.Client.PostAsJsonAsync("/api/evaluations", new { customers = many });
        using var taken = await host.Client.PostAsJsonAsync("/api/evaluations", new { customers = many[1..] });

        Assert.Equal((422, "too_many"), ((int)refused.StatusCode, await refused.Code()));
        Assert.Equal(TimeLimits.CustomersPerListMax, (await taken.Json()).GetProperty("unknown").GetInt32());
    }

    [Fact]
    public async Task Who_could_not_be_evaluated_is_listed_with_the_reason_page_by_page()
    {
        string[] ids = ["a", "b", "c", "d", "e"];
        await using var host = await Silent(ids);
        await Execute(host, "UPDATE customer_states SET state = substr(state, 1, 3) WHERE customer_id IN ('b', 'c', 'e')");

        var batch = await Finished(host, new { customers = ids });
        var (listed, next, pages) = (new List<string>(), "", 0);
        do
        {
            var page = await host.Get($"/api/evaluations/{batch.GetProperty("id").GetString()}/errors?limit=2{next}");
            foreach (var item in page.GetProperty("items").EnumerateArray())
                listed.Add($"{item.GetProperty("customerId").GetString()} {item.GetProperty("code").GetString()}");
            next = page.GetProperty("next").GetString() is { } cursor ? $"&cursor={Uri.EscapeDataString(cursor)}" : "";
            pages++;
        }
        while (next.Length > 0);

        Assert.Equal(["b unreadable_customer", "c unreadable_customer", "e unreadable_customer"], listed);
        Assert.Equal((2, 5, 3), (pages, batch.GetProperty("evaluated").GetInt32(), batch.GetProperty("errors").GetInt32()));
        Assert.Equal(HttpStatusCode.NotFound, (await host.Client.GetAsync("/api/evaluations/none/errors")).StatusCode);
    }

    [Fact]
    public async Task A_page_that_a_crash_left_undone_is_done_by_another_process_and_counted_once()
    {
        await using var host = await Silent([.. Enumerable.Range(0, 200).Select(n => $"c{n:000}")]);
        await Stale(host);
        await using var database = new PostgresDatabase(host.ConnectionString);
        var batches = new Batches(database);
        await batches.OpenFor(new("Ada", null), "eval_crash", BatchScope.Of(StatusTag.Declining), host.Now, default);
        var first = new List<string>();
        // The process dies in the midst of its page: what it did of it stands, and what it noted goes.
        await Assert.ThrowsAsync<InvalidOperationException>(() => batches.TakePage(
            "eval_crash", host.Now, ShardRange.All, host.Now, async page =>
            {
                first.AddRange(page.Take(70).Select(customer => customer.Id));
                foreach (var id in first)
                    await host.Services.GetRequiredService<IGrainFactory>().GetGrain<ICustomerGrain>(id)
                        .CatchUp(host.Now, "eval_crash", true);
                throw new InvalidOperationException("killed");
            }, default));

        await Finished(host, new { customers = new[] { "c000" } }); // wakes whoever does what is open, the oldest first
        var batch = await Until(host, "eval_crash");

        Assert.Equal(70, first.Count);
        Assert.Equal((200, 200, 0), (
            batch.GetProperty("total").GetInt32(), batch.GetProperty("evaluated").GetInt32(), batch.GetProperty("errors").GetInt32()));
        Assert.Equal(200, batch.GetProperty("transitions").GetInt32());
        Assert.Equal(200, (await Churned(host)).Count);
    }

    [Fact]
    public async Task Who_asks_again_for_the_same_tag_is_answered_the_one_that_waits()
    {
        await using var host = await Silent("a");
        await Stale(host);
        await using var source = NpgsqlDataSource.Create(host.ConnectionString);
        await using var holder = await source.OpenConnectionAsync();
        await using var held = await holder.BeginTransactionAsync();
        await using (var block = new NpgsqlCommand("SELECT FROM customer_states FOR UPDATE", holder)) await block.ExecuteNonQueryAsync();

        var (tags, others) = (new List<string?>(), new List<string?>());
        for (var n = 0; n < 4; n++) tags.Add((await (await Asked(host, """{"tag":"ST_004"}""")).Json()).GetProperty("id").GetString());
        others.Add((await (await Asked(host, """{"tag":"ST_002"}""")).Json()).GetProperty("id").GetString());
        for (var n = 0; n < 2; n++) others.Add((await (await Asked(host, """{"customers":[]}""")).Json()).GetProperty("id").GetString());
        await held.CommitAsync();

        Assert.Equal([tags[1], tags[1]], tags[2..]);
        Assert.NotEqual(tags[0], tags[1]);
        Assert.Equal(3, others.Except(tags).Count());
        foreach (var id in tags.Concat(others).Distinct()) await Until(host, id!);
    }

    /// <summary>Customers who have been silent for so long that they are in 004, and would be in 006 had anybody looked.</summary>
    private static async Task<LStepHost> Silent(params string[] ids)
    {
        var host = await LStepHost.Start(Begin);
        await host.Post([.. ids.Select(id => Track(id, "Logged In", Begin))]);
        await host.MoveClock(Begin.AddDays(20));
        return host;
    }

    /// <summary>
    /// Time goes on while everything is switched off: everybody is due to move, and nobody is looked at before the next run.
    /// </summary>
    private static async Task Stale(LStepHost host)
    {
        await host.Client.PutAsJsonAsync("/api/flags/status_tags_enabled", new { value = false });
        await host.MoveClock(Begin.AddDays(45));
        await host.Client.PutAsJsonAsync("/api/flags/status_tags_enabled", new { value = true });
    }

    private static async Task<HttpResponseMessage> Asked(LStepHost host, string body) => await host.Client.PostAsync(
        "/api/evaluations", new StringContent(body, global::System.Text.Encoding.UTF8, "application/json"));

    private static async Task<JsonElement> Finished(LStepHost host, object body)
    {
        using var answer = await host.Client.PostAsJsonAsync("/api/evaluations", body);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return await Until(host, (await answer.Json()).GetProperty("id").GetString()!);
    }

    private static async Task<JsonElement> Until(LStepHost host, string id)
    {
        JsonElement batch = default;
        await Signals.UntilAsync(async () =>
            (batch = await host.Get($"/api/evaluations/{id}")).GetProperty("finishedAt").ValueKind != JsonValueKind.Null);
        return batch;
    }

    private static async Task<List<string>> Churned(LStepHost host)
    {
        await using var source = NpgsqlDataSource.Create(host.ConnectionString);
        await using var command = source.CreateCommand("SELECT customer_id FROM customer_states WHERE tag = 'ST_006' ORDER BY 1");
        await using var reader = await command.ExecuteReaderAsync();
        var ids = new List<string>();
        while (await reader.ReadAsync()) ids.Add(reader.GetString(0));
        return ids;
    }

    private static async Task<long> Count(LStepHost host, string sql)
    {
        await using var source = NpgsqlDataSource.Create(host.ConnectionString);
        await using var command = source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task Execute(LStepHost host, string sql)
    {
        await using var source = NpgsqlDataSource.Create(host.ConnectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
