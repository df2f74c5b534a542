using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;

namespace LStep.System.Tests.Database;

/// <summary>What a client is told while the database is in trouble, over real HTTP, and that it passes by itself.</summary>
public sealed class TroubleTests
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(5);

    [Theory]
    [InlineData("25006")]
    [InlineData("40001")]
    [InlineData("40P01")]
    [InlineData("53100")]
    [InlineData("53200")]
    [InlineData("53300")]
    [InlineData("55P03")]
    [InlineData("57014")]
    [InlineData("57P03")]
    [InlineData("58030")]
    [InlineData("42P01")]
    [InlineData("42703")]
    [InlineData("XX001")]
    public async Task What_passes_or_is_for_operators_to_mend_is_a_503_and_no_event_is_lost(string state)
    {
        await using var host = await LStepHost.Start();
        await Execute(host, Raising(state, "true"));

        using (var refused = await Timed(() => Track(host, "someone", "m1")))
        {
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "storage_unavailable"), (refused.StatusCode, await refused.Code()));
            Assert.Equal("1", refused.Headers.RetryAfter?.ToString());
        }
        // Who was only outpaced keeps nobody else from coming.
        if (state is not ("40001" or "40P01")) Assert.Equal("storage_unavailable", await NotReady(host));

        await Execute(host, "DROP TRIGGER refuse ON customer_states");
        using (var taken = await Track(host, "someone", "m1")) Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        await UntilReady(host);
        Assert.Equal(1L, await Value(host, "SELECT count(*) FROM activities WHERE customer_id = 'someone'"));
    }

    [Theory]
    [InlineData("21000")]
    [InlineData("22001")]
    [InlineData("23514")]
    [InlineData("42804")]
    [InlineData("54000")]
    [InlineData("P0001")]
    [InlineData("ZZ999")]
    public async Task What_the_database_refuses_of_one_customer_is_that_customers_alone_and_is_listed(string state)
    {
        await using var host = await LStepHost.Start();
        await Execute(host, Raising(state, "NEW.customer_id = 'guilty'"));

        var others = Enumerable.Range(0, 40).Select(i => Track(host, $"other-{i}", $"m{i}")).ToList();
        using var batch = await host.Ingest.PostAsJsonAsync("/v1/batch", new
        {
            batch = new[] { Login("other-a", "a"), Login("guilty", "b"), Login("other-c", "c"), Login("guilty", "d") },
        });
        using var single = await Track(host, "guilty", "e");

        Assert.All(await Task.WhenAll(others), answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(HttpStatusCode.OK, batch.StatusCode);
        Assert.Equal(
            [(1, "refused_by_database"), (3, "refused_by_database")],
            (await batch.Json()).GetProperty("rejected").EnumerateArray()
                .Select(item => (item.GetProperty("index").GetInt32(), item.GetProperty("code").GetString())));
        Assert.Equal(HttpStatusCode.BadRequest, single.StatusCode);
        Assert.Equal(42L, await Value(host, "SELECT count(*) FROM activities"));
        var listed = (await host.Get("/api/rejected")).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(["b", "d", "e"], listed.Select(item => item.GetProperty("messageId").GetString()).Order());
        Assert.All(listed, item => Assert.Equal("refused_by_database", item.GetProperty("code").GetString()));
        await UntilReady(host);
    }

    [Fact]
    public async Task An_event_that_is_refused_takes_no_other_of_its_customer_with_it()
    {
        await using var host = await LStepHost.Start();
        await Execute(host, Raising("22001", "NEW.message_id IN ('m3', 'm7')", "activities"));

        using var answer = await host.Ingest.PostAsJsonAsync(
            "/v1/batch", new { batch = Enumerable.Range(0, 10).Select(i => Login("same", $"m{i}")) });

        Assert.Equal(
            ["m3", "m7"],
            (await answer.Json()).GetProperty("rejected").EnumerateArray().Select(item => item.GetProperty("messageId").GetString()));
        Assert.Equal(8L, await Value(host, "SELECT count(*) FROM activities WHERE customer_id = 'same'"));
    }

    [Fact]
    public async Task An_email_that_an_index_of_an_operators_does_not_take_is_refused_alone()
    {
        await using var host = await LStepHost.Start();
        await Execute(host, "CREATE INDEX ON customers (name)");
        var incompressible = string.Concat(Enumerable.Range(0, 12_000).Select(i => (char)('A' + (i * 7_919 * (i + 3) % 57))));

        var others = Enumerable.Range(0, 20).Select(i => Track(host, $"other-{i}", $"m{i}")).ToList();
        using var answer = await host.Ingest.PostAsJsonAsync(
            "/v1/identify", new { userId = "long", messageId = "m", traits = new { name = incompressible } });

        Assert.InRange((int)answer.StatusCode, 200, 499);
        Assert.All(await Task.WhenAll(others), other => Assert.Equal(HttpStatusCode.OK, other.StatusCode));
        using var next = await Track(host, "long", "m2");
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
    }

    [Theory]
    [InlineData("customer_states")]
    [InlineData("customers")]
    [InlineData("activities")]
    [InlineData("customer_status_assignments")]
    public async Task A_table_that_somebody_locks_is_told_within_five_seconds_and_all_is_well_once_it_is_let_go(string table)
    {
        await using var host = await LStepHost.Start();
        await host.Post(Login("known", "m0"));
        await using var holder = await Open(host);
        await using var holding = await holder.BeginTransactionAsync();
        await Execute(holder, $"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE");

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Timed(() => Track(host, $"new-{i}", "m1"))));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode));
        using (var read = await Timed(() => host.Client.GetAsync("/api/customers")))
            Assert.NotEqual(HttpStatusCode.InternalServerError, read.StatusCode);
        Assert.Equal("storage_unavailable", await NotReady(host));

        await holding.RollbackAsync();
        await UntilReady(host);
        foreach (var i in Enumerable.Range(0, 6)) await host.Post(Login($"new-{i}", "m1"));
        Assert.Equal(7L, await Value(host, "SELECT count(*) FROM activities"));
    }

    [Fact]
    public async Task A_customer_whose_row_somebody_locks_waits_alone()
    {
        await using var host = await LStepHost.Start();
        await host.Post(Login("locked", "m0"), Login("free", "m0"));
        await using var holder = await Open(host);
        await using var holding = await holder.BeginTransactionAsync();
        await Execute(holder, "SELECT FROM customer_states WHERE customer_id = 'locked' FOR UPDATE");

        foreach (var round in Enumerable.Range(1, 3))
        {
            var locked = Timed(() => Track(host, "locked", $"m{round}"));
            var free = Timed(() => Track(host, "free", $"m{round}"));
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "storage_unavailable"), ((await locked).StatusCode, await (await locked).Code()));
            Assert.Equal(HttpStatusCode.OK, (await free).StatusCode);
        }
        await UntilReady(host);

        await holding.RollbackAsync();
        foreach (var round in Enumerable.Range(1, 3)) await host.Post(Login("locked", $"m{round}"));
        Assert.Equal(8L, await Value(host, "SELECT count(*) FROM activities"));
    }

    [Fact]
    public async Task A_backend_that_stands_still_is_given_up_within_five_seconds_and_nothing_is_doubled_when_it_goes_on()
    {
        await using var host = await LStepHost.Start();
        await host.Post(Login("known", "m0"));
        List<int> stopped = [];
        try
        {
            await using (var connection = await Open(host))
            {
                await using var journals = new NpgsqlCommand("""
                    SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'lstep-journal'
                    """, connection);
                await using var rows = await journals.ExecuteReaderAsync();
                while (await rows.ReadAsync()) stopped.Add(rows.GetInt32(0));
            }
            foreach (var process in stopped) await Signal(process, "STOP");

            var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Timed(() => Track(host, $"new-{i}", "m1"))));
            Assert.Contains(answers, answer => answer.StatusCode == HttpStatusCode.ServiceUnavailable);
            Assert.All(answers, answer => Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable));
            // The next connections are of backends that go.
            await Signals.UntilAsync(async () => (await Track(host, "after", "m1")).IsSuccessStatusCode);
        }
        finally
        {
            foreach (var process in stopped) await Signal(process, "CONT");
        }
        foreach (var i in Enumerable.Range(0, 8))
            await Signals.UntilAsync(async () => (await Track(host, $"new-{i}", "m1")).IsSuccessStatusCode);
        await UntilReady(host);
        Assert.Equal(10L, await Value(host, "SELECT count(*) FROM activities"));
        Assert.Equal(0L, await Value(host, """
            SELECT count(*) FROM (SELECT FROM activities GROUP BY customer_id, message_id HAVING count(*) > 1) doubled
            """));
    }

    [Fact]
    public async Task While_the_database_is_read_only_it_answers_questions_takes_nothing_and_is_not_ready()
    {
        await using var host = await LStepHost.Start();
        await host.Post(Login("known", "m0"));
        await SetReadOnly(host, "on");
        try
        {
            await Signals.UntilAsync(async () => (await Timed(() => Track(host, "known", "m1"))).StatusCode
                == HttpStatusCode.ServiceUnavailable);
            Assert.Equal("PostgreSQL takes no writes: it is read-only.", await ReadinessSays(host));
            await Signals.UntilAsync(async () => (await host.Client.GetAsync("/api/customers/known")).IsSuccessStatusCode);
        }
        finally
        {
            await SetReadOnly(host, "off");
        }
        await UntilReady(host);
        // The journal's own session was ended as well, which it finds out by trying.
        await Signals.UntilAsync(async () => (await Track(host, "known", "m1")).IsSuccessStatusCode);
        Assert.Equal(2L, await Value(host, "SELECT count(*) FROM activities"));
    }

    [Fact]
    public async Task A_column_that_goes_while_it_runs_is_a_503_with_its_name_in_the_readiness_and_no_500()
    {
        await using var host = await LStepHost.Start();
        await host.Post(Login("known", "m0"));
        await Execute(host, "ALTER TABLE customer_states RENAME COLUMN recent_ids TO gone");

        using (var refused = await Timed(() => Track(host, "known", "m1")))
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "storage_unavailable"), (refused.StatusCode, await refused.Code()));
        using (var read = await host.Client.GetAsync("/api/customers")) Assert.Equal(HttpStatusCode.ServiceUnavailable, read.StatusCode);
        await Signals.UntilAsync(async () => (await ReadinessSays(host)).Contains("recent_ids", StringComparison.Ordinal));

        await Execute(host, "ALTER TABLE customer_states RENAME COLUMN gone TO recent_ids");
        await UntilReady(host);
        await host.Post(Login("known", "m1"));
    }

    private static string Raising(string state, string when, string table = "customer_states") => $"""
        CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF {when} THEN RAISE EXCEPTION 'raised by the test' USING ERRCODE = '{state}'; END IF;
            RETURN NEW;
        END $$;
        CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse();
        """;

    private static object Login(string customer, string message) =>
        new { type = "track", userId = customer, @event = "Logged In", messageId = message };

    private static Task<HttpResponseMessage> Track(LStepHost host, string customer, string message) =>
        host.Ingest.PostAsJsonAsync("/v1/track", new { userId = customer, @event = "Logged In", messageId = message });

    private static async Task<HttpResponseMessage> Timed(Func<Task<HttpResponseMessage>> ask)
    {
        var watch = Stopwatch.StartNew();
        var answer = await ask();
        Assert.True(watch.Elapsed < AnswerWithin, $"{(int)answer.StatusCode} after {watch.Elapsed.TotalSeconds:0.0} s");
        return answer;
    }

    private static async Task<string?> NotReady(LStepHost host)
    {
        using var answer = await Timed(() => host.Client.GetAsync("/health/ready"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        return await answer.Code();
    }

    private static async Task<string> ReadinessSays(LStepHost host)
    {
        using var answer = await host.Client.GetAsync("/health/ready");
        return (await answer.Json()).TryGetProperty("detail", out var detail) ? detail.GetString()! : "";
    }

    private static Task UntilReady(LStepHost host) =>
        Signals.UntilAsync(async () => (await host.Client.GetAsync("/health/ready")).IsSuccessStatusCode);

    private static async Task SetReadOnly(LStepHost host, string value)
    {
        var name = new NpgsqlConnectionStringBuilder(host.ConnectionString).Database;
        await Execute(host, $"ALTER DATABASE {name} SET default_transaction_read_only = {value}");
        // The setting counts for new sessions.
        await Execute(host, """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
            """);
    }

    private static async Task Signal(int process, string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{process}"]);
        await kill.WaitForExitAsync();
    }

    private static async Task<NpgsqlConnection> Open(LStepHost host)
    {
        var connection = new NpgsqlConnection(host.ConnectionString + ";Pooling=false;Options=-c default_transaction_read_only=off");
        await connection.OpenAsync();
        return connection;
    }

    private static async Task Execute(LStepHost host, string sql)
    {
        await using var connection = await Open(host);
        await Execute(connection, sql);
    }

    private static async Task Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<long> Value(LStepHost host, string sql)
    {
        await using var connection = await Open(host);
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
