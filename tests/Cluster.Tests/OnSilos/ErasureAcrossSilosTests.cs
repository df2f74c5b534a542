using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LStep.Grains.Feeds;
using Microsoft.Extensions.DependencyInjection;

namespace LStep.Cluster.Tests.OnSilos;

/// <summary>Whichever silo is asked: the customer is gone on all of them, and comes back on none.</summary>
public sealed class ErasureAcrossSilosTests(ThreeHosts silos) : IClassFixture<ThreeHosts>
{
    [Fact]
    public async Task Who_is_erased_over_one_silo_is_gone_on_every_silo_and_nothing_in_memory_names_it()
    {
        string[] people = [.. Enumerable.Range(0, 12).Select(n => $"leaver-{n}")];
        await silos.Hosts[0].Post([.. people.Select(id => Messages.Track(id, "Logged In", Wall.Now))]);
        foreach (var host in silos.Hosts)
            await Signals.UntilAsync(async () => people.All((await InMemory(host)).Contains));

        foreach (var (id, n) in people.Select((id, n) => (id, n)))
            Assert.Equal(HttpStatusCode.OK, (await silos.Hosts[n % 3].Client.DeleteAsync($"/api/customers/{id}")).StatusCode);

        foreach (var host in silos.Hosts)
        {
            foreach (var id in people)
            {
                Assert.Equal(HttpStatusCode.NotFound, (await host.Client.GetAsync($"/api/customers/{id}")).StatusCode);
                using var later = await host.Ingest.PostAsJsonAsync(
                    "/v1/batch", new { batch = new[] { Messages.Track(id, "Logged In", Wall.Now) } });
                Assert.Equal("erased", (await later.Json()).GetProperty("rejected")[0].GetProperty("code").GetString());
            }
            await Signals.UntilAsync(async () => !people.Any((await InMemory(host)).Contains));
        }
    }

    [Fact]
    public async Task A_batch_over_a_list_is_worked_off_by_whichever_silo_has_the_shard()
    {
        string[] people = [.. Enumerable.Range(0, 90).Select(n => $"listed-{n}")];
        await silos.Hosts[1].Post([.. people.Select(id => Messages.Track(id, "Logged In", Wall.Now))]);

        using var asked = await silos.Hosts[0].Client.PostAsJsonAsync("/api/evaluations", new { customers = people.Append("nobody") });
        var id = (await asked.Json()).GetProperty("id").GetString();
        JsonElement batch = default;
        await Signals.UntilAsync(async () => (batch = await silos.Hosts[2].Get($"/api/evaluations/{id}"))
            .GetProperty("finishedAt").ValueKind != JsonValueKind.Null);

        Assert.Equal((90, 90, 1, 0), (
            batch.GetProperty("total").GetInt32(), batch.GetProperty("evaluated").GetInt32(), batch.GetProperty("unknown").GetInt32(),
            batch.GetProperty("errors").GetInt32()));
    }

    private static async Task<HashSet<string>> InMemory(LStepHost host)
    {
        var page = new List<Transition>();
        (await host.Services.GetRequiredService<LedgerFeed>().Transitions).TryRead(0, page, int.MaxValue);
        return [.. page.Select(transition => transition.CustomerId)];
    }
}
