using LStep.Grains.Customers;
using Microsoft.Extensions.DependencyInjection;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Cluster;

/// <summary>Customers in memory are bounded by number; who has to leave is answered for as before.</summary>
public sealed class ResidentsTests
{
    private const int Max = 50;

    [Fact]
    public async Task No_more_customers_stay_in_memory_than_may_and_every_one_is_answered_for()
    {
        await using var host = await LStepHost.Start(with: options => options with
        {
            Services = services => services.AddSingleton(new Residents(Max)),
        });
        var residents = host.Services.GetRequiredService<Residents>();
        for (var n = 0; n < 400; n += 20)
            await host.Post([.. Enumerable.Range(n, 20).Select(c => Track($"c{c:000}", "Login", host.Now))]);

        await Signals.Until(() => residents.Count <= Max);
        for (var n = 0; n < 400; n += 37)
            Assert.Equal($"c{n:000}", (await host.Get($"/api/customers/c{n:000}")).GetProperty("id").GetString());
        await host.Post([.. Enumerable.Range(0, 400).Select(c => Track($"c{c:000}", "Lesson Completed", host.Now))]);
        await Signals.Until(() => residents.Count <= Max);
        Assert.Equal(2, (await host.Get("/api/customers/c007")).GetProperty("version").GetInt32());
    }
}
