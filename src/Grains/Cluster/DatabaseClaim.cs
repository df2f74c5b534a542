using System.Data;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using LStep.Grains.Database;
using Npgsql;

namespace LStep.Grains.Cluster;

/// <summary>
/// The right to live on a database, held by a session of its own for as long as a silo lives. Silos on the wall clock share it; one on
/// a simulated clock has it alone, or two would move the same customers by two clocks. Whoever gets it alone knows that no silo lives
/// here, whatever the cluster's table says: a process that was killed, a restored dump and a clock that was set back leave members
/// that are not there, and Orleans would wait for them.
/// </summary>
public sealed class DatabaseClaim : IAsyncDisposable
{
    private const long Life = 5020260011;
    private const long Starting = 5020260012;
    private const int ConnectSecondsMax = 3;
    private const int KeepAliveSeconds = 2;
    private const int LockMsMax = 5_000;

    // Those who live and lost their session, as when PostgreSQL was started again, come back in this time.
    private static readonly TimeSpan ReturnWithin = TimeSpan.FromSeconds(1.5);

    // Whoever lives beats in this time, or takes the lock again: every process does so at most 4 s after it can reach the database.
    private static readonly TimeSpan BeatWithin = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StartWithin = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromMilliseconds(250);

    private readonly string connectionString;
    private NpgsqlConnection session;

    private DatabaseClaim(string connectionString, bool isAlone)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = "lstep-claim", Pooling = false, Timeout = ConnectSecondsMax, KeepAlive = KeepAliveSeconds,
            IncludeErrorDetail = false,
        };
        // A machine that is gone does not say so: its session ends after half a minute without an answer.
        const string KeepAlives = "-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=4";
        settings.Options = $"{settings.Options} -c lock_timeout={LockMsMax} {KeepAlives}".Trim();
        this.connectionString = settings.ConnectionString;
        (session, IsAlone) = (new NpgsqlConnection(this.connectionString), isAlone);
    }

    /// <summary>Nobody else lives on the database while this one does.</summary>
    public bool IsAlone { get; }

    /// <summary>Takes it, and clears the cluster's table of members that cannot be there. The tables must be up to date.</summary>
    /// <param name="silo">Where this silo will listen, which no other can: its port is held already.</param>
    /// <exception cref="IOException">Others live on the database who cannot live beside this one.</exception>
    public static async Task<DatabaseClaim> Take(string connectionString, bool isAlone, IPEndPoint silo, CancellationToken cancel)
    {
        var claim = new DatabaseClaim(connectionString, isAlone);
        try
        {
            await claim.session.OpenAsync(cancel);
            // One after another: two that tried at the same instant would each take the other for somebody who lives.
            await claim.Turn(cancel);
            if (!isAlone) await claim.RemoveDead(silo, cancel);
            await claim.Lock(cancel);
            if (isAlone && await claim.SomebodyBeats(await claim.Elsewhere(silo, cancel), cancel)) throw new IOException(claim.Refusal);
            await claim.session.Value<bool>("advisory_unlock", cancel, Starting);
            return claim;
        }
        catch (Exception e)
        {
            await claim.DisposeAsync();
            if (IsHeldByOthers(e)) throw new IOException(claim.Refusal, e);
            throw;
        }
    }

    /// <summary>Holds it until it is cancelled; answers a sentence when it was lost to somebody else.</summary>
    public async Task<string> Keep(CancellationToken cancel)
    {
        while (true)
            try
            {
                if (session.State is not ConnectionState.Open)
                {
                    await session.DisposeAsync();
                    session = new NpgsqlConnection(connectionString);
                    await session.OpenAsync(cancel);
                    await Lock(cancel);
                }
                await session.WaitAsync(cancel); // nobody notifies: it ends when the session does
            }
            catch (Exception e) when (IsHeldByOthers(e))
            {
                return Refusal;
            }
            catch (Exception) when (!cancel.IsCancellationRequested)
            {
                // Whatever it was, the process goes on: the database may be back at any moment.
                await session.DisposeAsync();
                await Task.Delay(TryAgainAfter, cancel);
            }
    }

    public ValueTask DisposeAsync() => session.DisposeAsync();

    private string Refusal => IsAlone
        ? "Other silos live on this database, and a silo on a simulated clock has to be the only one: stop them first, or give it a "
            + "database of its own."
        : "A silo on a simulated clock lives on this database (run --clock, replay or demo), which has to be the only one: stop it first, "
            + "or give this one another database.";

    /// <summary>Waits until no other silo is starting on the database.</summary>
    private async Task Turn(CancellationToken cancel)
    {
        for (var waited = Stopwatch.StartNew(); !await session.Value<bool>("advisory_lock_try", cancel, Starting);)
        {
            if (waited.Elapsed > StartWithin)
                throw new IOException(
                    $"Another silo has been starting on this database for {StartWithin.TotalSeconds:0} s: stop it first.");
            await Task.Delay(TryAgainAfter, cancel);
        }
    }

    private async Task Lock(CancellationToken cancel) =>
        await session.Value<int>(IsAlone ? "advisory_lock" : "advisory_lock_shared", cancel, Life);

    /// <summary>
    /// Not declared dead but removed: of two at one address Orleans takes the later, and the clock may have been set back.
    /// </summary>
    private async Task RemoveDead(IPEndPoint silo, CancellationToken cancel)
    {
        var (address, port) = (silo.Address.ToString(), silo.Port);
        var noneLives = await TryAlone(cancel);
        if (noneLives && await Elsewhere(silo, cancel) is { Count: > 0 } elsewhere)
        {
            await session.Value<bool>("advisory_unlock", cancel, Life);
            await Task.Delay(ReturnWithin, cancel);
            noneLives = !await SomebodyBeats(elsewhere, cancel) && await TryAlone(cancel);
        }
        await session.Execute("silos_remove", cancel, noneLives, address, port);
        if (!noneLives) return;
        // Shared before it is no longer held alone: nobody comes in between.
        await Lock(cancel);
        await session.Value<bool>("advisory_unlock", cancel, Life);
    }

    private Task<List<IPEndPoint>> Elsewhere(IPEndPoint silo, CancellationToken cancel) => session.Rows(
        "silos_elsewhere", row => new IPEndPoint(IPAddress.Parse(row.GetString(0)), row.GetInt32(1)), cancel, silo.Address.ToString(),
        silo.Port);

    /// <summary>
    /// Whether one of the members answers at its address and processes go on saying that they are there: a silo of a version that takes
    /// no lock, or one that has not got it back yet. A dead one refuses at once; a stranger at its port does not beat.
    /// </summary>
    private async Task<bool> SomebodyBeats(IReadOnlyCollection<IPEndPoint> members, CancellationToken cancel)
    {
        var answers = await Task.WhenAll(members.Select(member => Answers(member, cancel)));
        if (!answers.Contains(true)) return false;
        var since = await session.Value<DateTime>("nodes_clock", cancel);
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < BeatWithin;)
        {
            if (await session.Value<bool>("nodes_beat_since", cancel, since)) return true;
            await Task.Delay(TryAgainAfter, cancel);
        }
        return false;
    }

    private static async Task<bool> Answers(IPEndPoint member, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(AnswerWithin);
        try
        {
            using var client = new TcpClient(member.AddressFamily);
            await client.ConnectAsync(member, patience.Token);
            return true;
        }
        catch (Exception e) when (e is SocketException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return false;
        }
    }

    private Task<bool> TryAlone(CancellationToken cancel) => session.Value<bool>("advisory_lock_try", cancel, Life);

    private static bool IsHeldByOthers(Exception e) => e is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable };
}
