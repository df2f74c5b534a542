using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using LStep.Grains;
using LStep.Grains.Cluster;
using LStep.Silo;
using LStep.Silo.Supervision;

namespace LStep.Workbench.Processes;

/// <summary>
/// A silo as a process of its own, of this build or another, which can be killed, stopped and started again where it was.
/// </summary>
public sealed class SiloProcess : IAsyncDisposable
{
    public const string WriteKey = "known-write-key-of-the-workbench";
    public const string AdminToken = "known-admin-token-of-the-workbench";

    /// <summary>The program that serves on a clock which is wrong, when <see cref="SkewedClock.Variable"/> names the file.</summary>
    public static string Workbench => typeof(SiloProcess).Assembly.Location;

    private const int OutputLinesMax = 2_000;
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan StoppedWithin = TimeSpan.FromSeconds(130);
    private static readonly TimeSpan HeardOfItWithin = TimeSpan.FromSeconds(30);

    private readonly string[] arguments;
    private readonly Dictionary<string, string> environment;
    private readonly string folder;
    private readonly Queue<string> output = new();
    private Process process = null!;
    private DateTime? thawed;

    private SiloProcess(
        string connectionString, DateTimeOffset? clock, string? clockSkew, IReadOnlyDictionary<string, string>? more, string build)
    {
        folder = Directory.CreateTempSubdirectory("lstep-process-").FullName;
        var port = FreePort.Next();
        Address = new Uri($"http://127.0.0.1:{port}");
        arguments =
        [
            .. clockSkew is null ? [build, "run"] : new[] { Workbench, "silo" },
            "--port", $"{port}", "--data", folder,
            .. clock is null ? Array.Empty<string>() : ["--clock", clock.Value.ToString("O")],
        ];
        environment = new Dictionary<string, string>
        {
            ["LSTEP_POSTGRES"] = connectionString, ["LSTEP_WRITE_KEY"] = WriteKey, ["LSTEP_ADMIN_TOKEN"] = AdminToken,
            // Where silos of a cluster reach each other; a build without a cluster does not look.
            ["LSTEP_SILO_PORT"] = $"{FreePort.Next()}", ["LSTEP_ADVERTISE"] = "127.0.0.1",
            // What drives it asks with one key all that many people would.
            ["LSTEP_API_RATE"] = "1000000",
        };
        if (clockSkew is not null) environment[SkewedClock.Variable] = clockSkew;
        foreach (var (name, value) in more ?? new Dictionary<string, string>()) environment[name] = value;
    }

    public Uri Address { get; }

    /// <summary>Of the operating system; another one after each launch.</summary>
    public int ProcessId => process.Id;

    public bool IsRunning => !process.HasExited;

    /// <summary>It was ready at some time since it was launched.</summary>
    public bool WasReady { get; private set; }

    /// <summary>Its cluster gave it up while it stood still, so that it ended soon after it had come to.</summary>
    public bool WasDeclaredDeadWhileFrozen =>
        process is { HasExited: true, ExitCode: ExitCodes.DeclaredDead } && thawed is { } at && process.ExitTime - at < HeardOfItWithin;

    /// <summary>The last lines it wrote.</summary>
    public string Output
    {
        get { lock (output) return string.Join('\n', output); }
    }

    /// <param name="clock">Where a simulated clock begins; the wall clock without one.</param>
    /// <param name="clockSkew">A file by which this build's wall clock is wrong, as <see cref="SkewedClock"/> reads it.</param>
    /// <param name="environment">Variables besides those it is started with anyway.</param>
    /// <param name="build">The silo's dll of another build; without it this one's.</param>
    /// <exception cref="SiloEndedException">It ended before it was ready.</exception>
    public static async Task<SiloProcess> Start(
        string connectionString, DateTimeOffset? clock = null, string? clockSkew = null,
        IReadOnlyDictionary<string, string>? environment = null, string? build = null)
    {
        var silo = new SiloProcess(connectionString, clock, clockSkew, environment, build ?? SiloBuild.This);
        try
        {
            await silo.StartAgain();
            return silo;
        }
        catch
        {
            await silo.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it on the same port and data, and waits until it is ready.</summary>
    public async Task StartAgain()
    {
        Launch();
        await UntilReady();
    }

    /// <param name="build">The silo's dll of another build, which it is from now on; not for one whose clock is wrong.</param>
    public void Launch(string? build = null)
    {
        (WasReady, thawed) = (false, null);
        if (build is not null) arguments[0] = build;
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>kill -9: no clean stop.</summary>
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
    public void AskToStop() => Signal("TERM");

    /// <summary>The exit code, once the process has ended.</summary>
    public async Task<int> Ended()
    {
        await process.WaitForExitAsync().WaitAsync(StoppedWithin);
        return process.ExitCode;
    }

    /// <summary>SIGSTOP: it stands still, with its connections and its state in memory.</summary>
    public void Freeze() => Signal("STOP");

    /// <summary>SIGCONT: it goes on as if nothing had been.</summary>
    public void Thaw()
    {
        thawed = MachineClock.Instance.GetLocalNow().DateTime;
        Signal("CONT");
    }

    /// <summary>Looks until it says that it is ready.</summary>
    public async Task UntilReady()
    {
        using var client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(5) };
        var patience = Stopwatch.StartNew();
        while (true)
        {
            if (process.HasExited)
            {
                await process.WaitForExitAsync(); // until all that it wrote has been read
                throw new SiloEndedException(process.ExitCode, Output);
            }
            if (patience.Elapsed > ReadyWithin) throw new TimeoutException($"the silo is not ready: {Output}");
            try
            {
                if ((await client.GetAsync("/health/ready")).StatusCode == HttpStatusCode.OK)
                {
                    WasReady = true;
                    return;
                }
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException or SocketException)
            {
                // Not listening yet, or too busy to say so.
            }
            await Task.Delay(100);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) await Kill();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private void Signal(string name) => UnixSignal.Send(process.Id, name);

    private void Keep(string? line)
    {
        if (line is null) return;
        lock (output)
        {
            output.Enqueue(line);
            if (output.Count > OutputLinesMax) output.Dequeue();
        }
    }
}

/// <summary>A silo process ended that should have become ready.</summary>
public sealed class SiloEndedException(int exitCode, string output) : Exception(
    $"A silo ended with {exitCode} instead of becoming ready; the end of what it wrote: "
        + $"{output[^Math.Min(output.Length, LastCharacters)..]}")
{
    private const int LastCharacters = 2_000;
}
