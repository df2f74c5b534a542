using LStep.Silo.Bench;
using LStep.System.Tests;
using Xunit.Abstractions;

namespace LStep.Cluster.Tests.OnProcesses;

public sealed class KillTests(ITestOutputHelper output)
{
    private const int Customers = 2_000;

    [Fact]
    public async Task Of_three_silos_one_is_killed_under_load_and_the_others_take_its_customers_without_loss_or_doubling()
    {
        var database = await PostgresFixture.FreshDatabase();
        await using var cluster = await ClusterProcesses.Start(database, 3);
        var load = new KnownLoad(cluster.Addresses, SiloProcess.WriteKey, new KnownMessages(7, Customers, 200), clients: 8, answerWithin: TimeSpan.FromSeconds(5));
        await load.Run(200); // everybody is in memory somewhere

        using var over = new CancellationTokenSource();
        var posting = load.Run(20, over.Token, default);
        cluster.Kill(1);
        var took = await load.UntilAllAnswer([cluster.Addresses[0], cluster.Addresses[2]], default);
        await cluster.UntilReady(cluster.Addresses[1]);
        await load.UntilAllAnswer([cluster.Addresses[1]], default);
        await over.CancelAsync();
        await posting;

        output.WriteLine($"all {Customers:N0} customers answered {took.TotalSeconds:0.0} s after the kill");
        Assert.Empty(load.Refusals);
        Assert.Equal(2, cluster.ProcessesOf(1).Count); // it was started again
        Assert.True(await cluster.Stop() is 0 or 130, cluster.Output);
        Assert.All(await new Audit(database).Run(load.Acknowledged, Wall.Now.AddMinutes(-1)), line => Assert.True(line.Found == 0, $"{line}\n{cluster.Output}"));
    }
}
