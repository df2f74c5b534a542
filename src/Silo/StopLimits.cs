namespace LStep.Silo;

/// <summary>How long a stop may take; the unit is in the name. In practice it takes a second or two.</summary>
public static class StopLimits
{
    /// <summary>Between the moment readiness says no and the moment new requests are turned away.</summary>
    public const int DrainSecondsMax = 30;

    /// <summary>A request under way waits at most for one call of a grain, and that for 30 s.</summary>
    public const int InFlightSecondsMax = 35;

    /// <summary>Clients of the hub close their connections at once, or not at all.</summary>
    public const int HubSecondsMax = 3;

    /// <summary>
    /// After that: connections, shards and activations, as many as end in this time. Those that are left end with the process, which is as
    /// safe: what was acknowledged is committed, and the others take the customers over when this silo has left the cluster.
    /// </summary>
    public const int HostSecondsMax = 20;

    /// <summary>A stop that takes longer says every so often what it waits for.</summary>
    public const int SignOfLifeSeconds = 3;

    /// <summary>All of them together, and a rest for what the journal still holds. An orchestrator has to kill later than this.</summary>
    public const int BudgetSeconds = 120;
}
