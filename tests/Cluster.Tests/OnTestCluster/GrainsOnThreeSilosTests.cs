using LStep.Grains.Customers;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Core.Internal;
using Orleans.GrainDirectory;
using Orleans.Runtime;
using Orleans.TestingHost;

namespace LStep.Cluster.Tests.OnTestCluster;

public sealed class GrainsOnThreeSilosTests(ThreeSilos silos) : IClassFixture<ThreeSilos>
{
    private static readonly DateTimeOffset Start = Wall.Now.AddHours(-1);

    [Fact]
    public async Task Customers_spread_over_all_silos_and_each_is_active_once()
    {
        var ids = Enumerable.Range(0, 150).Select(n => $"spread-{n}").ToList();

        await Task.WhenAll(ids.Select(id => Record(id, "first")));

        var active = (await Active("customer")).Where(one => one.GrainId.Key.ToString()!.StartsWith("spread-", StringComparison.Ordinal))
            .ToList();
        Assert.Equal(ids.Order(), active.Select(one => one.GrainId.Key.ToString()!).Order());
        Assert.Equal(3, active.Select(one => one.SiloAddress).Distinct().Count());
    }

    [Fact]
    public async Task A_customer_is_the_same_seen_through_any_silo()
    {
        var receipts = new List<Receipt>();
        foreach (var factory in Factories()) receipts.Add(await Record("seen", $"m{receipts.Count}", factory));

        Assert.All(receipts, receipt => Assert.Equal([RecordOutcome.Accepted], receipt.Items.Select(item => item.Outcome)));
        var views = await Task.WhenAll(Factories().Select(factory => factory.GetGrain<ICustomerGrain>("seen").View()));
        Assert.All(views, view => Assert.Equal((3, views[0]!.Tag, views[0]!.TagSince), (view!.Version, view.Tag, view.TagSince)));
        Assert.All(views, view => Assert.Equal(Numbers(views[0]!), Numbers(view!)));
        var explained = await Task.WhenAll(Factories().Select(factory => factory.GetGrain<ICustomerGrain>("seen").Explain()));
        Assert.All(explained, view => Assert.Equal(views[0]!.Tag, view!.CurrentTag));
        Assert.All(explained, view => Assert.Equal(explained[0]!.Rules.Select(rule => rule.Name), view!.Rules.Select(rule => rule.Name)));
        Assert.Null(await silos.Cluster.Client.GetGrain<ICustomerGrain>("nobody").View());
    }

    [Fact]
    public async Task The_same_activity_sent_through_every_silo_at_once_is_recorded_once()
    {
        var receipts = await Task.WhenAll(
            Enumerable.Range(0, 60).SelectMany(n => Factories().Select(factory => Record($"same-{n}", "one", factory))));

        Assert.Equal(60, receipts.Count(receipt => receipt.Items[0].Outcome == RecordOutcome.Accepted));
        Assert.Equal(120, receipts.Count(receipt => receipt.Items[0].Outcome == RecordOutcome.Duplicate));
    }

    [Fact]
    public async Task Every_shard_of_the_evaluation_is_awake_once_and_what_goes_to_sleep_comes_back_spread_over_all_silos()
    {
        await UntilActive("evaluation", Shards.Count);

        // A silo that still has the old address in its cache wakes the grain there again: one of the next sleeps brings it to its place.
        var grains = Enumerable.Range(0, Shards.Count).Select(shard => silos.Cluster.Client.GetGrain<IEvaluationGrain>(shard)).ToList();
        DetailedGrainStatistic[] shards = [];
        for (var sleeps = 0; sleeps < 20 && shards.Select(one => one.SiloAddress).Distinct().Count() < 3; sleeps++)
        {
            await Task.WhenAll(grains.Select(grain => grain.AsReference<IGrainManagementExtension>().DeactivateOnIdle().AsTask()));
            await Task.WhenAll(grains.Select(grain => grain.Start()));
            shards = await Active("evaluation");
            Assert.Equal(Shards.Count, shards.Length);
            Assert.Equal(Shards.Count, shards.Select(one => one.GrainId).Distinct().Count());
        }
        Assert.True(shards.Select(one => one.SiloAddress).Distinct().Count() == 3, PerSilo(shards));
    }

    [Fact]
    public void The_grain_directory_is_the_one_of_production() =>
        Assert.All(silos.Providers, services => Assert.Null(
            services.GetKeyedService<IGrainDirectory>(GrainDirectoryAttribute.DEFAULT_GRAIN_DIRECTORY)));

    private static IEnumerable<(string, decimal?, string?)> Numbers(CustomerView view) =>
        view.Metrics.Select(metric => (metric.Key, metric.Value.Number, metric.Value.Text));

    private async Task<Receipt> Record(string id, string message, IGrainFactory? through = null) =>
        await (through ?? silos.Cluster.Client).GetGrain<ICustomerGrain>(id).Record(
            [new Activity { MessageId = message, Type = ActivityType.FeatureUse, Subject = "f", OccurredAt = Start, ReceivedAt = Start }]);

    private IEnumerable<IGrainFactory> Factories() => silos.Providers.Select(services => services.GetRequiredService<IGrainFactory>());

    private async Task<DetailedGrainStatistic[]> Active(string type) =>
        [.. (await silos.Cluster.Client.GetGrain<IManagementGrain>(0).GetDetailedGrainStatistics()).Where(
            one => one.GrainId.Type.ToString() == type)];

    private async Task UntilActive(string type, int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (DetailedGrainStatistic[] active; (active = await Active(type)).Length != count; await timer.WaitForNextTickAsync())
            Assert.False(patience.IsCancellationRequested, $"activations of {type}: {PerSilo(active)}");
    }

    private static string PerSilo(IEnumerable<DetailedGrainStatistic> active) =>
        string.Join(", ", active.GroupBy(one => one.SiloAddress).Select(on => $"{on.Count()} on {on.Key}"));
}
