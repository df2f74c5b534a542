using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using LStep.Silo;
using LStep.Silo.Supervision;
using LStep.Workbench.Processes;

namespace LStep.Cluster.Tests.OnProcesses;

/// <summary>`lstep cluster N` as a user runs it: a process that keeps N silo processes.</summary>
public sealed class ClusterProcesses : IAsyncDisposable
{
    private readonly Process process;
    private readonly string folder;
    private readonly ConcurrentQueue<string> lines = new();

    private ClusterProcesses(Process process, string folder, int silos, int port) =>
        (this.process, this.folder, Addresses) = (
            process, folder, [.. Enumerable.Range(port, silos).Select(one => new Uri($"http://127.0.0.1:{one}"))]);

    public IReadOnlyList<Uri> Addresses { get; }

    public string Output => string.Join('\n', lines);

    public static async Task<ClusterProcesses> Start(string connectionString, int silos)
    {
        var folder = Directory.CreateTempSubdirectory("lstep-cluster-").FullName;
        var port = Ports.Free(inARow: 2 * silos);
        var start = new ProcessStartInfo("dotnet", [typeof(
            LStepSilo).Assembly.Location, "cluster", $"{silos}", "--port", $"{port}", "--silo-port", $"{port + silos}", "--data", folder])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["LSTEP_POSTGRES"] = connectionString, ["LSTEP_WRITE_KEY"] = SiloProcess.WriteKey,
                ["LSTEP_ADMIN_TOKEN"] = SiloProcess.AdminToken,
                [SkewedClock.Variable] = ClockOf(folder),
            },
        };
        var cluster = new ClusterProcesses(new Process { StartInfo = start }, folder, silos, port);
        cluster.process.OutputDataReceived += (_, line) => cluster.lines.Enqueue(line.Data ?? "");
        cluster.process.ErrorDataReceived += (_, line) => cluster.lines.Enqueue(line.Data ?? "");
        cluster.process.Start();
        cluster.process.BeginOutputReadLine();
        cluster.process.BeginErrorReadLine();
        foreach (var address in cluster.Addresses) await cluster.UntilReady(address);
        return cluster;
    }

    /// <summary>The process that a silo is at present; another when it was started again.</summary>
    public int ProcessOf(int silo) =>
        int.Parse(lines.Last(line => line.StartsWith($"[{silo + 1}] is process ", StringComparison.Ordinal)).Split(
            ' ')[^1], CultureInfo.InvariantCulture);

    /// <summary>Sends the present process of a silo a signal by its name, such as STOP.</summary>
    public void Signal(int silo, string name) => UnixSignal.Send(ProcessOf(silo), name);

    public void Kill(int silo) => Process.GetProcessById(ProcessOf(silo)).Kill();

    /// <summary>Sets the wall clocks of all silos, those that come later too.</summary>
    public void SetClocks(TimeSpan ahead)
    {
        using var clock = new SkewedClock(Wall.Clock, ClockOf(folder));
        clock.Ahead = ahead;
    }

    public async Task UntilReady(Uri address)
    {
        using var client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(5) };
        await Until(() => IsReady(client));
    }

    /// <param name="before">The process that it was.</param>
    public Task UntilStartedAgain(int silo, int before) => Until(() => Task.FromResult(ProcessOf(silo) != before));

    /// <summary>SIGTERM, as Ctrl-C; answers the exit code.</summary>
    public async Task<int> Stop()
    {
        UnixSignal.Send(process.Id, "TERM");
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private async Task Until(Func<Task<bool>> happened)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!await happened())
        {
            Assert.False(process.HasExited || patience.IsCancellationRequested, Output);
            await timer.WaitForNextTickAsync();
        }
    }

    private static string ClockOf(string folder) => Path.Combine(folder, "clock");

    private static async Task<bool> IsReady(HttpClient client)
    {
        try
        {
            return (await client.GetAsync("/health/ready")).StatusCode == HttpStatusCode.OK;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or SocketException)
        {
            return false;
        }
    }
}
