using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Npgsql;

namespace LStep.System.Tests.Database;

/// <summary>A silo whose database a test gets into trouble, and what it is asked meanwhile.</summary>
internal static class Troubled
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(5);

    /// <summary>With the limits of the product, not the patience of other tests.</summary>
    public static async Task<LStepHost> Impatient() =>
        await LStepHost.Start(connectionString: await PostgresFixture.FreshDatabase());

    public static string Raising(string state, string when, string table = "customer_states") => $"""
        CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF {when} THEN RAISE EXCEPTION 'raised by the test' USING ERRCODE = '{state}'; END IF;
            RETURN NEW;
        END $$;
        CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse();
        """;

    public static object Login(string customer, string message) =>
        new { type = "track", userId = customer, @event = "Logged In", messageId = message };

    public static Task<HttpResponseMessage> Track(LStepHost host, string customer, string message) =>
        host.Ingest.PostAsJsonAsync("/v1/track", new { userId = customer, @event = "Logged In", messageId = message });

    public static async Task<HttpResponseMessage> Timed(Func<Task<HttpResponseMessage>> ask)
    {
        var watch = Stopwatch.StartNew();
        var answer = await ask();
        Assert.True(watch.Elapsed < AnswerWithin, $"{(int)answer.StatusCode} after {watch.Elapsed.TotalSeconds:0.0} s");
        return answer;
    }

    public static async Task<string?> NotReady(LStepHost host)
    {
        using var answer = await Timed(() => host.Client.GetAsync("/health/ready"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        return await answer.Code();
    }

    public static async Task<string> ReadinessSays(LStepHost host)
    {
        using var answer = await host.Client.GetAsync("/health/ready");
        return (await answer.Json()).TryGetProperty("detail", out var detail) ? detail.GetString()! : "";
    }

    public static Task UntilReady(LStepHost host) =>
        Signals.UntilAsync(async () => (await host.Client.GetAsync("/health/ready")).IsSuccessStatusCode);

    public static async Task SetReadOnly(LStepHost host, string value, bool endSessions = true)
    {
        var name = new NpgsqlConnectionStringBuilder(host.ConnectionString).Database;
        await Execute(host, $"ALTER DATABASE {name} SET default_transaction_read_only = {value}");
        if (!endSessions) return;
        // The setting counts for new sessions.
        await Execute(host, """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
            """);
    }

    public static async Task Signal(int process, string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{process}"]);
        await kill.WaitForExitAsync();
    }

    public static async Task<NpgsqlConnection> Open(LStepHost host)
    {
        var connection = new NpgsqlConnection(host.ConnectionString + ";Pooling=false;Options=-c default_transaction_read_only=off");
        await connection.OpenAsync();
        return connection;
    }

    public static async Task Execute(LStepHost host, string sql)
    {
        await using var connection = await Open(host);
        await Execute(connection, sql);
    }

    public static async Task Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public static async Task<long> Value(LStepHost host, string sql)
    {
        await using var connection = await Open(host);
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
