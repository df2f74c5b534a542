using LStep.Grains.Customers;
using LStep.Grains.Operations.Verifying;
using LStep.Grains.Rules;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
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

    [Fact]
    public async Task Who_has_to_leave_while_others_write_to_it_loses_nothing_and_takes_nothing_twice()
    {
        const int Customers = 60, Senders = 6, Rounds = 12;
        await using var host = await LStepHost.Start(with: options => options with
        {
            Services = services => services.AddSingleton(new Residents(Customers / 6)),
        });

        await Task.WhenAll(Enumerable.Range(0, Senders).Select(async sender =>
        {
            for (var round = 0; round < Rounds; round++)
                await host.Post([.. Enumerable.Range(0, Customers).Select(
                    c => Track($"c{c:000}", "Login", host.Now, messageId: $"{c}-{sender}-{round}"))]);
        }));

        await using var counted = host.Database.Source.CreateCommand(
            "SELECT count(*) FROM (SELECT 1 FROM activities GROUP BY customer_id HAVING count(DISTINCT message_id) = $1) AS whole");
        counted.Parameters.AddWithValue(Senders * Rounds);
        Assert.Equal((long)Customers, await counted.ExecuteScalarAsync());
        var rulebook = host.Services.GetRequiredService<RulebookSource>().Current;
        Assert.Empty((await host.Services.GetRequiredService<Verify>().Run(rulebook, host.Now)).Differences);
    }

    [Fact]
    public async Task Who_is_called_without_messages_is_not_taken_for_idle_and_who_is_idle_leaves()
    {
        await using var host = await LStepHost.Start();
        var residents = host.Services.GetRequiredService<Residents>();
        await host.Post(Track("busy", "Login", host.Now), Track("idle", "Login", host.Now));
        await host.Post(Track("busy", "Lesson Completed", host.Now));
        Assert.Equal(2, residents.Count);

        await host.Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);

        Assert.Equal(1, residents.Count);
        await host.Post(Track("busy", "Module Completed", host.Now), Track("idle", "Lesson Completed", host.Now));
        Assert.Equal(3, (await host.Get("/api/customers/busy")).GetProperty("version").GetInt32());
    }
}
