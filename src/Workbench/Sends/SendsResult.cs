using System.Collections.Immutable;
using LStep.Domain.Campaigning;
using LStep.Workbench.Auditing;
using LStep.Workbench.Faults;

namespace LStep.Workbench.Sends;

/// <summary>What became of actions of one status for one reason, and how many of them the receivers have.</summary>
public sealed record EndedActions(ActionStatus Status, string? Reason, int Count, int Received);

public sealed record SendsResult
{
    public required Version PostgreSql { get; init; }
    public required ImmutableArray<(SendStep Step, int Kills)> Kills { get; init; }

    /// <summary>Calls and mails that came, each key once.</summary>
    public required int Received { get; init; }

    /// <summary>Calls whose key the receiver knew already, where it keeps keys: it acted on none of them.</summary>
    public required int Recognised { get; init; }

    public required ImmutableArray<EndedActions> Ended { get; init; }
    public required ImmutableArray<AuditLine> Audit { get; init; }
    public required TimeSpan Killing { get; init; }

    /// <summary>From the last kill until nothing was due, being sent or waiting to be planned.</summary>
    public required TimeSpan Drained { get; init; }

    public bool IsSound => Audit.All(line => line.Found == 0);
}
