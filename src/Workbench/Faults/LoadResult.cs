using System.Collections.Immutable;
using LStep.Workbench.Auditing;

namespace LStep.Workbench.Faults;

/// <summary>Why a silo ended that nobody had asked to.</summary>
public enum EndKind
{
    /// <summary>It could not start, as when its database is away.</summary>
    AtStart,

    /// <summary>It stood still for so long that its cluster gave it up; when it came to, it ended itself.</summary>
    AfterFreeze,

    /// <summary>There is no good reason.</summary>
    Unasked,
}

public sealed record SiloEnd(int Silo, EndKind Kind, string Output);

/// <summary>How much the database had to hold in the end.</summary>
public sealed record Extent(Version PostgreSql, long Customers, long LedgerRows, long ByTimeAlone, long Decisions, long Reviews);

/// <summary>What became of load with known ids, whatever happened to the silos meanwhile.</summary>
public record LoadResult
{
    public required ImmutableArray<AuditLine> Audit { get; init; }
    public required KnownLoad Load { get; init; }
    public required IReadOnlyList<HubWatcher> Watchers { get; init; }
    public required Extent Extent { get; init; }
    public required int ConnectionsCut { get; init; }

    /// <summary>Webhooks, alerts and mails that receivers outside the silos were given, each key counted once.</summary>
    public required int Sends { get; init; }

    public required IReadOnlyCollection<SiloEnd> Ends { get; init; }

    /// <summary>From the end of the load until nothing was due and the hub's clients had received everything.</summary>
    public required TimeSpan SettledAfter { get; init; }

    /// <summary>The last lines of each silo.</summary>
    public required ImmutableArray<string> Outputs { get; init; }

    public bool IsSound => Audit.All(line => line.Found == 0);
}
