using System.Diagnostics;
using System.Text;
using LStep.Silo;

namespace LStep.Cluster.Tests.Tls;

/// <summary>`lstep run` as a process of its own, on free ports; it is killed when it goes.</summary>
internal sealed class OneSilo : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2.5);

    private readonly string folder = Directory.CreateTempSubdirectory("lstep-one-").FullName;
    private readonly StringBuilder output = new();
    private readonly TaskCompletionSource serves = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process process;

    public OneSilo(string connectionString, IReadOnlyDictionary<string, string> variables, params string[] options)
    {
        var start = new ProcessStartInfo(
            "dotnet", [typeof(LStepSilo).Assembly.Location, "run", "--port", "0", "--silo-port", "0", "--data", folder, .. options])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["LSTEP_POSTGRES"] = connectionString, ["LSTEP_WRITE_KEY"] = "write-key-of-a-cluster-test", [
                "LSTEP_ADMIN_TOKEN"] = "admin-token-of-a-cluster-test" },
        };
        foreach (var (name, value) in variables) start.Environment[name] = value;
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        GoesWithThisProcess(process.Id);
    }

    public string Output
    {
        get { lock (output) return output.ToString(); }
    }

    public async Task Serves()
    {
        var first = await Task.WhenAny(serves.Task, process.WaitForExitAsync()).WaitAsync(Patience);
        Assert.True(first == serves.Task, Output);
    }

    /// <summary>By itself; answers the exit code.</summary>
    public async Task<int> Ended()
    {
        await process.WaitForExitAsync().WaitAsync(Patience);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>A test run that is killed leaves no silo behind.</summary>
    private static void GoesWithThisProcess(int silo)
    {
        const string Wait = """
            exec >/dev/null 2>&1 </dev/null
            while kill -0 "$2"; do kill -0 "$1" || kill -9 "$2"; sleep 1; done
            """;
        Process.Start("sh", ["-c", Wait, "sh", $"{Environment.ProcessId}", $"{silo}"])!.Dispose();
    }

    private void Keep(string? line)
    {
        lock (output) output.AppendLine(line);
        if (line?.StartsWith("L-Step serves on", StringComparison.Ordinal) == true) serves.TrySetResult();
    }
}
