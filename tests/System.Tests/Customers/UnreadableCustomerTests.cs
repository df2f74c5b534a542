using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LStep.Api.Ingest;
using LStep.Grains.Customers;
using LStep.Grains.Database;
using LStep.Grains.Operations.Verifying;
using LStep.Grains.Rules;
using Microsoft.Extensions.DependencyInjection;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Customers;

/// <summary>
/// A row that cannot be read concerns its customer and nobody else, people are told, and once it is mended the customer goes on.
/// </summary>
public sealed class UnreadableCustomerTests
{
    private static readonly DateTimeOffset Begin = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    public static TheoryData<string, string> Damages => new()
    {
        { "customer_states", "state = '\\x63'" }, // a format nobody knows
        { "customer_states", "state = substr(state, 1, 9)" },
        { "customer_states", "state = ''" },
        { "customer_states", "recent_ids = '\\x01ff'" },
        { "customers", "trait_stamps = '\\x01ff'" },
        { "customers", "tier = 'Platinum'" },
        { "customers", "traits = '[1]'" },
        { "customers", "ltv_value = 1e200" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task Neighbours_whose_load_was_gathered_with_it_are_loaded(string table, string damage)
    {
        await using var host = await LStepHost.Start(Begin);
        string[] ids = [.. Enumerable.Range(0, CustomerLimits.LoadsPerQueryMax).Select(i => $"c{i:000}")];
        await host.Post([.. ids.Select(id => Track(id, "Logged In", Begin))]);
        await Sql(host, $"UPDATE {table} SET {damage} WHERE customer_id = 'c123'");

        await using var store = new CustomerStore(host.Database);
        var loads = ids.Select(id => (Id: id, State: store.Load(id))).ToList();

        foreach (var (id, state) in loads)
            if (id == "c123") await Assert.ThrowsAsync<UnreadableCustomerException>(() => state);
            else Assert.Equal(id, (await state)?.CustomerId);
    }

    [Fact]
    public async Task Its_own_calls_are_told_so_and_it_is_listed_once()
    {
        var database = await Damaged("c1");
        await using var host = await LStepHost.Start(Begin, database);

        for (var i = 0; i < 5; i++)
        {
            await IsTold(await host.Client.GetAsync("/api/customers/c1"));
            await IsTold(await host.Client.GetAsync("/api/customers/c1/evaluation"));
            await IsTold(await host.Client.PostAsync("/api/customers/c1/evaluation", null));
            await IsTold(await host.Ingest.PostAsJsonAsync("/v1/track", Track("c1", "Logged In", Begin, messageId: "m1")));
        }

        var listed = Assert.Single(Rows(await host.Get("/api/rejected")));
        Assert.Equal(("unreadable_customer", "c1"), (listed.GetProperty("code").GetString(), listed.GetProperty("customerId").GetString()));
        Assert.Equal(["c0", "c2"], Rows(await host.Get("/api/customers?limit=1")).Concat(Rows(await host.Get("/api/customers"))).Select(
            Id).Distinct());

        await Sql(host, "UPDATE customer_states SET state = substr(state, 2) WHERE customer_id = 'c1'");
        await host.Post(Track("c1", "Logged In", Begin, messageId: "m1"));
        Assert.Equal(2, await Count(host, "SELECT count(*) FROM activities WHERE customer_id = 'c1'"));
        Assert.Equal("c1", Id(await host.Get("/api/customers/c1")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("&risk=high")]
    public async Task The_pages_of_customers_go_on_behind_it(string filter)
    {
        string[] ids = [.. Enumerable.Range(0, 9).Select(i => $"p{i}")];
        await using var host = await LStepHost.Start(Begin, await Damaged("p1", ids));
        await host.MoveClock(Begin.AddDays(10)); // silent for so long that everybody bears a high risk

        var (listed, cursor) = (new List<string>(), "");
        do
        {
            var page = await host.Get($"/api/customers?limit=2{filter}{cursor}");
            listed.AddRange(Rows(page).Select(Id));
            cursor = page.GetProperty("next").GetString() is { } next ? $"&cursor={Uri.EscapeDataString(next)}" : "";
        }
        while (cursor.Length > 0);

        Assert.Equal(ids.Except(["p1"]), listed);
    }

    [Fact]
    public async Task In_a_batch_the_others_are_taken_and_its_events_are_refused_and_kept()
    {
        await using var host = await LStepHost.Start(Begin, await Damaged("c1"));

        var answer = await host.Ingest.PostAsJsonAsync("/v1/batch", new
        {
            batch = new[] { Track("c0", "Logged In", Begin, messageId: "m0"), Track("c1", "Logged In", Begin, messageId: "m1"), Track(
                "c2", "Logged In", Begin, messageId: "m2") },
        });

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var refused = Assert.Single((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("rejected").EnumerateArray());
        Assert.Equal((1, "unreadable_customer"), (refused.GetProperty("index").GetInt32(), refused.GetProperty("code").GetString()));
        Assert.Equal(2, await Count(host, "SELECT count(*) FROM activities WHERE message_id LIKE 'm%'"));
        Assert.Contains(Rows(await host.Get("/api/rejected")), row => row.GetProperty("messageId").GetString() == "m1");
    }

    [Fact]
    public async Task The_others_of_its_shard_are_evaluated_and_the_daily_run_ends_and_counts_it()
    {
        string[] ids = [.. Enumerable.Range(0, 10_000).Select(i => $"s{i}").Where(id => Shards.Of(id) == 7).Take(20)];
        await using var host = await LStepHost.Start(Begin, await Damaged(ids[5], ids));

        await host.MoveClock(Begin.AddDays(35));

        var customers = Rows(await host.Get("/api/customers")).ToDictionary(Id, row => row.GetProperty("tag").GetString());
        Assert.Equal(ids.Except([ids[5]]).ToHashSet(), customers.Keys.ToHashSet());
        Assert.All(customers.Values, tag => Assert.Equal("ST_006", tag));
        var run = await host.Get("/api/evaluations/eval_2026-01-06");
        Assert.Equal((20, 1), (run.GetProperty("evaluated").GetInt32(), run.GetProperty("errors").GetInt32()));
        Assert.NotEqual(JsonValueKind.Null, run.GetProperty("finishedAt").ValueKind);
        Assert.Contains(Rows(await host.Get("/api/rejected")), row => row.GetProperty("customerId").GetString() == ids[5]);

        await Sql(host, $"UPDATE customer_states SET state = substr(state, 2) WHERE customer_id = '{ids[5]}'");
        await host.MoveClock(Begin.AddDays(36));
        Assert.Equal("ST_006", (await host.Get($"/api/customers/{ids[5]}")).GetProperty("tag").GetString());
        var mended = await host.Get("/api/evaluations/eval_2026-02-10");
        Assert.Equal(0, mended.GetProperty("errors").GetInt32());
    }

    [Fact]
    public async Task What_strangers_did_goes_on_to_the_others_and_waits_for_it()
    {
        await using var host = await LStepHost.Start(Begin, await Damaged("c1"));
        await host.Post(
            new { type = "track", anonymousId = "a1", @event = "Logged In", messageId = "m1", timestamp = Begin },
            new { type = "track", anonymousId = "a2", @event = "Logged In", messageId = "m2", timestamp = Begin });
        await Sql(host, $"INSERT INTO anonymous_identities VALUES ('a1', 'c1', '{Begin:O}'), ('a2', 'c2', '{Begin:O}')");
        var sweep = host.Services.GetRequiredService<AnonymousSweep>();

        await sweep.Sweep(purge: false, default);

        Assert.Equal(1, await Count(host, "SELECT count(*) FROM activities WHERE message_id = 'm2'"));
        Assert.Equal(1, await Count(host, "SELECT count(*) FROM anonymous_activities"));
        await Sql(host, "UPDATE customer_states SET state = substr(state, 2) WHERE customer_id = 'c1'");
        await sweep.Sweep(purge: false, default);
        Assert.Equal(1, await Count(host, "SELECT count(*) FROM activities WHERE message_id = 'm1'"));
    }

    [Fact]
    public async Task Verify_names_it_and_looks_at_the_others()
    {
        await using var host = await LStepHost.Start(Begin, await Damaged("c1"));
        var verify = host.Services.GetRequiredService<Verify>();

        var result = await verify.Run(host.Services.GetRequiredService<RulebookSource>().Current, Begin);

        Assert.Equal(("c1", "state"), Assert.Single(result.Differences.Select(found => (found.CustomerId, found.What))));
        Assert.Equal(3, result.Customers);
    }

    /// <summary>
    /// A database with a few customers, none of them in any process's memory, and one damaged by a byte before its state.
    /// </summary>
    private static async Task<string> Damaged(string damaged, params string[] ids)
    {
        await using var host = await LStepHost.Start(Begin);
        await host.Post([.. (ids is [] ? ["c0", "c1", "c2"] : ids).Select(id => Track(id, "Logged In", Begin))]);
        await Sql(host, $"UPDATE customer_states SET state = '\\x63'::bytea || state WHERE customer_id = '{damaged}'");
        return host.ConnectionString;
    }

    private static async Task IsTold(HttpResponseMessage answer)
    {
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, "unreadable_customer"), (answer.StatusCode, problem.GetProperty("code").GetString()));
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    private static List<JsonElement> Rows(JsonElement page) => [.. page.GetProperty("items").EnumerateArray()];

    private static string Id(JsonElement customer) => customer.GetProperty("id").GetString()!;

    private static async Task Sql(LStepHost host, string statement)
    {
        await using var command = host.Database.Source.CreateCommand(statement);
        Assert.NotEqual(0, await command.ExecuteNonQueryAsync());
    }

    private static async Task<long> Count(LStepHost host, string query)
    {
        await using var command = host.Database.Source.CreateCommand(query);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
