using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LStep.System.Tests.Hosting;

/// <summary>The built lstep-silo as a process of its own, which can be killed and started again where it was.</summary>
public sealed class SiloProcess : IAsyncDisposable
{
    private readonly string[] arguments;
    private readonly string folder;
    private readonly IReadOnlyDictionary<string, string> environment;
    private readonly StringBuilder output = new();
    private Process process = null!;

    private SiloProcess(int port, string connectionString, string folder, DateTimeOffset? clock, IReadOnlyDictionary<string, string> environment)
    {
        (this.folder, this.environment) = (folder, environment);
        Address = new Uri($"http://127.0.0.1:{port}");
        arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "lstep-silo.dll"), "run", "--port", $"{port}", "--data", folder, "--postgres", connectionString,
            .. clock is null ? Array.Empty<string>() : ["--clock", clock.Value.ToString("O")],
        ];
    }

    public const string WriteKey = "test-write-key";
    public const string AdminToken = "test-admin-token";

    public Uri Address { get; }

    /// <summary>What it wrote so far.</summary>
    public string Output
    {
        get { lock (output) return output.ToString(); }
    }

    public static async Task<SiloProcess> Start(string connectionString, DateTimeOffset? clock = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        var silo = new SiloProcess(
            FreePort(), connectionString, Directory.CreateTempSubdirectory("lstep-process-").FullName, clock, environment ?? new Dictionary<string, string>());
        await silo.StartAgain();
        return silo;
    }

    /// <summary>Starts it on the same port and data, and waits until it is ready.</summary>
    public async Task StartAgain()
    {
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LSTEP_WRITE_KEY"] = WriteKey;
        start.Environment["LSTEP_ADMIN_TOKEN"] = AdminToken;
        foreach (var (name, value) in environment) start.Environment[name] = value;
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await UntilReady();
    }

    /// <summary>kill -9: no goodbye.</summary>
    public async Task Kill()
    {
        process.Kill(entireProcessTree: false);
        await process.WaitForExitAsync();
    }

    /// <summary>SIGTERM; answers the exit code.</summary>
    public Task<int> Stop()
    {
        AskToStop();
        return Ended();
    }

    /// <summary>SIGTERM, without waiting for what comes of it.</summary>
    public void AskToStop()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"])!;
        kill.WaitForExit();
    }

    /// <summary>The exit code, once the process has ended.</summary>
    public async Task<int> Ended()
    {
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) await Kill();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private async Task UntilReady()
    {
        using var client = new HttpClient { BaseAddress = Address };
        var patience = Stopwatch.StartNew();
        while (true)
        {
            if (process.HasExited) throw new InvalidOperationException($"the silo ended with {process.ExitCode}: {Output}");
            if (patience.Elapsed > TimeSpan.FromSeconds(60)) throw new TimeoutException($"the silo is not ready: {Output}");
            try
            {
                if ((await client.GetAsync("/health/ready")).StatusCode == HttpStatusCode.OK) return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            await Task.Delay(100);
        }
    }

    private void Keep(string? line)
    {
        lock (output) output.AppendLine(line);
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
