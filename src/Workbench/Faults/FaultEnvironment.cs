using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using LStep.Grains.Database.Postgres;
using LStep.Silo;
using LStep.Workbench.Processes;
using LStep.Workbench.Receivers;
using Npgsql;

namespace LStep.Workbench.Faults;

/// <summary>A PostgreSQL of its own, silo processes of this build or another, and between them and their clients what can be cut.</summary>
public sealed class FaultEnvironment : IAsyncDisposable
{
    private const int StartsMax = 10;

    private readonly PrivatePostgres postgres;
    private readonly string folder;
    private readonly List<CuttingProxy> toDatabase = [];
    private readonly List<CuttingProxy> toSilos = [];
    private readonly List<SkewedClock> clocks = [];
    private readonly List<SiloProcess> silos = [];
    private readonly ConcurrentBag<SiloEnd> ends = [];
    private readonly ConcurrentQueue<string> uncleanStops = new();

    private FaultEnvironment(PrivatePostgres postgres, string folder, OutsideReceivers receivers) =>
        (this.postgres, this.folder, Receivers) = (postgres, folder, receivers);

    public OutsideReceivers Receivers { get; }

    public string ConnectionString => new DatabaseFaults(postgres).ConnectionString;

    public IReadOnlyList<SiloProcess> Silos => silos;

    /// <summary>Each silo's own address, and the one whose connections can be cut.</summary>
    public IReadOnlyList<Uri> Addresses =>
        [.. silos.Select(silo => silo.Address), .. toSilos.Select(proxy => new Uri($"http://127.0.0.1:{proxy.Port}"))];

    public int ConnectionsCut => toDatabase.Concat(toSilos).Sum(proxy => proxy.Cuts);

    /// <summary>What those wrote that did not end, or not with 0, when they were asked to.</summary>
    public IReadOnlyCollection<string> UncleanStops => uncleanStops;

    /// <summary>Every end of a silo that nobody had asked for.</summary>
    public IReadOnlyCollection<SiloEnd> Ends => ends;

    /// <param name="build">The silo's dll of another build; its silos' clocks cannot be stepped.</param>
    public static async Task<FaultEnvironment> Start(string folder, int silos, ulong seed, string? build, CancellationToken cancel)
    {
        var ground = new FaultEnvironment(
            await EmptyPostgres.Start(folder, cancel), folder, await OutsideReceivers.Start(silos, cancel));
        try
        {
            for (var silo = 0; silo < silos; silo++) await ground.Add(silo, seed, build);
            return ground;
        }
        catch
        {
            await ground.DisposeAsync();
            throw;
        }
    }

    /// <summary>Lets it happen, waits for its length, and sets right what it broke; only a clock stays wrong.</summary>
    public async Task Inflict(Fault fault)
    {
        var silo = silos[fault.Silo];
        switch (fault.Kind)
        {
            case FaultKind.Kill:
                await silo.Kill();
                await Pass(fault.Length);
                silo.Launch();
                break;
            case FaultKind.Freeze:
                silo.Freeze();
                await Pass(fault.Length);
                silo.Thaw();
                break;
            case FaultKind.Restart:
                await Stop(silo);
                await Pass(fault.Length);
                silo.Launch();
                break;
            case FaultKind.CutDatabase:
                await Cut(toDatabase[fault.Silo], fault.Length);
                break;
            case FaultKind.CutClients:
                await Cut(toSilos[fault.Silo], fault.Length);
                break;
            case FaultKind.ClockStep:
                clocks[fault.Silo].Ahead = fault.Ahead;
                break;
            default:
                await new DatabaseFaults(postgres).Inflict(fault);
                break;
        }
    }

    /// <summary>SIGTERM, its end, and a start as another build; answers how long the stop took, and the start until it was ready.</summary>
    public async Task<(TimeSpan Stop, TimeSpan Start)> Replace(int silo, string build)
    {
        var watch = Stopwatch.StartNew();
        await Stop(silos[silo]);
        var stopped = watch.Elapsed;
        silos[silo].Launch(build);
        await UntilReady(silos[silo], silo);
        return (stopped, watch.Elapsed - stopped);
    }

    /// <summary>Until all silos are ready; one that ended is started again, as whoever runs silos does.</summary>
    public Task UntilReady() => Task.WhenAll(silos.Select(UntilReady));

    public void SetClocksRight()
    {
        foreach (var clock in clocks) clock.Ahead = TimeSpan.Zero;
    }

    /// <summary>SIGTERM to all of them at once.</summary>
    public Task StopSilos() => Task.WhenAll(silos.Select(Stop));

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in silos) await silo.DisposeAsync();
        foreach (var proxy in toDatabase.Concat(toSilos)) await proxy.DisposeAsync();
        foreach (var clock in clocks) clock.Dispose();
        await Receivers.DisposeAsync();
        await postgres.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task Add(int number, ulong seed, string? build)
    {
        var server = new NpgsqlConnectionStringBuilder(postgres.ConnectionString);
        var database = CuttingProxy.To(new IPEndPoint(IPAddress.Loopback, server.Port), seed + (ulong)number);
        toDatabase.Add(database);
        (server.Host, server.Port) = ("127.0.0.1", database.Port);
        var skew = build is null ? Path.Combine(folder, $"clock-{number + 1}") : null;
        if (skew is not null) clocks.Add(new SkewedClock(MachineClock.Instance, skew));
        var silo = await SiloProcess.Start(
            server.ConnectionString, clockSkew: skew, environment: Receivers.Settings(number), build: build);
        silos.Add(silo);
        toSilos.Add(CuttingProxy.To(new IPEndPoint(IPAddress.Loopback, silo.Address.Port), seed ^ (ulong)(number + 1)));
    }

    private async Task UntilReady(SiloProcess silo, int number)
    {
        for (var start = 1; ; start++)
            try
            {
                await silo.UntilReady();
                return;
            }
            catch (SiloEndedException) when (!silo.IsRunning && start < StartsMax)
            {
                ends.Add(new SiloEnd(number,
                    silo.WasDeclaredDeadWhileFrozen ? EndKind.AfterFreeze : silo.WasReady ? EndKind.Unasked : EndKind.AtStart,
                    silo.Output));
                silo.Launch();
            }
    }

    private async Task Stop(SiloProcess silo)
    {
        try
        {
            if (await silo.Stop() == 0) return;
            if (silo.WasDeclaredDeadWhileFrozen)
            {
                ends.Add(new SiloEnd(silos.IndexOf(silo), EndKind.AfterFreeze, silo.Output));
                return;
            }
        }
        catch (TimeoutException)
        {
            await silo.Kill();
        }
        uncleanStops.Enqueue(silo.Output);
    }

    private static async Task Cut(CuttingProxy proxy, TimeSpan length)
    {
        proxy.IsCutting = true;
        await Pass(length);
        proxy.IsCutting = false;
    }

    private static Task Pass(TimeSpan length) => Task.Delay(length, MachineClock.Instance);
}
