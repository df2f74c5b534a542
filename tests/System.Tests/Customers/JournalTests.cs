using LStep.Domain;
using LStep.Domain.Packing;
using LStep.Grains.Customers;
using LStep.Grains.Customers.Journaling;
using LStep.Grains.Database;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace LStep.System.Tests.Customers;


public sealed class JournalTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private Journal NewJournal(int writers = 2) =>
        new(postgres.Database, new Partitions(postgres.Database), NullLogger<Journal>.Instance, writers);

    [Fact]
    public async Task What_was_committed_is_read_back_as_it_was()
    {
        await using var journal = NewJournal();
        await using var store = new CustomerStore(postgres.Database);
        var step = Steps.First("read-back", Steps.Login("m1"), Steps.Login("m2", Steps.Noon.AddHours(-1)));

        var committed = Assert.IsType<CommitResult.Committed>(await journal.Commit(step));

        Assert.True(Assert.Single(committed.Transitions).Id > 0);
        var read = await store.Load("read-back");
        Assert.NotNull(read);
        Assert.Equal(StatePacking.Pack(step.After), StatePacking.Pack(read));
        Assert.Equal(StatePacking.PackRecent(step.After.Recent), StatePacking.PackRecent(read.Recent));
        Assert.Equal(["m2"], await store.KnownMessages("read-back", ["m2", "m3"]));
        Assert.Null(await store.Load("nobody"));
    }

    [Fact]
    public async Task A_step_on_a_version_that_has_passed_is_fenced_out_and_the_others_of_its_commit_are_not()
    {
        await using var journal = NewJournal(writers: 1);
        var first = Steps.First("fenced");
        await journal.Commit(first);
        await journal.Commit(Steps.Next(first.After, null, Steps.Login("won")));

        var late = journal.Commit(Steps.Next(first.After, null, Steps.Login("lost")));
        var again = journal.Commit(Steps.First("fenced"));
        var others = Enumerable.Range(0, 50).Select(i => journal.Commit(Steps.First($"bystander-{i}"))).ToList();

        Assert.IsType<CommitResult.FencedOut>(await late);
        Assert.IsType<CommitResult.FencedOut>(await again);
        Assert.All(await Task.WhenAll(others), result => Assert.IsType<CommitResult.Committed>(result));
        await using var store = new CustomerStore(postgres.Database);
        Assert.Equal(["won"], await store.KnownMessages("fenced", ["won", "lost"]));
    }

    [Fact]
    public async Task A_step_without_changes_is_not_sent()
    {
        await using var journal = NewJournal();
        var state = Steps.First("unchanged").After;
        Assert.IsType<CommitResult.Committed>(await journal.Commit(new Step { Before = state, After = state, At = Steps.Noon }));
    }

    [Fact]
    public async Task A_step_that_postgres_refuses_fails_alone()
    {
        await using var journal = NewJournal(writers: 1);
        var poisoned = journal.Commit(Steps.First("poisoned", Steps.Login("nul") with { Event = "a\0b" }));
        var lone = journal.Commit(Steps.First("lone", Steps.Login("surrogate") with { Event = "a\ud800" }));
        var others = Enumerable.Range(0, 20).Select(i => journal.Commit(Steps.First($"healthy-{i}"))).ToList();

        await Assert.ThrowsAsync<RefusedByDatabaseException>(() => poisoned);
        await Assert.ThrowsAsync<RefusedByDatabaseException>(() => lone);
        Assert.All(await Task.WhenAll(others), result => Assert.IsType<CommitResult.Committed>(result));
    }

    [Fact]
    public async Task Two_journals_on_the_same_customers_lose_nothing_and_double_nothing()
    {
        const int Customers = 20, TurnsPerJournal = 30;
        await using var store = new CustomerStore(postgres.Database);
        await using var one = NewJournal();
        await using var other = NewJournal();
        foreach (var c in Enumerable.Range(0, Customers)) await one.Commit(Steps.First($"shared-{c}"));

        await Task.WhenAll(
            from journal in new[] { one, other }
            from c in Enumerable.Range(0, Customers)
            select Play(journal, journal == one ? "one" : "other", $"shared-{c}"));

        foreach (var c in Enumerable.Range(0, Customers))
        {
            var state = (await store.Load($"shared-{c}"))!;
            Assert.Equal(1 + (2 * TurnsPerJournal), state.Version);
            Assert.Equal(2 * TurnsPerJournal, state.Lifetime.Activities);
            var ids = Enumerable.Range(0, TurnsPerJournal).SelectMany(t => new[] { $"one-{t}", $"other-{t}" }).ToList();
            Assert.Equal(ids.Count, (await store.KnownMessages(state.CustomerId, ids)).Count);
        }

        async Task Play(Journal journal, string name, string customer)
        {
            var state = (await store.Load(customer))!;
            for (var turn = 0; turn < TurnsPerJournal;)
            {
                var step = Steps.Next(state, null, Steps.Login($"{name}-{turn}"));
                if (await journal.Commit(step) is CommitResult.Committed) (state, turn) = (step.After, turn + 1);
                else state = (await store.Load(customer))!;
            }
        }
    }

    [Fact]
    public async Task A_reader_with_a_cursor_never_sees_a_ledger_id_appear_behind_it()
    {
        await using var one = NewJournal(writers: 4);
        await using var other = NewJournal(writers: 4);
        using var done = new CancellationTokenSource();
        var reader = Task.Run(ReadOn);
        await Task.WhenAll(Enumerable.Range(0, 400).Select(async i => await (i % 2 == 0 ? one : other).Commit(Steps.First($"ledger-{i}"))));
        await done.CancelAsync();
        var seen = await reader;

        await using var connection = await postgres.Database.Source.OpenConnectionAsync();
        await using var all = new NpgsqlCommand(
            "SELECT count(*) FROM customer_status_assignments WHERE customer_id LIKE 'ledger-%'", connection);
        Assert.Equal(400, seen);
        Assert.Equal(400L, await all.ExecuteScalarAsync());

        async Task<int> ReadOn()
        {
            var (after, count, last) = (0L, 0, false);
            await using var polling = await postgres.Database.Source.OpenConnectionAsync();
            while (true)
            {
                await using var next = new NpgsqlCommand(
                    "SELECT id, customer_id FROM customer_status_assignments WHERE id > $1 ORDER BY id", polling);
                next.Parameters.Add(new NpgsqlParameter { Value = after });
                await using var rows = await next.ExecuteReaderAsync();
                while (await rows.ReadAsync())
                {
                    after = rows.GetInt64(0);
                    if (rows.GetString(1).StartsWith("ledger-", StringComparison.Ordinal)) count++;
                }
                if (last) return count;
                last = done.IsCancellationRequested;
            }
        }
    }

    [Fact]
    public async Task A_killed_backend_is_a_clear_exception_and_leaves_nothing_half_written()
    {
        await using var journal = NewJournal(writers: 1);
        await using var store = new CustomerStore(postgres.Database);
        var first = Steps.First("killed");
        await journal.Commit(first);

        // The row is locked, so the commit is under way, and waits, when its backend is killed.
        await using (var connection = await postgres.Database.Source.OpenConnectionAsync())
        {
            await using var transaction = await connection.BeginTransactionAsync();
            await using (var block = new NpgsqlCommand(
                "SELECT 1 FROM customer_states WHERE customer_id = 'killed' FOR UPDATE", connection)) await block.ExecuteNonQueryAsync();
            var waiting = journal.Commit(Steps.Next(first.After, StatusTag.Progressing, Steps.Login("gone")));
            await KillWhoeverWaits(connection);
            await Assert.ThrowsAsync<StorageUnavailableException>(() => waiting);
        }

        Assert.Equal(1, (await store.Load("killed"))!.Version);
        Assert.Empty(await store.KnownMessages("killed", ["gone"]));
        Assert.IsType<CommitResult.Committed>(await journal.Commit(Steps.Next(first.After, StatusTag.Progressing, Steps.Login("gone"))));
    }

    [Fact]
    public async Task Without_a_database_each_step_fails_as_trouble_that_passes()
    {
        await using var nowhere = new PostgresDatabase("Host=127.0.0.1;Port=1;Username=nobody;Database=none");
        await using var journal = new Journal(nowhere, new Partitions(nowhere), NullLogger<Journal>.Instance);

        // Before its first commit of a month the journal asks for the month's partition.
        await Assert.ThrowsAsync<StorageUnavailableException>(() => journal.Commit(Steps.First("unwritten")));
    }

    private static async Task KillWhoeverWaits(NpgsqlConnection connection)
    {
        while (true)
        {
            await using var kill = new NpgsqlCommand(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = "
                    + "'Lock'", connection);
            if (await kill.ExecuteScalarAsync() is > 0L) return;
        }
    }
}
