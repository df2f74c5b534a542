using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Npgsql;
using static LStep.System.Tests.Database.Troubled;

namespace LStep.System.Tests.Database;

/// <summary>What a client is told while the database is in trouble, over real HTTP, and that it passes by itself.</summary>
public sealed class TroubleTests
{
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
        await using var host = await Impatient();
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
    [InlineData("customer_states")]
    [InlineData("customers")]
    [InlineData("activities")]
    [InlineData("customer_status_assignments")]
    public async Task A_table_that_somebody_locks_is_told_within_five_seconds_and_all_is_well_once_it_is_let_go(string table)
    {
        await using var host = await Impatient();
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
        await using var host = await Impatient();
        await host.Post(Login("locked", "m0"), Login("free", "m0"));
        await using var holder = await Open(host);
        await using var holding = await holder.BeginTransactionAsync();
        await Execute(holder, "SELECT FROM customer_states WHERE customer_id = 'locked' FOR UPDATE");

        foreach (var round in Enumerable.Range(1, 3))
        {
            var locked = Timed(() => Track(host, "locked", $"m{round}"));
            var free = Timed(() => Track(host, "free", $"m{round}"));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await locked).StatusCode);
            Assert.Equal("storage_unavailable", await (await locked).Code());
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
        await using var host = await Impatient();
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
        await using var host = await Impatient();
        await host.Post(Login("known", "m0"));
        await SetReadOnly(host, "on");
        try
        {
            await Signals.UntilAsync(async () => (await Timed(() => Track(host, "known", "m1"))).StatusCode
                == HttpStatusCode.ServiceUnavailable);
            // The first look may still meet a session that was ended by the switch.
            await Signals.UntilAsync(async () => await ReadinessSays(host) == "PostgreSQL takes no writes: it is read-only.");
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
    public async Task A_session_that_began_while_the_database_was_read_only_is_not_kept_once_it_is_not()
    {
        await using var host = await Impatient();
        await host.Post(Login("known", "m0"));
        await SetReadOnly(host, "on");
        await Signals.UntilAsync(async () => await ReadinessSays(host) == "PostgreSQL takes no writes: it is read-only.");
        // First those that were ended by the switch, then those that begin read-only.
        foreach (var _ in Enumerable.Range(0, 3))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await Timed(() => Track(host, "known", "m1"))).StatusCode);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await Timed(() => MakeKey(host))).StatusCode);
        }

        await SetReadOnly(host, "off", endSessions: false);
        await UntilReady(host);
        await Signals.UntilAsync(async () => (await Track(host, "known", "m1")).IsSuccessStatusCode);
        await Signals.UntilAsync(async () => (await MakeKey(host)).IsSuccessStatusCode);
    }

    [Theory]
    [InlineData("tokens")]
    [InlineData("flags")]
    [InlineData("audit_log")]
    [InlineData("sessions")]
    public async Task Work_of_people_behind_a_locked_table_is_told_within_five_seconds(string table)
    {
        await using var host = await Impatient();
        (await host.Client.GetAsync("/api/flags")).EnsureSuccessStatusCode();
        await using var holder = await Open(host);
        await using var holding = await holder.BeginTransactionAsync();
        await Execute(holder, $"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE");

        var asked = new[]
        {
            Timed(() => MakeKey(host)), Timed(() => SetFlag(host, true)),
            Timed(() => host.Client.PostAsJsonAsync("/api/session", new { token = host.AdminToken })),
            Timed(() => host.Client.DeleteAsync("/api/keys/none")), Timed(() => host.Client.PostAsJsonAsync("/api/evaluations", new { })),
        };
        foreach (var answer in await Task.WhenAll(asked))
            Assert.True(
                (int)answer.StatusCode is < 500 or 503, $"{answer.RequestMessage!.RequestUri} {(int)answer.StatusCode}");
        Assert.Contains(asked, answer => answer.Result.StatusCode == HttpStatusCode.ServiceUnavailable);

        await holding.RollbackAsync();
        using (var made = await MakeKey(host)) Assert.Equal(HttpStatusCode.Created, made.StatusCode);
    }

    [Theory]
    [InlineData("40001")]
    [InlineData("40P01")]
    public async Task Work_of_people_that_others_were_faster_than_is_done_again(string state)
    {
        await using var host = await Impatient();
        // Sequences count on where a transaction is undone.
        await Execute(host, "CREATE SEQUENCE tries;" + Raising(state, "nextval('tries') < 3", "audit_log"));

        using (var made = await MakeKey(host)) Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.Equal(1L, await Value(host, "SELECT count(*) FROM audit_log WHERE what = 'key.created'"));

        await Execute(host, "DROP TRIGGER refuse ON audit_log;" + Raising(state, "true", "audit_log"));
        using var refused = await Timed(() => SetFlag(host, false));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "storage_unavailable"), (refused.StatusCode, await refused.Code()));
    }

    [Fact]
    public async Task A_column_that_goes_while_it_runs_is_a_503_with_its_name_in_the_readiness_and_no_500()
    {
        await using var host = await Impatient();
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

    private static Task<HttpResponseMessage> MakeKey(LStepHost host) =>
        host.Client.PostAsJsonAsync("/api/keys", new { name = "somebody", role = "viewer" });

    private static Task<HttpResponseMessage> SetFlag(LStepHost host, bool value) =>
        host.Client.PutAsJsonAsync("/api/flags/auto_apply_enabled", new { value });
}
