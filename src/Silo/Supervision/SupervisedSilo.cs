using System.Diagnostics;

namespace LStep.Silo.Supervision;

/// <summary>
/// One silo as a process of its own. It is started again whenever it ends unasked, as a container would be; what it writes comes out line
/// by line.
/// </summary>
public sealed class SupervisedSilo(ProcessStartInfo start, Action<string> tell)
{
    private static readonly TimeSpan PauseMin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Steady = TimeSpan.FromSeconds(30);

    /// <summary>Until it is told to stop, and the process has ended.</summary>
    public async Task Run(CancellationToken stop)
    {
        for (var pause = PauseMin; !stop.IsCancellationRequested; pause = pause * 2 < PauseMax ? pause * 2 : PauseMax)
        {
            var watch = Stopwatch.StartNew();
            var code = await Once(stop);
            if (stop.IsCancellationRequested) return;
            if (watch.Elapsed > Steady) pause = PauseMin;
            tell($"ended with {code} after {watch.Elapsed.TotalSeconds:0} s; it is started again in {pause.TotalSeconds:0} s");
            await Task.Delay(pause, MachineClock.Instance, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>From its start to its end; answers the exit code.</summary>
    private async Task<int> Once(CancellationToken stop)
    {
        using var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Pass(line.Data);
        process.ErrorDataReceived += (_, line) => Pass(line.Data);
        process.Start();
        tell($"is process {process.Id}");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        // The silo ends what it has begun.
        await using var asked = stop.Register(() => UnixSignal.Send(process.Id, "TERM"));
        await process.WaitForExitAsync(CancellationToken.None);
        return process.ExitCode;
    }

    private void Pass(string? line)
    {
        if (!string.IsNullOrWhiteSpace(line)) tell(line);
    }
}
