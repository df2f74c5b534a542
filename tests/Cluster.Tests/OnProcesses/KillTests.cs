using LStep.Workbench.Faults;
using LStep.Workbench.Processes;
using Xunit.Abstractions;

namespace LStep.Cluster.Tests.OnProcesses;

public sealed class KillTests(ITestOutputHelper output)
{
    private const int Customers = 2_000;
    private const int Victim = 1;

    /// <summary>The goal is 10 s on a machine that has nothing else to do.</summary>
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(20);

    [Fact]
    public Task Of_three_silos_one_is_killed_under_load_and_the_others_take_its_customers_without_loss_or_doubling() =>
        LosesNothing("the kill", cluster => cluster.Kill(Victim), _ => { });

    [Fact]
    public Task Of_three_silos_one_that_hangs_is_given_up_under_load_and_ends_when_it_comes_to_without_loss_or_doubling() =>
        LosesNothing("it began to hang", cluster => cluster.Signal(Victim, "STOP"), cluster => cluster.Signal(Victim, "CONT"));

    [Fact]
    public Task A_silo_that_hangs_is_given_up_as_soon_when_all_clocks_were_just_set_back_by_a_minute() =>
        LosesNothing("the clocks were set back and it began to hang", cluster =>
        {
            cluster.SetClocks(TimeSpan.FromMinutes(-1));
            cluster.Signal(Victim, "STOP");
        }, cluster => cluster.Signal(Victim, "CONT"));

    /// <param name="befall">After it the victim's customers must answer through the other silos.</param>
    /// <param name="afterwards">After it the victim must be another process.</param>
    private async Task LosesNothing(string since, Action<ClusterProcesses> befall, Action<ClusterProcesses> afterwards)
    {
        var database = await PostgresFixture.FreshDatabase();
        await using var cluster = await ClusterProcesses.Start(database, 3);
        var load = new KnownLoad(cluster.Addresses, SiloProcess.WriteKey, new KnownMessages(
            7, Customers, 200), clients: 8, answerWithin: TimeSpan.FromSeconds(5));
        await load.Run(200); // everybody is in memory somewhere

        using var over = new CancellationTokenSource();
        var posting = load.Run(20, over.Token, default);
        var victim = cluster.ProcessOf(Victim); // not always its first: one that ends while it starts is started again
        befall(cluster);
        var took = await load.UntilAllAnswer([.. cluster.Addresses.Where((_, silo) => silo != Victim)], default);
        afterwards(cluster);
        await cluster.UntilStartedAgain(Victim, victim);
        await cluster.UntilReady(cluster.Addresses[Victim]);
        await load.UntilAllAnswer([cluster.Addresses[Victim]], default);
        await over.CancelAsync();
        await posting;

        output.WriteLine($"all {Customers:N0} customers answered {took.TotalSeconds:0.0} s after {since}");
        Assert.True(took < AnswersWithin, $"{took}\n{cluster.Output}");
        Assert.Empty(load.Refusals);
        Assert.True(await cluster.Stop() is 0 or 130, cluster.Output);
        Assert.All(await new Audit(database).Run(load.Acknowledged, Wall.Now.AddMinutes(-1)), line => Assert.True(
            line.Found == 0, $"{line}\n{cluster.Output}"));
    }
}
