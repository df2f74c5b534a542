using static LStep.Testing.Messages;

namespace LStep.Cluster.Tests.OnSilos;

public sealed class FeedAcrossSilosTests(ThreeHosts silos) : IClassFixture<ThreeHosts>
{
    [Fact]
    public async Task A_move_made_through_any_silo_is_told_on_every_silo_in_the_order_of_the_ledger()
    {
        var hubs = await Task.WhenAll(silos.Hosts.Select(Watch));
        try
        {
            await Task.WhenAll(silos.Hosts.Select(async (host, number) =>
            {
                for (var n = 0; n < 40; n++) await host.Post(Track($"told-{number}-{n}", "Logged In", Wall.Now));
            }));

            var heard = await Task.WhenAll(hubs.Select(async hub =>
            {
                var ids = new List<long>();
                while (ids.Count < 120) ids.Add((await hub.Next("transition")).GetProperty("id").GetInt64());
                return ids;
            }));

            Assert.Equal(heard[0].Order(), heard[0]);
            Assert.All(heard, ids => Assert.Equal(heard[0], ids));
        }
        finally
        {
            foreach (var hub in hubs) await hub.DisposeAsync();
        }
    }

    private static async Task<HubClient> Watch(LStepHost host)
    {
        var hub = await HubClient.Connect(host.Address, host.AdminToken);
        await hub.Subscribe(new { });
        return hub;
    }
}
