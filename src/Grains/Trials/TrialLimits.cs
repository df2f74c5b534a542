namespace LStep.Grains.Trials;

/// <summary>Bounds of trying rule sets out; the unit is in the name.</summary>
public static class TrialLimits
{
    /// <summary>In one process; who comes while so many run is asked to come again.</summary>
    public const int DryRunsAtOnceMax = 2;

    /// <summary>Rules can be made that take long to evaluate.</summary>
    public const int DryRunSecondsMax = 60;

    public const int CustomersPerDryRunPageMax = 1_000;

    /// <summary>Looked at for one further page of the list; where few would move, a page may be short without being the last.</summary>
    public const int CustomersPerListedPageMax = 20_000;

    /// <summary>One that runs and one that waits.</summary>
    public const int BacktestsUnfinishedMax = 2;

    /// <summary>Older reports are forgotten.</summary>
    public const int BacktestsKeptMax = 200;

    /// <summary>Played between two records of the progress; their logs are read turn by turn.</summary>
    public const int CustomersPerBacktestPageMax = 50;

    /// <summary>Shards that a process plays at once: half of its processors are left to those who wait for an answer.</summary>
    public static int ShardsAtOnceMax { get; } = Math.Max(1, Environment.ProcessorCount / 2);
}
