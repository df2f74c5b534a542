using System.Text.Json;
using LStep.Silo;
using Microsoft.Extensions.DependencyInjection;

namespace LStep.Cluster.Tests.OnSilos;

public sealed class OperationsAcrossSilosTests(ThreeHosts silos) : IClassFixture<ThreeHosts>
{
    [Fact]
    public async Task Every_silo_tells_of_all_of_them_what_each_took_and_what_they_took_together()
    {
        var before = await Accepted(silos.Hosts[0]);
        for (var silo = 0; silo < 3; silo++)
            await silos.Hosts[silo].Post(
                [.. Enumerable.Range(0, 60 * (silo + 1)).Select(n => Messages.Track($"told-{silo}-{n}", "Logged In", Wall.Now))]);

        foreach (var host in silos.Hosts)
        {
            var after = await Accepted(host);
            Assert.Equal(
                [60, 120, 180], silos.Hosts.Select((one, at) => Of(after, one) - Of(before, one)).Select(n => (int)Math.Round(60 * n)));
            Assert.Equal(
                360, (int)Math.Round(60 * (after.GetProperty("perSecond").GetProperty("accepted").GetDouble()
                    - before.GetProperty("perSecond").GetProperty("accepted").GetDouble())));
            Assert.Empty(after.GetProperty("silent").EnumerateArray());
        }
    }

    private async Task<JsonElement> Accepted(LStepHost asked)
    {
        foreach (var host in silos.Hosts) await host.Services.GetRequiredService<NodeBeat>().Beat(default);
        return await asked.Get("/api/operations");
    }

    private static double Of(JsonElement operations, LStepHost host) =>
        operations.GetProperty("nodes").EnumerateArray()
            .Single(node => node.GetProperty("id").GetString()!.EndsWith($":{host.Address.Port}", StringComparison.Ordinal))
            .GetProperty("perSecond").GetProperty("accepted").GetDouble();
}
