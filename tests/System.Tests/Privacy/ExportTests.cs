using System.Net;
using System.Text.Json;
using Npgsql;

namespace LStep.System.Tests.Privacy;

/// <summary>The export has every row of every table that is the customer's.</summary>
public sealed class ExportTests
{
    private const string Ada = "ada-7f3c";

    [Fact]
    public async Task Every_row_of_every_table_is_in_it_and_nobody_elses()
    {
        await using var host = await Person.Known();
        await using var source = NpgsqlDataSource.Create(host.ConnectionString);
        // What waits to be counted goes away by itself.
        foreach (var table in new[] { "analytics_changed", "weekly_changed" })
            await Signals.UntilAsync(async () => await Count(source, table) == 0);
        using var answer = await host.Client.GetAsync($"/api/customers/{Ada}/export");
        var export = await answer.Json();

        Assert.Equal((HttpStatusCode.OK, "application/json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Equal(Ada, export.GetProperty("customerId").GetString());
        var stores = export.GetProperty("stores").EnumerateObject().ToDictionary(
            store => store.Name, store => store.Value.EnumerateArray().ToList());
        foreach (var table in await Tables(source))
        {
            Assert.Equal((table, await Count(source, table)), (table, stores[table].Count));
            Assert.All(stores[table], row => Assert.Equal(Ada, row.GetProperty("customerId").GetString()));
        }
        Assert.True(stores["activities"].Count > 2 && stores["decisions"].Count > 0 && stores["daily_learning_metrics"].Count > 0);
        Assert.Equal("Ada.Lovelace@Example.org", stores["customers"][0].GetProperty("email").GetString());
        Assert.Contains(stores["audit_log"], change => change.GetProperty("action").GetString() == "customer.exported");
        Assert.DoesNotContain("bystander", export.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_log_is_written_while_it_is_read()
    {
        await using var host = await LStepHost.Start(ApiHost.Noon);
        for (var n = 0; n < 20; n++)
            await host.Post([.. Enumerable.Range(0, 500).Select(i => Messages.Track(
                "busy", "Lesson Completed", ApiHost.Noon, new { lessonId = $"l{n}-{i}", note = new string('x', 400) }, $"m{n}-{i}"))]);

        using var answer = await host.Client.GetAsync("/api/customers/busy/export", HttpCompletionOption.ResponseHeadersRead);
        Assert.Null(answer.Content.Headers.ContentLength); // it was not gathered first

        var activities = (await answer.Json()).GetProperty("stores").GetProperty("activities").EnumerateArray().ToList();
        Assert.Equal(10_000, activities.Count);
        Assert.Equal(JsonValueKind.Object, activities[0].GetProperty("properties").ValueKind);
    }

    [Fact]
    public async Task Of_nobody_there_is_none()
    {
        await using var host = await LStepHost.Start(ApiHost.Noon);
        using var answer = await host.Client.GetAsync("/api/customers/nobody/export");
        Assert.Equal((HttpStatusCode.NotFound, "not_found"), (answer.StatusCode, await answer.Code()));
    }

    private static async Task<long> Count(NpgsqlDataSource source, string table)
    {
        await using var command = source.CreateCommand($"SELECT count(*) FROM \"{table}\" WHERE customer_id = '{Ada}'");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task<List<string>> Tables(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand(
            "SELECT c.table_name FROM information_schema.columns c WHERE c.column_name = 'customer_id' AND c.table_schema = 'public' "
            + "AND c.table_name !~ '^activities_[0-9]'");
        await using var reader = await command.ExecuteReaderAsync();
        var tables = new List<string>();
        while (await reader.ReadAsync()) tables.Add(reader.GetString(0));
        return tables;
    }
}
