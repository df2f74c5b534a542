using System.Text.Json;
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
                while (ids.Count < 120)
                    if (await hub.Next("transition") is var told && IsOfThisTest(told)) ids.Add(told.GetProperty("id").GetInt64());
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

    /// <summary>
    /// What came before it may still be told to one silo's clients and not to another's: they subscribed one after another.
    /// </summary>
    private static bool IsOfThisTest(JsonElement told) =>
        told.GetProperty("customerId").GetString()!.StartsWith("told-", StringComparison.Ordinal);

    private static async Task<HubClient> Watch(LStepHost host)
    {
        var hub = await HubClient.Connect(host.Address, host.AdminToken);
        await hub.Subscribe(new { });
        return hub;
    }
}
