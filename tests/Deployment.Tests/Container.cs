using System.Diagnostics;
using System.Net;
using System.Text;
using LStep.Silo.Supervision;

namespace LStep.Deployment.Tests;

/// <summary>
/// A process started as the compose files start it, as far as a machine without a container engine can: another user without a
/// single capability; where the kernel lets us, a root file system that is read-only and an empty /tmp of its own.
/// </summary>
internal sealed class Container : IAsyncDisposable
{
    private const string Nobody = "65534";

    // The app is bound to /mnt before /tmp, where it was made, is covered.
    private const string ReadOnly = """
        set -e
        app=$1; shift
        mount --make-rprivate /
        mount --bind "$app" /mnt
        mount -t tmpfs -o mode=1777 tmpfs /tmp
        mount -o remount,bind,ro /mnt
        mount -o remount,bind,ro /
        cd /mnt
        exec setpriv --reuid "$0" --regid "$0" --clear-groups --no-new-privs --bounding-set -all "$@"
        """;

    private readonly Process process;
    private readonly StringBuilder output = new();

    private Container(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Whether this machine lets a test mount.</summary>
    public static bool CanMount { get; } =
        Environment.IsPrivilegedProcess && Programs.InPath("unshare") && Programs.InPath("setpriv")
        && Programs.Run("unshare", "-m", "sh", "-c", "mount --make-rprivate / && mount -o remount,bind,ro /").GetAwaiter()
            .GetResult().ExitCode == 0;

    public string Output
    {
        get { lock (output) return output.ToString(); }
    }

    /// <summary>Starts a command of the image in its folder, with the image's variables and these.</summary>
    public static Container Start(Image image, IReadOnlyDictionary<string, string> variables, params string[] command)
    {
        string[] whole = CanMount ? ["unshare", "-m", "sh", "-c", ReadOnly, Nobody, image.App, .. command]
            : Environment.IsPrivilegedProcess
                ? ["setpriv", "--reuid", Nobody, "--regid", Nobody, "--clear-groups", "--no-new-privs", .. command]
            : command;
        var start = new ProcessStartInfo(whole[0], whole[1..])
        {
            WorkingDirectory = image.App, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        // Nothing of whoever runs the tests, who may have keys of their own.
        foreach (var name in start.Environment.Keys.Where(
            name => name.StartsWith("LSTEP_", StringComparison.Ordinal) || name == "HOME").ToList()) start.Environment.Remove(name);
        foreach (var (name, value) in Dockerfile.Variables.Concat(variables)) start.Environment[name] = value;
        return new Container(Process.Start(start)!);
    }

    public async Task<int> Ended()
    {
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    public async Task UntilReady(Uri address)
    {
        using var client = new HttpClient { BaseAddress = address };
        var patience = Stopwatch.StartNew();
        while (true)
        {
            Assert.False(process.HasExited, Output);
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(60), $"not ready: {Output}");
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

    /// <summary>As STOPSIGNAL says; answers the exit code.</summary>
    public async Task<int> Stop()
    {
        var signal = Dockerfile.Final.Last("STOPSIGNAL").Text.Replace("SIG", "", StringComparison.Ordinal);
        UnixSignal.Send(process.Id, signal);
        return await Ended();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private void Keep(string? line)
    {
        lock (output) output.AppendLine(line);
    }
}
