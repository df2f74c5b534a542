using LStep.Grains.Database.Postgres;
using LStep.Workbench.Processes;
using Npgsql;

namespace LStep.Workbench.Bench;

/// <summary>
/// A silo process and an empty PostgreSQL beside it for one measurement; nothing of them stays. The load comes from this process, so that
/// the processor time of what is measured can be told from that of who measures.
/// </summary>
internal sealed class SiloUnderTest : IAsyncDisposable
{
    private readonly string folder;
    private readonly PrivatePostgres? postgres;
    private readonly SiloProcess silo;
    private readonly int? postmaster;

    private SiloUnderTest(string folder, PrivatePostgres? postgres, string connectionString, SiloProcess silo, int? postmaster)
    {
        (this.folder, this.postgres, ConnectionString, this.silo, this.postmaster) = (
            folder, postgres, connectionString, silo, postmaster);
        Source = NpgsqlDataSource.Create(connectionString);
    }

    /// <summary>The silo's dll of another build; null for this one's.</summary>
    public string? Build { get; private init; }

    public Uri Address => silo.Address;

    public string ConnectionString { get; }

    /// <summary>The database, for questions that the silo is not asked.</summary>
    public NpgsqlDataSource Source { get; }

    /// <param name="server">A connection string to an empty database on this machine; without one a private PostgreSQL in the
    /// folder.</param>
    /// <param name="build">The silo's dll of another build; without it this one's.</param>
    /// <param name="clockSkew">The file by which the silo's wall clock is wrong, as <see cref="SkewedClock"/> reads it.</param>
    public static async Task<SiloUnderTest> Start(
        string folder, string? server, string? build, CancellationToken cancel, string? clockSkew = null)
    {
        await EmptyPostgres.Clear(folder, cancel);
        var postgres = server is null ? await EmptyPostgres.Start(folder, cancel) : null;
        try
        {
            var connectionString = server ?? postgres!.ConnectionString;
            int? postmaster = ProcessorTime.IsKnown ? await Postmaster(connectionString, cancel) : null;
            var silo = await SiloProcess.Start(connectionString, clockSkew: clockSkew, build: build);
            return new SiloUnderTest(folder, postgres, connectionString, silo, postmaster) { Build = build };
        }
        catch
        {
            if (postgres is not null) await postgres.DisposeAsync();
            throw;
        }
    }

    /// <summary>Another silo of the same build on the same database.</summary>
    public Task<SiloProcess> Beside() => SiloProcess.Start(ConnectionString, build: Build);

    /// <summary>Since their start; null where the operating system does not tell.</summary>
    public Spent? ProcessorTimes() => postmaster is not { } server ? null
        : new Spent(ProcessorTime.OfTree(silo.ProcessId), ProcessorTime.OfTree(server), Environment.CpuUsage.TotalTime);

    /// <summary>Of every process of the server since its start; zero where the operating system does not tell.</summary>
    public TimeSpan PostgreSqlTime() => postmaster is { } server ? ProcessorTime.OfTree(server) : TimeSpan.Zero;

    /// <summary>The silo on the first processor, every process of PostgreSQL on the second.</summary>
    /// <exception cref="InvalidOperationException">The operating system does not tell the processes, or has no taskset.</exception>
    public async Task Pin(CancellationToken cancel)
    {
        if (postmaster is not { } server) throw new InvalidOperationException("Only Linux tells the processes of PostgreSQL.");
        await Processors.Pin([silo.ProcessId], 0, cancel);
        await Processors.Pin([server, .. ProcessorTime.ChildrenOf(server)], 1, cancel);
    }

    /// <summary>SIGTERM to the silo; the database stays for others.</summary>
    public Task StopSilo() => silo.Stop();

    /// <summary>The silo once more, where it was; answers once it is ready.</summary>
    public Task StartSilo() => silo.StartAgain();

    public int ProcessId => silo.ProcessId;

    /// <summary>The most memory the silo ever had of the machine; 0 where the operating system does not tell.</summary>
    public long PeakBytes() => ProcessMemory.PeakBytes(silo.ProcessId) ?? 0;

    public async Task<Version> PostgreSql(CancellationToken cancel)
    {
        await using var connection = await Source.OpenConnectionAsync(cancel);
        return connection.PostgreSqlVersion;
    }

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await silo.DisposeAsync();
        if (postgres is null) return;
        await postgres.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Every process of a PostgreSQL server is a child of its first one.</summary>
    private static async Task<int> Postmaster(string connectionString, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancel);
        return ProcessorTime.ParentOf(connection.ProcessID);
    }
}
