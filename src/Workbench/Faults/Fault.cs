namespace LStep.Workbench.Faults;

public enum FaultKind
{
    /// <summary>kill -9 of a silo.</summary>
    Kill,

    /// <summary>A silo stands still and comes back with stale state: a zombie.</summary>
    Freeze,

    /// <summary>SIGTERM, as in a rolling upgrade.</summary>
    Restart,

    /// <summary>PostgreSQL ends its sessions and starts again.</summary>
    DatabaseRestart,

    /// <summary>PostgreSQL dies without a checkpoint and recovers from its log.</summary>
    DatabaseCrash,

    /// <summary>Some of the product's connections are ended by the server.</summary>
    Terminate,

    /// <summary>Nobody may write.</summary>
    ReadOnly,

    /// <summary>Every write fails as on a full disk.</summary>
    DiskFull,

    /// <summary>Somebody holds a table that every commit needs.</summary>
    TableLocked,

    /// <summary>Somebody holds the rows of some customers.</summary>
    RowsLocked,

    /// <summary>Somebody takes every connection that is left.</summary>
    NoConnections,

    /// <summary>Some of the journal's backends stand still in the middle of what they do.</summary>
    BackendsFrozen,

    /// <summary>PostgreSQL stands still as a whole: it takes connections and answers nothing.</summary>
    DatabaseFrozen,

    /// <summary>kill -9 of PostgreSQL; whoever keeps it starts it again.</summary>
    DatabaseKilled,

    /// <summary>Answers of PostgreSQL to one silo break off halfway.</summary>
    CutDatabase,

    /// <summary>Answers of one silo to its clients break off halfway.</summary>
    CutClients,

    /// <summary>The clock of a silo jumps, forward or back.</summary>
    ClockStep,
}

/// <param name="Silo">Whose it is; PostgreSQL's faults concern all of them.</param>
/// <param name="Pause">How long nothing happens before it.</param>
/// <param name="Length">How long it lasts: until a silo is started again or thawed, a server comes back, answers get through.</param>
/// <param name="Ahead">For a step of the clock: how far it is ahead of the true time from then on.</param>
/// <param name="Draw">Where the fault itself has to choose.</param>
public sealed record Fault(FaultKind Kind, int Silo, TimeSpan Pause, TimeSpan Length, TimeSpan Ahead, int Draw)
{
    public bool ConcernsOneSilo => Kind
        is FaultKind.Kill or FaultKind.Freeze or FaultKind.Restart or FaultKind.CutDatabase or FaultKind.CutClients or FaultKind.ClockStep;

    public override string ToString() => (ConcernsOneSilo ? $"{Name(Kind)}, silo {Silo + 1}" : Name(Kind)) + (
        Kind is FaultKind.ClockStep ? $", {Ahead.TotalSeconds:+0;-0;0} s" : "");

    public static string Name(FaultKind kind) => kind switch
    {
        FaultKind.Kill => "kill -9",
        FaultKind.Freeze => "SIGSTOP and SIGCONT",
        FaultKind.Restart => "SIGTERM and start",
        FaultKind.DatabaseRestart => "PostgreSQL restarted",
        FaultKind.DatabaseCrash => "PostgreSQL crashed",
        FaultKind.Terminate => "backends terminated",
        FaultKind.ReadOnly => "PostgreSQL read-only",
        FaultKind.DiskFull => "disk full (raised by a trigger)",
        FaultKind.TableLocked => "table locked",
        FaultKind.RowsLocked => "rows locked",
        FaultKind.NoConnections => "no connection left",
        FaultKind.BackendsFrozen => "backends stopped (SIGSTOP)",
        FaultKind.DatabaseFrozen => "PostgreSQL stopped (SIGSTOP)",
        FaultKind.DatabaseKilled => "PostgreSQL killed (kill -9)",
        FaultKind.CutDatabase => "connections to PostgreSQL cut",
        FaultKind.CutClients => "connections of clients cut",
        FaultKind.ClockStep => "clock stepped",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
