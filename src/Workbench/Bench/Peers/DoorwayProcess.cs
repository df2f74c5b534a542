using System.Diagnostics;
using System.Net.Sockets;
using LStep.Grains;
using LStep.Workbench.Processes;

namespace LStep.Workbench.Bench.Peers;

/// <summary>A <see cref="PlainDoorway"/> as a process of its own, so that its processor time can be told from the load's.</summary>
internal sealed class DoorwayProcess : IAsyncDisposable
{
    public const string Verb = "doorway", PostgresVariable = "LSTEP_POSTGRES";

    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(30);

    private readonly Process process;

    private DoorwayProcess(Process process, Uri address) => (this.process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>Since its start; zero where the operating system does not tell.</summary>
    public TimeSpan ProcessorTime() => Bench.ProcessorTime.IsKnown ? Bench.ProcessorTime.OfTree(process.Id) : TimeSpan.Zero;

    public static async Task<DoorwayProcess> Start(string connectionString, CancellationToken cancel)
    {
        var port = FreePort.Next();
        var start = new ProcessStartInfo("dotnet", [SiloProcess.Workbench, Verb, "--port", $"{port}"]);
        start.Environment[PostgresVariable] = connectionString;
        var doorway = new DoorwayProcess(Process.Start(start)!, new Uri($"http://127.0.0.1:{port}"));
        try
        {
            await doorway.UntilReady(cancel);
            return doorway;
        }
        catch
        {
            await doorway.DisposeAsync();
            throw;
        }
    }

    private async Task UntilReady(CancellationToken cancel)
    {
        var patience = Stopwatch.StartNew();
        while (true)
        {
            if (process.HasExited) throw new InvalidOperationException($"The plain service ended with {process.ExitCode}.");
            if (patience.Elapsed > ReadyWithin) throw new TimeoutException("The plain service does not listen.");
            using var socket = new TcpClient();
            try
            {
                await socket.ConnectAsync(Address.Host, Address.Port, cancel);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(100, cancel);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
