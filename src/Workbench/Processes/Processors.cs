using System.Diagnostics;
using System.Globalization;

namespace LStep.Workbench.Processes;

/// <summary>Keeps processes on one processor each, by taskset of util-linux; what they start later stays there, too.</summary>
internal static class Processors
{
    /// <param name="processor">Its number, from 0.</param>
    /// <exception cref="InvalidOperationException">There is no taskset, or no such processor.</exception>
    public static async Task Pin(IEnumerable<int> processes, int processor, CancellationToken cancel)
    {
        foreach (var process in processes)
        {
            string[] arguments = ["--all-tasks", "--cpu-list", "--pid", Number(processor), Number(process)];
            using var taskset = Process.Start(new ProcessStartInfo("taskset", arguments)
            {
                RedirectStandardOutput = true, RedirectStandardError = true,
            }) ?? throw new InvalidOperationException("taskset could not be started.");
            var said = (taskset.StandardOutput.ReadToEndAsync(cancel), taskset.StandardError.ReadToEndAsync(cancel));
            await taskset.WaitForExitAsync(cancel);
            if (taskset.ExitCode != 0) throw new InvalidOperationException($"taskset: {(await said.Item1 + await said.Item2).Trim()}");
        }
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
