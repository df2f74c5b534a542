using System.Net;
using System.Net.Http.Json;
using LStep.Grains.Database;
using LStep.System.Tests.Ingest;
using LStep.System.Tests.Replay;
using LStep.Workbench;
using LStep.Workbench.Faults;
using Npgsql;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Feeds;

/// <summary>Two silos on one database: what happens through the one is told by the other.</summary>
public sealed class AcrossSilosTests : IAsyncLifetime
{
    private const int Writers = 4;
    private const int CustomersEach = 50;

    private LStepHost here = null!;
    private LStepHost there = null!;

    public async Task InitializeAsync()
    {
        here = await LStepHost.Start();
        there = await LStepHost.Start(connectionString: here.ConnectionString);
    }

    public async Task DisposeAsync()
    {
        await there.DisposeAsync();
        await here.DisposeAsync();
    }

    [Fact]
    public async Task What_many_write_at_once_through_one_is_told_by_both_in_the_order_of_the_ledger()
    {
        await using var own = await HubClient.Connect(here.Address, here.AdminToken);
        await using var other = await HubClient.Connect(there.Address, there.AdminToken);
        await own.Subscribe(new { });
        await other.Subscribe(new { });

        await Write("many");

        var ledger = await Ledger();
        Assert.Equal(ledger, await Told(own, ledger.Count));
        Assert.Equal(ledger, await Told(other, ledger.Count));
    }

    [Fact]
    public async Task A_write_transaction_that_is_held_open_neither_hides_nor_delays_what_others_commit()
    {
        await using var other = await HubClient.Connect(there.Address, there.AdminToken);
        await other.Subscribe(new { });
        await using var source = NpgsqlDataSource.Create(here.ConnectionString);
        await using var holder = await source.OpenConnectionAsync();
        await using var held = await holder.BeginTransactionAsync();
        await Execute(holder, "UPDATE daily_metrics_progress SET through = through");

        await Write("beside");

        // It is still open: who read behind the oldest running transaction would hear nothing before it ends.
        var ledger = await Ledger();
        Assert.Equal(ledger, await Told(other, ledger.Count));
    }

    [Fact]
    public async Task A_commit_that_stands_still_after_it_began_to_draw_ids_is_overtaken_by_nobody()
    {
        await using var other = await HubClient.Connect(there.Address, there.AdminToken);
        await other.Subscribe(new { });
        await using var source = NpgsqlDataSource.Create(here.ConnectionString);
        await using var holder = await source.OpenConnectionAsync();
        await using var held = await holder.BeginTransactionAsync();
        await Execute(holder, Sql.Query("commit_ledger_lock"));

        var writing = Write("behind");
        await Signals.UntilAsync(async () => await Count("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted") > 0);
        Assert.Equal(0, await Count("SELECT count(*) FROM customer_status_assignments"));
        await held.CommitAsync();
        await writing;

        var ledger = await Ledger();
        Assert.Equal(ledger, await Told(other, ledger.Count));
    }

    [Fact]
    public async Task Whose_connections_to_the_database_are_cut_again_and_again_misses_and_repeats_nothing()
    {
        var watcher = new HubWatcher([there.Address], there.AdminToken, first: 0);
        using var closed = new CancellationTokenSource();
        var watching = watcher.Watch(closed.Token);

        var writing = Write("cut");
        for (var cut = 0L; cut < 5 || !writing.IsCompleted; await Task.Delay(50))
            cut += await Count(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND application_name = "
                    + "'lstep'");
        await writing;

        var ledger = await Ledger();
        await Signals.Until(() => watcher.Last >= ledger[^1]);
        await closed.CancelAsync();
        await watching;
        Assert.Equal(ledger, watcher.Heard);
        Assert.Empty(watcher.Refusals);
    }

    /// <summary>Every customer is new: each moves to the first tag. What is refused for now is sent again.</summary>
    private Task Write(string prefix) => Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
    {
        foreach (var some in Enumerable.Range(0, CustomersEach).Chunk(5))
        {
            var batch = some.Select(n => Track($"{prefix}-{writer}-{n}", "Login", here.Now, messageId: $"{prefix}-{writer}-{n}")).ToList();
            while (await here.Ingest.PostAsJsonAsync("/v1/batch", new { batch }) is { StatusCode: not HttpStatusCode.OK } refused)
            {
                Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
                await Task.Delay(20);
            }
        }
    }));

    /// <summary>On a connection of its own: those of the product may just have been cut.</summary>
    private async Task<List<long>> Ledger()
    {
        await using var source = NpgsqlDataSource.Create(here.ConnectionString);
        await using var command = source.CreateCommand(WorkbenchSql.Query("audit_ledger"));
        await using var reader = await command.ExecuteReaderAsync();
        var ids = new List<long>();
        while (await reader.ReadAsync()) ids.Add(reader.GetInt64(0));
        Assert.Equal(Writers * CustomersEach, ids.Count);
        return ids;
    }

    private static async Task<List<long>> Told(HubClient hub, int count)
    {
        var ids = new List<long>();
        while (ids.Count < count) ids.Add((await hub.Next("transition")).GetProperty("id").GetInt64());
        return ids;
    }

    private async Task<long> Count(string sql)
    {
        await using var source = NpgsqlDataSource.Create(here.ConnectionString);
        await using var command = source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
