using LStep.Workbench.Bench;
using LStep.Workbench.Populations;
using LStep.Workbench.Replay;

namespace LStep.System.Tests.Bench;

public sealed class PopulationBenchTests
{
    [OuladFact]
    public async Task A_small_population_is_sown_as_the_product_reads_and_proves_it_and_every_part_prints_its_figure()
    {
        var folder = Directory.CreateTempSubdirectory("lstep-population-").FullName;
        File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.OtherExecute | UnixFileMode.GroupExecute);
        try
        {
            var report = new Report(_ => { });
            await new PopulationBench(folder, report, customers: 1_000, calls: 5)
                .Run(ReplaySource.Presentations([OuladData.At("events", "AAA_2013J.ndjson.gz")]), CancellationToken.None);

            string Figure(string beginning) =>
                Assert.Single(report.Figures, one => one.What.StartsWith(beginning, StringComparison.Ordinal)).Figure;
            Assert.Equal("0", Figure("verify: differences"));
            Assert.Equal("50 of 50", Figure("customers that the API reads as they are stored"));
            Assert.StartsWith("1,000; 200", Figure("customers; learners"), StringComparison.Ordinal);
            Assert.Contains("ST_006", Figure("by status"), StringComparison.Ordinal);
            Assert.StartsWith("1,000; ", Figure("customer_states: rows"), StringComparison.Ordinal);
            string[] timed =
                ["daily run", "start behind a day", "500 cold customers", "500 warm customers", "customers, first page", "kpis:"];
            foreach (var part in timed) Assert.NotEmpty(Figure(part));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
