using LStep.Grains.Database;
using LStep.Workbench.Faults;
using LStep.Workbench.Processes;

namespace LStep.System.Tests.Faults;

public sealed class UpgradeRunTests
{
    [Fact]
    public async Task Silos_replaced_one_by_one_under_load_there_and_back_lose_and_double_nothing_and_the_report_names_each_step()
    {
        var folder = Directory.CreateTempSubdirectory("lstep-upgrade-").FullName;
        File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.OtherExecute | UnixFileMode.GroupExecute);
        var told = new List<string>();
        var options = new UpgradeOptions
        {
            // There is no other build here than this one.
            Folder = Path.Combine(folder, "upgrade"), Seed = 20261128, From = SiloBuild.This, Silos = 2, AndBack = true,
            Mixed = TimeSpan.FromSeconds(3), Customers = 500, ActivitiesPerSecond = 200,
        };
        try
        {
            var result = await new UpgradeRun(options, (at, what) => told.Add($"{at.TotalSeconds:0.0} s  {what}"))
                .Run(CancellationToken.None);

            Assert.True(result.IsSound, string.Join('\n', [.. Load.Found(result.Audit), .. told]));
            Assert.Contains(result.Audit, line => line.What == Audit.VerifyDifferences);
            var build = SiloBuild.Name(SiloBuild.This);
            Assert.Matches(@"^\d+\.\d+\.\d+", build);
            Assert.Equal([0, 1, 1, 1], result.Replaced.Select(one => one.Silo));
            Assert.Matches(
                $"^tables: at {Migrator.Latest:0000}_[a-z_]+, nothing to apply$", UpgradeReport.Lines(result).First().Step);
            Assert.Equal(
                [1, 2, 2, 2], UpgradeReport.Lines(result).Skip(1).Select(line => int.Parse(line.Step.Split(' ', ':')[1])));
            Assert.All(
                UpgradeReport.Lines(result).Skip(1),
                line => Assert.EndsWith($": {build} replaced by {build}", line.Step, StringComparison.Ordinal));
            Assert.All(UpgradeReport.Lines(result), line => Assert.True(line.Clients.Acknowledged > 0, line.Step));
            Assert.True(result.Extent.ByTimeAlone > 0, "time alone moved nobody");
            Assert.True(
                result.Watchers.Sum(watcher => watcher.Connections) > result.Watchers.Count, "no client of the hub had to come back");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void What_clients_saw_is_counted_within_the_span_and_a_gap_at_either_end_of_it_counts()
    {
        var saw = ClientsSaw.Between(S(10), S(20), [(S(1), S(9)), (S(9), S(13)), (S(14), S(14.5)), (S(19), S(21))], [S(9), S(12), S(15)]);

        Assert.Equal(new ClientsSaw(Acknowledged: 2, LongestGap: S(5.5), Slowest: S(4), Troubles: 2, TroubledFor: S(3)), saw);
        Assert.Equal(
            new ClientsSaw(0, LongestGap: S(10), TimeSpan.Zero, 0, TimeSpan.Zero), ClientsSaw.Between(S(10), S(20), [], []));

        static TimeSpan S(double seconds) => TimeSpan.FromSeconds(seconds);
    }
}
