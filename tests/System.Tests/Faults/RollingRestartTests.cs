using LStep.Workbench.Faults;
using LStep.Workbench.Processes;
using Npgsql;

namespace LStep.System.Tests.Faults;

public sealed class RollingRestartTests
{
    private const int RequestsPerSecond = 40;
    private const int StartsMax = 5;

    [Fact]
    public async Task Three_silos_restarted_in_turn_under_load_lose_and_double_nothing_and_nobody_who_watches_misses_anything()
    {
        var database = await PostgresFixture.FreshDatabase();
        var draining = new Dictionary<string, string> { ["LSTEP_DRAIN"] = "1" };
        var silos = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => SiloProcess.Start(database, environment: draining)));
        try
        {
            Uri[] addresses = [.. silos.Select(silo => silo.Address)];
            var load = Load.Of(addresses, SiloProcess.WriteKey, customers: 400, requests: 2_000);
            HubWatcher[] watchers = [.. addresses.Select((_, first) => new HubWatcher(addresses, SiloProcess.AdminToken, first))];
            using var enough = new CancellationTokenSource();
            using var closed = new CancellationTokenSource();
            var watching = Task.WhenAll(watchers.Select(watcher => watcher.Watch(closed.Token)));
            var running = load.Run(RequestsPerSecond, enough.Token, default);

            foreach (var silo in silos)
            {
                foreach (var ended in silos.Where(each => !each.IsRunning)) await UntilItStays(ended);
                var before = load.Acknowledged.Count;
                await Signals.Until(() => load.Acknowledged.Count > before + 500 || running.IsCompleted);
                Assert.Equal(0, await silo.Stop());
                await UntilItStays(silo);
            }
            await enough.CancelAsync();
            await running;

            var end = await LedgerEnd(database);
            await Signals.Until(() => watchers.All(watcher => watcher.Last >= end));
            await closed.CancelAsync();
            await watching;
            Assert.All(watchers, watcher => Assert.True(watcher.Connections > 1, "a client of the hub was never sent away"));
            Assert.Empty(watchers.SelectMany(watcher => watcher.Refusals));
            Assert.Empty(Load.Found([await new Audit(database).Hub(watchers.Select(watcher => watcher.Heard), end)]));
            // Its own word on refusals: any answer but 200, 429 and 503.
            await load.Audit(database);
        }
        finally
        {
            foreach (var silo in silos) await silo.DisposeAsync();
        }
    }

    /// <summary>
    /// As an orchestrator does: on a busy machine a process may get no connection in time, or be told by the others that it is dead, and
    /// end.
    /// </summary>
    private static async Task UntilItStays(SiloProcess silo)
    {
        for (var attempt = 1; ; attempt++)
            try
            {
                await silo.StartAgain();
                return;
            }
            catch (SiloEndedException) when (attempt < StartsMax && !silo.IsRunning)
            {
                // The load goes on at the other two meanwhile.
            }
    }

    private static async Task<long> LedgerEnd(string database)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand("SELECT max(id) FROM customer_status_assignments");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
