using System.Text.Json;
using LStep.Grains.Operations;
using LStep.System.Tests.Ingest;
using LStep.Workbench.Processes;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace LStep.System.Tests.Operations;

public sealed class NodesTests
{
    [Fact]
    public async Task Processes_are_listed_while_they_are_there_and_marked_lost_when_they_died()
    {
        var database = await PostgresFixture.FreshDatabase();
        await using var host = await LStepHost.Start(connectionString: database);
        await using var other = await SiloProcess.Start(database);

        await Signals.UntilAsync(async () => (await Nodes(host)).Count(node => node.GetProperty("phase").GetString() == "serving") == 2);
        var nodes = await Nodes(host);
        Assert.Contains(nodes, node => new Uri(node.GetProperty("address").GetString()!) == other.Address);

        await other.Kill();
        await Execute(database, $"UPDATE nodes SET seen_at = seen_at - interval '1 minute' WHERE name LIKE '%:{other.Address.Port}'");
        Assert.Equal("lost", Assert.Single(await Nodes(host), node => node.GetProperty("id").GetString()!.EndsWith(
            $":{other.Address.Port}")).GetProperty("phase").GetString());

        await other.StartAgain();
        await Signals.UntilAsync(async () => (await Nodes(host)).All(node => node.GetProperty("phase").GetString() == "serving"));
        Assert.Equal(0, await other.Stop());
        Assert.Single(await Nodes(host));
    }

    [Fact]
    public async Task Without_its_table_a_process_serves_on()
    {
        await using var host = await LStepHost.Start();
        await Execute(host.ConnectionString, "DROP TABLE nodes");
        await host.Services.GetRequiredService<Silo.NodeBeat>().Beat(default);
        await host.Post(Messages.Track("ada", "Login", host.Now));
    }

    private static async Task<List<JsonElement>> Nodes(LStepHost host) =>
        [.. (await host.Get("/api/nodes")).GetProperty("items").EnumerateArray()];

    private static async Task Execute(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
