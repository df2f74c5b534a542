using System.Text.Json;
using LStep.Grains.Feeds;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace LStep.System.Tests.Hub;

public sealed class SlowClientTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task A_slow_client_is_told_of_its_gap_finds_it_in_the_ledger_and_holds_nobody_up()
    {
        const int Rounds = 24;
        const int RowsPerRound = 2_000;
        var before = await LedgerEnd();
        await using var slow = await DeafClient.Subscribe(host.Address, ApiHost.ViewerToken, before);
        await using var fast = await HubClient.Connect(host.Address, ApiHost.ViewerToken);
        await fast.Subscribe(new { after = before });

        for (var round = 0; round < Rounds; round++)
        {
            await Insert(round, RowsPerRound);
            for (var i = 1; i <= RowsPerRound; i++)
                Assert.Equal(before + (round * RowsPerRound) + i, (await fast.Next("transition")).GetProperty("id").GetInt64());
        }

        var seen = new List<long>();
        var last = before + (Rounds * RowsPerRound);
        JsonElement? gap = null;
        await foreach (var message in slow.Listen())
        {
            if (message.Target == "transition") seen.Add(message.Argument.GetProperty("id").GetInt64());
            if (message.Target == "gap")
            {
                gap = message.Argument;
                var (from, to) = (gap.Value.GetProperty("from").GetInt64(), gap.Value.GetProperty("to").GetInt64());
                Assert.Equal(seen[^1], from);
                seen.AddRange(await FromLedger(from, to));
            }
            if (gap is not null && seen[^1] >= last) break;
        }
        Assert.NotNull(gap);
        Assert.Equal(Enumerable.Range(1, Rounds * RowsPerRound).Select(i => before + i), seen);
    }

    private async Task<List<long>> FromLedger(long from, long to)
    {
        var ids = new List<long>();
        while (from < to)
        {
            var page = (await host.Get($"/api/transitions?after={from}&limit=1000")).GetProperty("items").EnumerateArray()
                .Select(row => row.GetProperty("id").GetInt64());
            ids.AddRange(page.Where(id => id <= to));
            from = ids[^1];
        }
        return ids;
    }

    private Task<long> LedgerEnd() => host.Services.GetRequiredService<FeedReads>().LedgerEnd(default);

    /// <summary>Rows as another node would write them: nobody nudges the feed here.</summary>
    private Task Insert(int round, int rows) => host.Database.Use(async connection =>
    {
        await using var command = new NpgsqlCommand(
            "INSERT INTO customer_status_assignments (customer_id, number, tag, at, due_at, assigned_by, kind, reason, is_current) " +
            "SELECT format('a-customer-of-another-node-with-a-long-name-%s-%s', $1, i), 1, 'ST_001', now(), now(), 'system', 0, 'first', "
                + "true FROM generate_series(1, $2) AS i ORDER BY i",
            connection);
        command.Parameters.Add(new() { Value = round });
        command.Parameters.Add(new() { Value = rows });
        await command.ExecuteNonQueryAsync();
    });
}
