using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LStep.Grains.Trials;
using Microsoft.Extensions.DependencyInjection;

namespace LStep.System.Tests.Trials;

/// <summary>What a rule set would do, and what it then does.</summary>
public sealed class DryRunTests
{
    private const int Learners = 120;

    [Fact]
    public async Task A_dry_run_is_what_the_publication_then_does()
    {
        await using var host = await LStepHost.Start(Population.Begin);
        await Population.Play(host, Learners, days: 8);
        var rules = await Population.Stricter(host);
        await host.MoveClock(host.Now);
        var (before, messages) = (await Written.By(host), await MessagesToCustomers(host));

        var (_, dry) = await Population.Simulate(host, rules, "?limit=500");

        Assert.Equal(before, await Written.By(host));
        var batch = await Publish(host, rules);
        var moved = await Moved(host, batch.GetProperty("id").GetString()!);
        Assert.True(moved.Count > 20, $"{moved.Count} moves");
        Assert.True(dry.GetProperty("moves").GetArrayLength() > 2);
        Assert.True(dry.GetProperty("reviews").GetInt32() > 0);
        Assert.Equal(
            moved.GroupBy(move => (move.From, move.To)).Select(pair => (pair.Key.From, pair.Key.To, pair.Count())).Order(),
            Moves(dry));
        Assert.Equal(batch.GetProperty("reviews").GetInt32(), dry.GetProperty("reviews").GetInt32());
        Assert.Equal(moved.Order(), Customers(dry).Order());
        await host.MoveClock(host.Now);
        var started = await MessagesToCustomers(host) - messages;
        Assert.True(started > 10, $"{started} messages");
        Assert.Equal(started, dry.GetProperty("messages").GetInt32());
        Assert.Equal(Learners, dry.GetProperty("evaluated").GetInt32());
    }

    /// <summary>By mail, push, LINE and inbox, of campaigns that were not started a short time before.</summary>
    private static async Task<long> MessagesToCustomers(LStepHost host)
    {
        await using var count = host.Database.Source.CreateCommand(
            "SELECT count(*) FROM campaign_actions WHERE channel IN (0, 1, 2, 3) AND NOT is_repeat");
        return (long)(await count.ExecuteScalarAsync())!;
    }

    [Fact]
    public async Task The_list_of_who_would_move_goes_on_page_by_page_with_the_same_totals()
    {
        await using var host = await LStepHost.Start(Population.Begin);
        await Population.Play(host, Learners, days: 8);
        var rules = await Population.Stricter(host);
        var (_, whole) = await Population.Simulate(host, rules, "?limit=500");

        var (paged, query) = (new List<(string, string, string)>(), "?limit=7");
        while (true)
        {
            var (answer, page) = await Population.Simulate(host, rules, query);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(Moves(whole), Moves(page));
            paged.AddRange(Customers(page));
            if (page.GetProperty("customers").GetProperty("next").GetString() is not { } next) break;
            query = $"?limit=7&cursor={next}";
        }

        Assert.True(paged.Count > 20);
        Assert.Equal(Customers(whole), paged);

        var (other, problem) = await Population.Simulate(host, rules[..^1], query);
        Assert.Equal((HttpStatusCode.BadRequest, "bad_cursor"), (other.StatusCode, problem.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task The_active_rules_would_do_nothing_when_nothing_is_due()
    {
        await using var host = await LStepHost.Start(Population.Begin);
        await Population.Play(host, 40, days: 8);

        var active = (await host.Get("/api/rules")).GetProperty("rules");
        var (_, dry) = await Population.Simulate(host, active);

        Assert.Empty(Moves(dry));
        Assert.Equal(0, dry.GetProperty("reviews").GetInt32());
    }

    [Theory]
    [InlineData("""{"rules":[]}""", 422, "not_a_list")]
    [InlineData("""{}""", 422, "not_a_list")]
    [InlineData(
        """{"rules":[{"name":"x","from":["ST_001"],"to":"ST_009","priority":1,"conditions":{"ltv_value":1}}]}""", 422, "unknown_tag")]
    [InlineData("""{"rules":{}}""", 422, "not_a_list")]
    [InlineData("""{"rule":[]}""", 400, "bad_json")]
    [InlineData("""[]""", 400, "bad_json")]
    [InlineData("""{"rules":""", 400, "bad_json")]
    public async Task What_is_no_rule_set_is_told_so(string body, int status, string code)
    {
        await using var host = await LStepHost.Start(Population.Begin);

        var answer = await host.Client.PostAsync(
            "/api/rules/simulate", new StringContent(body, global::System.Text.Encoding.UTF8, "application/json"));

        Assert.Equal((status, code), ((int)answer.StatusCode, await answer.Code()));
    }

    [Fact]
    public async Task Few_run_at_once_and_one_ends_with_its_request()
    {
        await using var host = await LStepHost.Start(Population.Begin);
        await Population.Play(host, 10, days: 2);
        var rules = await Population.Stricter(host);
        var runs = host.Services.GetRequiredService<DryRuns>();
        using var gone = new CancellationTokenSource();
        await using (var held = await UnreadableTable.Hold(host.ConnectionString, "customer_states"))
        {
            var running = Enumerable.Range(0, TrialLimits.DryRunsAtOnceMax)
                .Select(_ => host.Client.PostAsJsonAsync("/api/rules/simulate", new { rules }, gone.Token)).ToArray();
            await Signals.Until(() => runs.Running == TrialLimits.DryRunsAtOnceMax);

            var (refused, problem) = await Population.Simulate(host, rules);

            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.Equal("overloaded", problem.GetProperty("code").GetString());
            Assert.NotNull(refused.Headers.RetryAfter);
            await gone.CancelAsync();
            foreach (var one in running) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);
            await Signals.Until(() => runs.Running == 0);
        }

        Assert.Equal(HttpStatusCode.OK, (await Population.Simulate(host, rules)).Answer.StatusCode);
    }

    /// <summary>Answers the batch that looks at everybody again, when it is over.</summary>
    private static async Task<JsonElement> Publish(LStepHost host, object[] rules)
    {
        var published = await host.Client.PutAsJsonAsync("/api/rules", new { rules });
        Assert.True(published.IsSuccessStatusCode, await published.Content.ReadAsStringAsync());
        var id = (await published.Json()).GetProperty("batchId").GetString();
        JsonElement batch = default;
        await Signals.UntilAsync(async () =>
            (batch = await host.Get($"/api/evaluations/{id}")).GetProperty("finishedAt").ValueKind != JsonValueKind.Null);
        return batch;
    }

    private static async Task<List<(string Id, string From, string To)>> Moved(LStepHost host, string batch) =>
    [
        .. (await host.Get("/api/transitions?limit=1000")).GetProperty("items").EnumerateArray()
            .Where(row => row.GetProperty("batchId").GetString() == batch)
            .Select(row => (
                row.GetProperty("customerId").GetString()!, row.GetProperty("from").GetString()!, row.GetProperty("to").GetString()!)),
    ];

    private static IEnumerable<(string From, string To, int Count)> Moves(JsonElement dry) =>
        dry.GetProperty("moves").EnumerateArray().Select(
            move => (move.GetProperty("from").GetString()!, move.GetProperty("to").GetString()!, move.GetProperty("count").GetInt32()));

    private static IEnumerable<(string Id, string From, string To)> Customers(JsonElement dry) =>
        dry.GetProperty("customers").GetProperty("items").EnumerateArray().Select(move => (
            move.GetProperty("id").GetString()!, move.GetProperty("from").GetString()!, move.GetProperty("to").GetString()!));
}
