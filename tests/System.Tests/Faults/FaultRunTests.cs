using LStep.Workbench.Faults;

namespace LStep.System.Tests.Faults;

public sealed class FaultRunTests
{
    [Fact]
    public async Task Two_silos_under_load_survive_every_kind_of_fault_with_nothing_lost_doubled_or_half_done()
    {
        var folder = Directory.CreateTempSubdirectory("lstep-faults-").FullName;
        File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.OtherExecute | UnixFileMode.GroupExecute);
        var told = new List<string>();
        var options = new FaultOptions
        {
            Folder = Path.Combine(folder, "faults"), Seed = 20261121, Silos = 2, Pace = FaultPace.Short,
            Time = TimeSpan.FromMinutes(10), FaultsMax = FaultSchedule.Kinds.Length, Customers = 5_000, ActivitiesPerSecond = 200,
        };
        try
        {
            var result = await new FaultRun(options, (at, what) => told.Add($"{at.TotalSeconds:0.0} s  {what}"))
                .Run(CancellationToken.None);

            Assert.True(result.IsSound, string.Join('\n', [.. Load.Found(result.Audit), .. told]));
            Assert.Equal(FaultSchedule.Kinds, result.Survived.Select(one => one.Fault.Kind).Order());
            Assert.True(result.ConnectionsCut > 0, "no connection was cut");
            Assert.True(result.Load.Retries.GetValueOrDefault("connection") > 0, "no request met a dead silo");
            Assert.True(result.Extent.ByTimeAlone > 0, "time alone moved nobody");
            Assert.True(result.Extent.Reviews > 0, "nobody was asked");
            Assert.True(result.Sends > 100, $"{result.Sends} messages went out");
            Assert.True(
                result.Watchers.Sum(watcher => watcher.Connections) > result.Watchers.Count, "no client of the hub had to come back");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
