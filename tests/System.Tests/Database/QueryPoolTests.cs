using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Npgsql;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Database;

/// <summary>Questions that cost much have few connections, little time and a short queue; nobody else waits for them.</summary>
public sealed class QueryPoolTests
{
    private const int Searches = 60;

    /// <param name="beside">A transaction runs that began before: what was written since counts as not taken in by the figures.</param>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Searches_that_take_too_long_are_given_up_or_turned_away_while_others_are_answered(bool beside)
    {
        await using var host = await LStepHost.Start();
        await using var running = beside ? await Begun(host.ConnectionString, "SELECT pg_current_xact_id()") : null;
        await host.Post(Track("ada", "Login", host.Now));
        await host.Get("/api/customers?q=ada");
        await using var locked = await Locked(host.ConnectionString, "customer_search");

        var watch = Stopwatch.StartNew();
        var searches = Enumerable.Range(0, Searches).Select(n => host.Client.GetAsync($"/api/customers?q=nobody-{n}")).ToList();
        // Other tables than the one that the searches wait for.
        while (!Task.WhenAll(searches).IsCompleted)
        {
            await host.Get("/api/transitions");
            using var anonymous = await host.Ingest.PostAsync(
                "/v1/track", new StringContent("""{"anonymousId":"a","event":"Login"}"""));
            Assert.Equal(HttpStatusCode.OK, anonymous.StatusCode);
        }

        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 15);
        var codes = new Dictionary<string, int>();
        foreach (var search in searches)
        {
            using var answer = await search;
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.NotNull(answer.Headers.RetryAfter);
            var code = (await answer.Code())!;
            codes[code] = codes.GetValueOrDefault(code) + 1;
        }
        Assert.Equal(["overloaded", "too_slow"], codes.Keys.Order());
        Assert.Equal(2, codes["too_slow"]);
        await locked.CloseAsync();
        await host.Get("/api/customers?q=ada");
    }

    [Fact]
    public async Task Of_many_who_ask_for_everybody_to_be_evaluated_one_run_begins_and_one_waits()
    {
        await using var host = await LStepHost.Start();
        await host.Post([.. Enumerable.Range(0, 50).Select(n => Track($"c{n}", "Login", host.Now))]);
        // A run can begin, and none can get on.
        await using var locked = await Locked(host.ConnectionString, "customer_states");

        var ids = new HashSet<string>();
        foreach (var asked in await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => host.Client.PostAsync("/api/evaluations", null))))
        {
            Assert.Equal(HttpStatusCode.Accepted, asked.StatusCode);
            ids.Add((await asked.Json()).GetProperty("id").GetString()!);
        }
        Assert.Equal(2, ids.Count);
        await locked.CloseAsync();
        foreach (var id in ids)
            await Signals.UntilAsync(async () =>
                (await host.Get($"/api/evaluations/{id}")).GetProperty("finishedAt").ValueKind != JsonValueKind.Null);
    }

    private static Task<NpgsqlConnection> Locked(string connectionString, string table) =>
        Begun(connectionString, $"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE");

    private static async Task<NpgsqlConnection> Begun(string connectionString, string first)
    {
        var holder = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await holder.OpenAsync();
        await using var hold = new NpgsqlCommand($"BEGIN; {first}", holder);
        await hold.ExecuteNonQueryAsync();
        return holder;
    }
}
