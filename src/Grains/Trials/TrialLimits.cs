namespace LStep.Grains.Trials;

/// <summary>Bounds of trying rule sets out; the unit is in the name.</summary>
public static class TrialLimits
{
    /// <summary>In one process; who comes while so many run is asked to come again.</summary>
    public const int DryRunsAtOnceMax = 2;

    public const int CustomersPerDryRunPageMax = 1_000;

    /// <summary>Looked at for one further page of the list; where few would move, a page may be short without being the last.</summary>
    public const int CustomersPerListedPageMax = 20_000;
}
