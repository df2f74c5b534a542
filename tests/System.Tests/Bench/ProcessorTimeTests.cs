using System.Diagnostics;
using LStep.Workbench.Bench;

namespace LStep.System.Tests.Bench;

public sealed class ProcessorTimeTests
{
    [Fact]
    public async Task Time_of_a_child_counts_while_it_lives_and_after_it_ended()
    {
        // The shell itself does nothing: all time is its child's, which is killed when it has spent some.
        using var shell = Process.Start(
            new ProcessStartInfo("sh", ["-c", "sh -c 'while :; do :; done' & echo $!; wait; echo over; read stay"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        })!;
        using var child = Process.GetProcessById(int.Parse((await shell.StandardOutput.ReadLineAsync())!));

        await Signals.Until(() => ProcessorTime.OfTree(shell.Id) >= TimeSpan.FromMilliseconds(200));
        Assert.Equal(shell.Id, ProcessorTime.ParentOf(child.Id));
        child.Kill();
        Assert.Equal("over", await shell.StandardOutput.ReadLineAsync());

        Assert.InRange(ProcessorTime.OfTree(shell.Id), TimeSpan.FromMilliseconds(200), TimeSpan.FromMinutes(1));
        shell.Kill();
    }

    [Fact]
    public void Nobody_spends_time_under_a_number_that_no_process_has() =>
        Assert.Throws<InvalidOperationException>(() => ProcessorTime.OfTree(int.MaxValue));
}
