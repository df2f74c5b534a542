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
    private const int KeepAliveSeconds = 5;
    private const int LockMsMax = 5_000;

    // Those who live and lost their session, as when PostgreSQL was started again, come back in this time.
    private static readonly TimeSpan ReturnWithin = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromMilliseconds(250);

    private readonly string connectionString;
    private NpgsqlConnection session;

    private DatabaseClaim(string connectionString, bool isAlone)
    {
        this.connectionString = new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = "lstep-claim", Pooling = false, Timeout = DatabaseLimits.ConnectTimeoutSeconds, KeepAlive = KeepAliveSeconds,
            IncludeErrorDetail = false,
            // A machine that is gone does not say so: its session ends after half a minute without an answer.
            Options = $"-c lock_timeout={LockMsMax} -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=4",
        }.ConnectionString;
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
            await claim.session.Value<int>("advisory_lock", cancel, Starting);
            if (!isAlone) await claim.RemoveDead(silo, cancel);
            await claim.Lock(cancel);
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
                if (session.State is not global::System.Data.ConnectionState.Open)
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
            catch (Exception e) when (
                e is NpgsqlException or SocketException or TimeoutException or IOException or InvalidOperationException)
            {
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

    private async Task Lock(CancellationToken cancel) =>
        await session.Value<int>(IsAlone ? "advisory_lock" : "advisory_lock_shared", cancel, Life);

    /// <summary>
    /// Not declared dead but removed: of two at one address Orleans believes in the later, and the clock may have been set back.
    /// </summary>
    private async Task RemoveDead(IPEndPoint silo, CancellationToken cancel)
    {
        var (address, port) = (silo.Address.ToString(), silo.Port);
        var noneLives = await TryAlone(cancel);
        if (noneLives && await session.Value<long>("silos_elsewhere", cancel, address, port) > 0)
        {
            await session.Value<bool>("advisory_unlock", cancel, Life);
            await Task.Delay(ReturnWithin, cancel);
            noneLives = await TryAlone(cancel);
        }
        await session.Execute("silos_remove", cancel, noneLives, address, port);
        if (!noneLives) return;
        // Shared before it is no longer held alone: nobody comes in between.
        await Lock(cancel);
        await session.Value<bool>("advisory_unlock", cancel, Life);
    }

    private Task<bool> TryAlone(CancellationToken cancel) => session.Value<bool>("advisory_lock_try", cancel, Life);

    private static bool IsHeldByOthers(Exception e) => e is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable };
}
