using LStep.Workbench.Bench.Attacks;

namespace LStep.System.Tests.Bench;

public sealed class AttackBenchTests
{
    [Fact]
    public async Task An_honest_client_is_served_whatever_others_do()
    {
        var folder = Directory.CreateTempSubdirectory("lstep-attacks-").FullName;
        File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.OtherExecute | UnixFileMode.GroupExecute);
        try
        {
            var told = new List<string>();
            var notServed = await AttackBench.Run(
                Path.Combine(folder, "bench"), customers: 2_000, TimeSpan.FromSeconds(2), told.Add, CancellationToken.None);
            Assert.True(notServed.Count == 0, string.Join('\n', [.. notServed, .. told]));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
